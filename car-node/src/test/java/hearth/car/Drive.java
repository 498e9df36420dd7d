package hearth.car;

import hearth.common.core.Boot;
import hearth.common.core.Effect;
import hearth.common.core.Report;
import hearth.common.core.Story;
import hearth.common.message.Approach;
import hearth.common.message.Command;
import hearth.common.message.Topic;
import hearth.common.value.Fix;
import hearth.common.value.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/** A story told from the driver's seat: a car on a straight road north of home, its receiver saying a fix a second. */
final class Drive {

    static final CarSettings SETTINGS = new CarSettings(
            new Position(52.3731, 4.8926),
            2_500,
            1_500,
            Duration.ofMinutes(10),
            50,
            Optional.empty(),
            9_600,
            "localhost",
            2947,
            Optional.empty(),
            false);

    private static final double METRES_A_DEGREE = Math.PI * 6_371_000 / 180;

    private final Random random = new Random(1);
    private final List<String> said = new ArrayList<>();
    private final List<Long> etas = new ArrayList<>();
    private Story<CarState, CarInput> story;
    private double metres;
    private double wanderingM;
    private double errorM = 8;
    private long seconds;
    private int boots = 1;
    private String last = "";
    private Effect.Publish<?> lastApproach = Effect.Publish.of(Presence.TOPIC, Presence.AWAY);

    private Drive(double metres, Boot boot) {
        this.metres = metres;
        this.story = Story.of(new ApproachDetector(SETTINGS), CarInput.Told::new, boot);
    }

    /** Switched on for the first time, so far from home. */
    static Drive from(double metres) {
        return new Drive(metres, Boot.first("boot1"));
    }

    static Drive from(double metres, Boot boot) {
        return new Drive(metres, boot);
    }

    static Position at(double metresNorth) {
        return at(metresNorth, 0);
    }

    static Position at(double metresNorth, double metresEast) {
        Position home = SETTINGS.home();
        return new Position(
                home.latitudeDeg() + metresNorth / METRES_A_DEGREE,
                home.longitudeDeg() + metresEast / METRES_A_DEGREE / Math.cos(Math.toRadians(home.latitudeDeg())));
    }

    /** From now on the receiver errs by about so much, each time another way, though it claims to be good. */
    Drive wandering(double byM) {
        wanderingM = byM;
        errorM = Math.max(8, byM);
        return this;
    }

    Drive to(double there, double mps) {
        double way = Math.signum(there - metres);
        while (metres != there) {
            metres = Math.abs(there - metres) <= mps ? there : metres + way * mps;
            tick();
        }
        return this;
    }

    Drive standing(String time) {
        for (long end = seconds + Duration.parse("PT" + time).toSeconds(); seconds < end; ) {
            tick();
        }
        return this;
    }

    /** Nothing is heard of the receiver meanwhile. */
    Drive unheardTo(double there, double mps) {
        return unheard(Math.round(Math.abs(there - metres) / mps) + "s", there);
    }

    Drive unheard(String time) {
        return unheard(time, metres);
    }

    private Drive unheard(String time, double there) {
        for (long end = seconds + Duration.parse("PT" + time).toSeconds(); seconds < end; ) {
            story.until(++seconds + "s");
            note();
        }
        metres = there;
        return this;
    }

    /** The receiver says something else for once. */
    Drive fix(Position position, double itsErrorM) {
        return input(new CarInput.Fixed(new Fix(position, itsErrorM)));
    }

    Drive reset() {
        return reset("", Instant.MAX);
    }

    Drive reset(String id, Instant goodUntil) {
        return input(new CarInput.Reset(new Command<>("reset/set", id, Command.Press.PRESS, goodUntil)));
    }

    Drive told(Report report) {
        return input(new CarInput.Told(report));
    }

    /** The power is cut and comes back. The clock of the story starts afresh. */
    Drive restarted() {
        return restartedWith(new Boot("boot" + ++boots, story.remembered(), false));
    }

    Drive restartedWith(Boot boot) {
        story = Story.of(new ApproachDetector(SETTINGS), CarInput.Told::new, boot);
        seconds = 0;
        said.add("restart");
        last = "";
        return this;
    }

    Drive disk(boolean works) {
        story.disk(works);
        return this;
    }

    /** What was said about trips, and from where: {@code "boot1-1 coming@12.0km silence@0.1km"}. */
    String said() {
        return String.join(" ", said);
    }

    /** Each estimate that was told, in seconds. */
    List<Long> etas() {
        return etas;
    }

    /** Seconds left of the estimate, as the house knows it. */
    long secondsLeft() {
        return Duration.between(story.now(), lastApproach.until()).toSeconds();
    }

    <T> T says(Topic<T> topic) {
        return story.says(topic);
    }

    <T> List<T> all(Topic<T> topic) {
        return story.said(topic);
    }

    Story<CarState, CarInput> story() {
        return story;
    }

    private Drive input(CarInput input) {
        story.at(++seconds + "s", input);
        note();
        return this;
    }

    private void tick() {
        double north = metres + random.nextGaussian() * wanderingM;
        fix(at(north, random.nextGaussian() * wanderingM), errorM);
    }

    private void note() {
        String now = "silence";
        for (Effect effect : story.last().effects()) {
            if (effect instanceof Effect.Publish<?> publish && publish.message() instanceof Approach approach) {
                now = approach.trip() + (approach.calledOff() ? " off" : " coming");
                if (!publish.equals(lastApproach) && !approach.calledOff()) {
                    etas.add(approach.eta().toSeconds());
                }
                lastApproach = publish;
            }
        }
        if (!now.equals(last) && !(last.isEmpty() && now.equals("silence"))) {
            said.add(String.format(Locale.ROOT, "%s@%.1fkm", now, Math.floor(metres / 100) / 10));
        }
        last = now;
    }
}

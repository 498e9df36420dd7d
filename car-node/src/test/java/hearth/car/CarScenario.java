package hearth.car;

import hearth.common.core.Boot;
import hearth.common.core.Effect;
import hearth.common.core.EffectReport;
import hearth.common.message.Approach;
import hearth.common.message.Command;
import hearth.common.message.Topic;
import hearth.common.value.Fix;
import hearth.common.value.Position;
import hearth.testkit.ControllerScenario;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/** A story told from the driver's seat: a car on a straight road north of home, its receiver saying a fix a second. */
final class CarScenario {

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
    private final List<String> log = new ArrayList<>();
    private final List<Long> etas = new ArrayList<>();
    private ControllerScenario<CarState, CarInput> story;
    private double metres;
    private double wanderingM;
    private double errorM = 8;
    private long seconds;
    private int boots = 1;
    private String last = "";
    private Effect.Publish<?> lastApproach = Effect.Publish.of(Presence.TOPIC, Presence.AWAY);

    private CarScenario(double metres, Boot boot) {
        this.metres = metres;
        this.story = ControllerScenario.of(new ApproachDetector(SETTINGS), CarInput.Reported::new, boot);
    }

    /** Switched on for the first time, so far from home. */
    static CarScenario from(double metres) {
        return new CarScenario(metres, Boot.first("boot1"));
    }

    static CarScenario from(double metres, Boot boot) {
        return new CarScenario(metres, boot);
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
    CarScenario wandering(double byM) {
        wanderingM = byM;
        errorM = Math.max(8, byM);
        return this;
    }

    CarScenario to(double there, double mps) {
        double way = Math.signum(there - metres);
        while (metres != there) {
            metres = Math.abs(there - metres) <= mps ? there : metres + way * mps;
            tick();
        }
        return this;
    }

    CarScenario standing(String time) {
        for (long end = seconds + Duration.parse("PT" + time).toSeconds(); seconds < end; ) {
            tick();
        }
        return this;
    }

    /** Nothing is heard of the receiver meanwhile. */
    CarScenario moveWithoutFixes(double there, double mps) {
        return withoutFixes(Math.round(Math.abs(there - metres) / mps) + "s", there);
    }

    CarScenario withoutFixes(String time) {
        return withoutFixes(time, metres);
    }

    private CarScenario withoutFixes(String time, double there) {
        for (long end = seconds + Duration.parse("PT" + time).toSeconds(); seconds < end; ) {
            story.until(++seconds + "s");
            note();
        }
        metres = there;
        return this;
    }

    /** The receiver says something else for once. */
    CarScenario fix(Position position, double itsErrorM) {
        return input(new CarInput.FixReceived(new Fix(position, itsErrorM)));
    }

    CarScenario reset() {
        return reset("", Instant.MAX);
    }

    CarScenario reset(String id, Instant goodUntil) {
        return input(new CarInput.Reset(new Command<>("reset/set", id, Command.Press.PRESS, goodUntil)));
    }

    CarScenario report(EffectReport report) {
        return input(new CarInput.Reported(report));
    }

    /** The power is cut and comes back. The clock of the story starts afresh. */
    CarScenario restarted() {
        return restartedWith(new Boot("boot" + ++boots, story.savedState(), false));
    }

    CarScenario restartedWith(Boot boot) {
        story = ControllerScenario.of(new ApproachDetector(SETTINGS), CarInput.Reported::new, boot);
        seconds = 0;
        log.add("restart");
        last = "";
        return this;
    }

    CarScenario disk(boolean works) {
        story.disk(works);
        return this;
    }

    /** What was said about trips, and from where: {@code "boot1-1 coming@12.0km silence@0.1km"}. */
    String log() {
        return String.join(" ", log);
    }

    /** Each estimate that was told, in seconds. */
    List<Long> etas() {
        return etas;
    }

    /** Seconds left of the estimate, as the house knows it. */
    long secondsLeft() {
        return Duration.between(story.now(), lastApproach.expiresAt()).toSeconds();
    }

    <T> T latest(Topic<T> topic) {
        return story.latest(topic);
    }

    <T> List<T> published(Topic<T> topic) {
        return story.published(topic);
    }

    ControllerScenario<CarState, CarInput> story() {
        return story;
    }

    private CarScenario input(CarInput input) {
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
                now = approach.trip() + (approach.cancelled() ? " off" : " coming");
                if (!publish.equals(lastApproach) && !approach.cancelled()) {
                    etas.add(approach.eta().toSeconds());
                }
                lastApproach = publish;
            }
        }
        if (!now.equals(last) && !(last.isEmpty() && now.equals("silence"))) {
            log.add(String.format(Locale.ROOT, "%s@%.1fkm", now, Math.floor(metres / 100) / 10));
        }
        last = now;
    }
}

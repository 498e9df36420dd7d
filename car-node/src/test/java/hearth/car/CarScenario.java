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

/** A scenario: a car on a straight road north of home, with a receiver that sends one fix per second. */
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
    private double gpsErrorM;
    private double errorM = 8;
    private long seconds;
    private int boots = 1;
    private String last = "";
    private Effect.Publish<?> lastApproach = Effect.Publish.of(Presence.TOPIC, Presence.AWAY);

    private CarScenario(double metres, Boot boot) {
        this.metres = metres;
        this.story = ControllerScenario.of(new ApproachDetector(SETTINGS), CarInput.Reported::new, boot);
    }

    /** A node that is switched on for the first time, at this distance from home. */
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

    /** From now on the positions have a random error of about this size. */
    CarScenario withGpsError(double metres) {
        gpsErrorM = metres;
        errorM = Math.max(8, metres);
        return this;
    }

    CarScenario to(double target, double mps) {
        double direction = Math.signum(target - metres);
        while (metres != target) {
            metres = Math.abs(target - metres) <= mps ? target : metres + direction * mps;
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

    /** The receiver sends nothing meanwhile. */
    CarScenario moveWithoutFixes(double target, double mps) {
        return withoutFixes(Math.round(Math.abs(target - metres) / mps) + "s", target);
    }

    CarScenario withoutFixes(String time) {
        return withoutFixes(time, metres);
    }

    private CarScenario withoutFixes(String time, double target) {
        for (long end = seconds + Duration.parse("PT" + time).toSeconds(); seconds < end; ) {
            story.until(++seconds + "s");
            logApproach();
        }
        metres = target;
        return this;
    }

    /** One fix at another position. */
    CarScenario fix(Position position, double errorOfFixM) {
        return input(new CarInput.FixReceived(new Fix(position, errorOfFixM)));
    }

    CarScenario reset() {
        return reset("", Instant.MAX);
    }

    CarScenario reset(String id, Instant validUntil) {
        return input(new CarInput.Reset(new Command<>("reset/set", id, Command.Press.PRESS, validUntil)));
    }

    CarScenario report(EffectReport report) {
        return input(new CarInput.Reported(report));
    }

    /** A power cut and a new start. The time of the scenario begins at zero again. */
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

    /** The published approaches, each with the distance of the car: {@code "boot1-1 coming@12.0km silence@0.1km"}. */
    String log() {
        return String.join(" ", log);
    }

    /** Each published estimate, in seconds. */
    List<Long> etas() {
        return etas;
    }

    /** Seconds until the published estimate ends. */
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
        logApproach();
        return this;
    }

    private void tick() {
        double north = metres + random.nextGaussian() * gpsErrorM;
        fix(at(north, random.nextGaussian() * gpsErrorM), errorM);
    }

    private void logApproach() {
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

package hearth.simulator;

import hearth.common.json.Json;
import hearth.common.message.Malformed;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides whether the story happened, by what is seen from outside: relay levels, temperatures as a subscriber gets
 * them, the cup and the car. What a node says of its own doings counts for nothing.
 *
 * <ol>
 *   <li>Heated: the heating went on at 18 °C or below, and off at 20 °C or above.
 *   <li>Cooled: the cooling went on at 22 °C or above, and off at 20 °C or below.
 *   <li>Coffee: the car told the house, then the machine went on, and when the car stood at home the coffee was ready,
 *       for five minutes at most; and the house was told that the car is home.
 * </ol>
 *
 * <p>Heating and cooling on together spoil everything.
 */
final class StoryChecker {

    /** A subscriber hears a temperature up to ten seconds late; at full sun or heating that is 0.1 K, doubled here. */
    private static final double TOLERANCE_K = 0.2;

    private static final double COLD_C = 18;
    private static final double TARGET_C = 20;
    private static final double HOT_C = 22;
    private static final Duration MAX_CUP_AGE = Duration.ofMinutes(5);
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm");

    private final RelayPeriodCheck heated =
            new RelayPeriodCheck("the room was heated from 18 to 20 °C", "heating", 1, COLD_C);
    private final RelayPeriodCheck cooled =
            new RelayPeriodCheck("the room was cooled from 22 to 20 °C", "cooling", -1, HOT_C);
    private final CoffeeOnArrivalCheck coffee = new CoffeeOnArrivalCheck();
    private String failed = "";

    void observe(HouseSnapshot sight) {
        if (sight.heating() && sight.cooling() && failed.isEmpty()) {
            failed = "heating and cooling were on together at " + HOUR.format(sight.time());
        }
        heated.observe(sight, sight.heating());
        cooled.observe(sight, sight.cooling());
        coffee.observe(sight);
    }

    /** Both relays were on together, even if only between two looks: the log of the pins says so. */
    void fail(String how) {
        failed = how;
    }

    boolean failed() {
        return !failed.isEmpty();
    }

    boolean passed() {
        return failed.isEmpty() && heated.happened && cooled.happened && coffee.happened;
    }

    /** A line for each part: what happened and when, or that it did not and how far it came. */
    List<String> findings() {
        List<String> findings = new ArrayList<>(List.of(heated.finding(), cooled.finding(), coffee.finding()));
        if (failed()) {
            findings.add("no:  " + failed);
        }
        return findings;
    }

    private static String finding(boolean happened, String what, String how) {
        return (happened ? "yes: " : "no:  ") + what + " (" + how + ")";
    }

    /** One relay's way from a temperature that is wrong to the one that is right. */
    private static final class RelayPeriodCheck {
        private final String what;
        private final String relay;
        private final int direction;
        private final double fromC;
        private boolean on;
        private boolean started;
        private String startedAt = "";
        private boolean happened;
        private String detail;

        /** @param direction 1 for warmer, -1 for colder */
        RelayPeriodCheck(String what, String relay, int direction, double fromC) {
            this.what = what;
            this.relay = relay;
            this.direction = direction;
            this.fromC = fromC;
            this.detail = relay + " never went on";
        }

        void observe(HouseSnapshot sight, boolean nowOn) {
            if (happened || nowOn == on || sight.roomC().isEmpty()) {
                return;
            }
            on = nowOn;
            double roomC = sight.roomC().getAsDouble();
            String here = HOUR.format(sight.time()) + " at " + StoryPrinter.degrees(roomC);
            if (nowOn) {
                started = direction * (roomC - fromC) <= TOLERANCE_K;
                startedAt = here;
                detail = relay + " on " + here + (started ? ", not off yet" : ": not the temperature for it");
            } else if (started) {
                happened = direction * (roomC - TARGET_C) >= -TOLERANCE_K;
                detail = "on " + startedAt + ", off " + here + (happened ? "" : ": broken off");
            }
        }

        String finding() {
            return StoryChecker.finding(happened, what, detail);
        }
    }

    /** The car tells the house, the machine brews, and the cup waits when the car comes home. */
    private static final class CoffeeOnArrivalCheck {
        private boolean announced;
        private boolean brewing;
        private boolean brewed;
        private boolean wasHome = true;
        private boolean cupWasReady;
        private boolean happened;
        private String detail = "the car did not come home";

        void observe(HouseSnapshot sight) {
            if (happened) {
                return;
            }
            if (wasHome && !sight.carHome()) {
                announced = false;
                brewed = false;
            }
            announced |= !sight.carHome() && isComing(sight.latest("car/approach"));
            brewed |= announced && sight.brewing() && !brewing;
            brewing = sight.brewing();
            if (sight.carHome() && !wasHome) {
                onArrival(sight);
            }
            wasHome = sight.carHome();
            happened = cupWasReady && wasHome && sight.latest("car/presence").equals("home");
        }

        private void onArrival(HouseSnapshot sight) {
            boolean fresh = sight.cupReady() && sight.cupReadyFor().compareTo(MAX_CUP_AGE) <= 0;
            cupWasReady = announced && brewed && fresh;
            detail = "car home " + HOUR.format(sight.time()) + ", "
                    + (!announced
                            ? "but it had not said it was coming"
                            : !brewed
                                    ? "but the machine did not go on after it said so"
                                    : !sight.cupReady()
                                            ? "but the coffee was not ready"
                                            : "coffee ready " + readySince(sight) + (fresh ? "" : ": no longer fresh"));
        }

        private static String readySince(HouseSnapshot sight) {
            LocalDateTime since = sight.time().minus(sight.cupReadyFor());
            return HOUR.format(since);
        }

        private static boolean isComing(String approach) {
            try {
                return !approach.isEmpty() && Json.fields(approach).has("eta_s");
            } catch (Malformed e) {
                return false;
            }
        }

        String finding() {
            String more = cupWasReady && !happened ? detail + ", but the house was not told it is home" : detail;
            return StoryChecker.finding(happened, "the coffee was ready when the car came home", more);
        }
    }
}

package hearth.simulator;

import hearth.common.json.Json;
import hearth.common.message.Malformed;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides whether the story passed, by what is visible outside the nodes: relay levels, published temperatures, the cup
 * and the car. Ignores what a node publishes about its own actions.
 *
 * <ol>
 *   <li>Heated: the heating switched on at 18 °C or below, and off at 20 °C or above.
 *   <li>Cooled: the cooling switched on at 22 °C or above, and off at 20 °C or below.
 *   <li>Coffee: the car published its approach, then the machine switched on; at the arrival the coffee was ready, for
 *       five minutes at most; and the car published presence home.
 * </ol>
 *
 * <p>The story fails if heating and cooling are on together.
 */
final class StoryChecker {

    /** A temperature arrives up to ten seconds late: up to 0.1 K in full sun or with heating, doubled here. */
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

    void observe(HouseSnapshot snapshot) {
        if (snapshot.heating() && snapshot.cooling() && failed.isEmpty()) {
            failed = "heating and cooling were on together at " + HOUR.format(snapshot.time());
        }
        heated.observe(snapshot, snapshot.heating());
        cooled.observe(snapshot, snapshot.cooling());
        coffee.observe(snapshot);
    }

    /** Fails the story, such as when the pin log shows both relays on between two snapshots. */
    void fail(String how) {
        failed = how;
    }

    boolean failed() {
        return !failed.isEmpty();
    }

    boolean passed() {
        return failed.isEmpty() && heated.happened && cooled.happened && coffee.happened;
    }

    /** One line per part: what happened and when, or what is missing. */
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

    /** One heating or cooling period, from the threshold to the target. */
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
            this.detail = relay + " never switched on";
        }

        void observe(HouseSnapshot snapshot, boolean nowOn) {
            if (happened || nowOn == on || snapshot.roomC().isEmpty()) {
                return;
            }
            on = nowOn;
            double roomC = snapshot.roomC().getAsDouble();
            String here = HOUR.format(snapshot.time()) + " at " + StoryPrinter.degrees(roomC);
            if (nowOn) {
                started = direction * (roomC - fromC) <= TOLERANCE_K;
                startedAt = here;
                detail = relay + " on " + here
                        + (started
                                ? ", not off yet"
                                : ": expected " + fromC + " °C or " + (direction > 0 ? "below" : "above"));
            } else if (started) {
                happened = direction * (roomC - TARGET_C) >= -TOLERANCE_K;
                detail = "on " + startedAt + ", off " + here + (happened ? "" : ": before " + TARGET_C + " °C");
            }
        }

        String finding() {
            return StoryChecker.finding(happened, what, detail);
        }
    }

    /** The car publishes its approach, the machine brews, and the cup is ready when the car arrives. */
    private static final class CoffeeOnArrivalCheck {
        private boolean announced;
        private boolean brewing;
        private boolean brewed;
        private boolean wasHome = true;
        private boolean cupWasReady;
        private boolean happened;
        private String detail = "the car did not come home";

        void observe(HouseSnapshot snapshot) {
            if (happened) {
                return;
            }
            if (wasHome && !snapshot.carHome()) {
                announced = false;
                brewed = false;
            }
            announced |= !snapshot.carHome() && isComing(snapshot.latest("car/approach"));
            brewed |= announced && snapshot.brewing() && !brewing;
            brewing = snapshot.brewing();
            if (snapshot.carHome() && !wasHome) {
                onArrival(snapshot);
            }
            wasHome = snapshot.carHome();
            happened = cupWasReady && wasHome && snapshot.latest("car/presence").equals("home");
        }

        private void onArrival(HouseSnapshot snapshot) {
            boolean fresh = snapshot.cupReady() && snapshot.cupReadyFor().compareTo(MAX_CUP_AGE) <= 0;
            cupWasReady = announced && brewed && fresh;
            detail = "car home " + HOUR.format(snapshot.time()) + ", "
                    + (!announced
                            ? "but it had published no approach"
                            : !brewed
                                    ? "but the machine did not switch on after the approach"
                                    : !snapshot.cupReady()
                                            ? "but the coffee was not ready"
                                            : "coffee ready " + readySince(snapshot)
                                                    + (fresh ? "" : ": no longer fresh"));
        }

        private static String readySince(HouseSnapshot snapshot) {
            LocalDateTime since = snapshot.time().minus(snapshot.cupReadyFor());
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
            String more = cupWasReady && !happened ? detail + ", but it did not publish presence home" : detail;
            return StoryChecker.finding(happened, "the coffee was ready when the car came home", more);
        }
    }
}

package hearth.proving.checker;

import static hearth.proving.checker.Timeline.COFFEE;
import static org.assertj.core.api.Assertions.assertThat;

import hearth.proving.journal.JournalEvent;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rules 5, 8, 11, 12 and 13, for the coffee machine. */
class BrewCheckerTest {

    private static final String APPROACH = "{\"trip\":\"a-1\",\"eta_s\":420}";
    private static final String BREW_COMMAND = "{\"id\":\"a1\",\"value\":\"PRESS\"}";

    private static Timeline coffee() {
        return Timeline.of("coffee").boot().publishes("phase", "idle").at("1m");
    }

    private static Timeline savesCause(Timeline coffee, String key) {
        return coffee.savesState(Map.of("unfinished", key)).saveFinished();
    }

    private static Timeline startsBrew(Timeline coffee) {
        return coffee.drives(COFFEE, true).publishes("phase", "brewing");
    }

    private static Timeline endsBrew(Timeline coffee, String id) {
        coffee.publishes("brewed", brewed("command", id));
        return coffee.drives(COFFEE, false).publishes("phase", "done").savesState(Map.of("unfinished", ""));
    }

    private static Timeline brews(Timeline coffee, String key) {
        return startsBrew(savesCause(coffee, key));
    }

    private static String brewed(String what, String id) {
        return "{\"id\":\"" + id + "\",\"for\":\"" + what + "\",\"seconds\":360}";
    }

    @Test
    void aBrewForATripOrACommandIsAllowed() {
        Timeline trip = brews(coffee().receives("car/approach", APPROACH), "t:a-1");
        Timeline named = brews(coffee().receives("coffee/brew/set", BREW_COMMAND), "c:a1");
        Timeline plain = brews(coffee().receives("coffee/brew/set", "PRESS"), "p:b-0");
        Timeline retained = brews(coffee().receivesRetained("car/approach", APPROACH, 420, 100), "t:a-1");

        for (Timeline allowed : List.of(trip, named, plain, retained)) {
            assertThat(allowed.broken()).isEmpty();
            assertThat(allowed.tested(SafetyRule.NO_DOUBLE_BREW)).isEqualTo(1);
        }
    }

    @Test
    void aBrewWithoutACauseIsDetected() {
        assertThat(startsBrew(coffee()).broken()).containsExactly(SafetyRule.NO_DOUBLE_BREW);
        assertThat(brews(coffee(), "t:a-1").broken()).containsExactly(SafetyRule.NO_DOUBLE_BREW);
        assertThat(brews(coffee(), "c:a1").broken()).containsExactly(SafetyRule.NO_DOUBLE_BREW);
        assertThat(brews(coffee(), "p:b-0").broken()).containsExactly(SafetyRule.NO_DOUBLE_BREW);
    }

    @Test
    void aSecondBrewForOneTripIsDetectedAlsoAfterAPowerCut() {
        Timeline coffee = brews(coffee().receives("car/approach", APPROACH), "t:a-1");
        coffee.at("2m").powerCut().at("3m").boot().publishes("phase", "interrupted");
        coffee.receivesRetained("car/approach", APPROACH, 420, 300);
        assertThat(coffee.broken()).isEmpty();

        assertThat(brews(coffee.at("14m"), "t:a-1").broken()).containsExactly(SafetyRule.NO_DOUBLE_BREW);
    }

    @Test
    void aSecondBrewForOneCommandIsDetected() {
        Timeline coffee = brews(coffee().receives("coffee/brew/set", BREW_COMMAND), "c:a1");
        endsBrew(coffee.at("7m").publishesResult("a1", "done"), "a1");
        brews(coffee.at("20m").receives("coffee/brew/set", BREW_COMMAND), "c:a1");
        assertThat(coffee.broken()).containsExactly(SafetyRule.NO_DOUBLE_BREW);
    }

    @Test
    void aBrewBeforeItsCauseIsOnDiskIsDetected() {
        Timeline coffee = coffee().receives("car/approach", APPROACH).savesState(Map.of("unfinished", "t:a-1"));
        assertThat(startsBrew(coffee).broken()).containsExactly(SafetyRule.NO_DOUBLE_BREW);
    }

    @Test
    void aBrewForALateOrCancelledTripIsDetected() {
        Timeline late = coffee().receives("car/approach", APPROACH).at("18m");
        Timeline off = coffee().receives("car/approach", APPROACH).at("2m");
        off.receives("car/approach", "{\"trip\":\"a-1\",\"called_off\":true}").at("3m");

        assertThat(brews(late, "t:a-1").broken()).containsExactly(SafetyRule.NO_DOUBLE_BREW);
        assertThat(brews(off, "t:a-1").broken()).containsExactly(SafetyRule.NO_DOUBLE_BREW);
    }

    @Test
    void aBrewBeforeTheEndOfTheLockOutIsDetected() {
        Timeline tooSoon = endsBrew(
                brews(coffee().receives("coffee/brew/set", "PRESS"), "p:b-0").at("7m"), "b-0");
        Timeline inTime = endsBrew(
                brews(coffee().receives("coffee/brew/set", "PRESS"), "p:b-0").at("7m"), "b-0");

        assertThat(brews(tooSoon.at("16m59s").receives("coffee/brew/set", "PRESS"), "p:b-1")
                        .broken())
                .containsExactly(SafetyRule.NO_DOUBLE_BREW);
        assertThat(brews(inTime.at("17m").receives("coffee/brew/set", "PRESS"), "p:b-1")
                        .broken())
                .isEmpty();
    }

    @Test
    void moreBrewsThanTheDailyLimitAreDetected() {
        Timeline coffee = coffee();
        for (int hour = 1; hour <= 6; hour++) {
            brews(coffee.at(hour + "h").receives("coffee/brew/set", "PRESS"), "p:b-" + hour);
            endsBrew(coffee.at(hour + "h6m"), "b-" + hour);
        }
        assertThat(coffee.broken()).isEmpty();

        brews(coffee.at("1d30m").receives("coffee/brew/set", "PRESS"), "p:b-7");
        assertThat(coffee.broken()).containsExactly(SafetyRule.NO_DOUBLE_BREW);
    }

    @Test
    void aBrewPublishedTwiceOrTooEarlyIsDetected() {
        Timeline coffee = brews(coffee().receives("car/approach", APPROACH), "t:a-1");
        coffee.at("7m").publishes("phase", "keeping-warm").publishes("brewed", brewed("approach", "a-1"));
        assertThat(coffee.broken()).isEmpty();
        assertThat(coffee.at("8m")
                        .publishes("brewed", brewed("approach", "a-1"))
                        .broken())
                .containsExactly(SafetyRule.NO_DOUBLE_BREW);

        Timeline early = brews(coffee().receives("car/approach", APPROACH), "t:a-1");
        early.at("5m").publishes("brewed", brewed("approach", "a-1"));
        assertThat(early.broken()).containsExactly(SafetyRule.NO_DOUBLE_BREW);
    }

    @Test
    void aBrewForATripFromBeforeTheRestartIsDetected() {
        Timeline coffee = coffee().receives("car/approach", APPROACH)
                .at("2m")
                .powerCut()
                .at("3m")
                .boot();
        assertThat(coffee.tested(SafetyRule.NO_BREW_RESUMED)).isEqualTo(1);

        Timeline resuming = coffee().receives("car/approach", APPROACH)
                .at("2m")
                .powerCut()
                .at("3m")
                .boot();
        assertThat(brews(resuming.at("4m"), "t:a-1").broken()).containsExactly(SafetyRule.NO_BREW_RESUMED);
        assertThat(brews(coffee.at("4m").receivesRetained("car/approach", APPROACH, 420, 240), "t:a-1")
                        .broken())
                .isEmpty();
    }

    @Test
    void aBrewForARetainedOrExpiredCommandIsDetected() {
        Timeline retained = coffee().receivesRetained("coffee/brew/set", "PRESS", -1, -1);
        Timeline expired = coffee().receivesExpired("coffee/brew/set", BREW_COMMAND);

        assertThat(brews(retained, "p:b-0").broken()).containsExactly(SafetyRule.VALID_COMMANDS_ONLY);
        assertThat(brews(expired, "c:a1").broken()).containsExactly(SafetyRule.VALID_COMMANDS_ONLY);
    }

    @Test
    void aRelayThatIsOnForTooLongIsDetected() {
        Timeline coffee = brews(coffee().receives("coffee/brew/set", "PRESS"), "p:b-0");
        coffee.at("7m").publishes("phase", "keeping-warm").publishes("brewed", brewed("command", "b-0"));
        assertThat(coffee.at("11m59.999s").broken()).isEmpty();
        assertThat(coffee.at("12m0.001s").broken()).containsExactly(SafetyRule.MAX_ON);
    }

    @Test
    void aBrewInQuietHoursIsDetected() {
        Timeline night = coffee().readsWallClock("23:00").at("2m").receives("car/approach", APPROACH);
        Timeline morning = coffee().readsWallClock("23:00")
                .at("2m")
                .readsWallClock("05:00")
                .receives("car/approach", APPROACH);
        Timeline unknown = Timeline.of("coffee").add(new JournalEvent.Booted("b", 0, false, Map.of(), List.of()));
        unknown.at("1m").receives("car/approach", APPROACH);

        assertThat(brews(night, "t:a-1").broken()).containsExactly(SafetyRule.NO_DOUBLE_BREW);
        assertThat(brews(morning, "t:a-1").broken()).isEmpty();
        assertThat(brews(unknown, "t:a-1").broken())
                .containsExactly(SafetyRule.NO_DOUBLE_BREW); // It has not read the wall clock.
    }

    @Test
    void aBrewForACancelledTripIsDetected() {
        Timeline cancelled =
                coffee().receives("car/approach", APPROACH).at("2m").receives("coffee/cancel/set", "PRESS");
        Timeline retained = coffee().receives("car/approach", APPROACH).at("2m");
        retained.receivesRetained("coffee/cancel/set", "PRESS", -1, -1);

        assertThat(brews(cancelled.at("3m"), "t:a-1").broken()).containsExactly(SafetyRule.NO_DOUBLE_BREW);
        assertThat(brews(retained.at("3m"), "t:a-1").broken()).isEmpty();
    }

    @Test
    void aBrewThatIsNotPublishedIsDetected() {
        Timeline unpublished = brews(coffee().receives("car/approach", APPROACH), "t:a-1");
        Timeline stopped = brews(coffee().receives("car/approach", APPROACH), "t:a-1");
        Timeline another = brews(coffee().receives("car/approach", APPROACH), "t:a-1");
        stopped.at("5m").drives(COFFEE, false).publishes("phase", "interrupted");
        another.at("7m").publishes("phase", "keeping-warm").publishes("brewed", brewed("approach", "a-2"));

        assertThat(unpublished.at("7m2s").broken()).containsExactly(SafetyRule.NO_DOUBLE_BREW);
        assertThat(stopped.at("8m").broken()).isEmpty();
        assertThat(another.broken()).containsExactly(SafetyRule.NO_DOUBLE_BREW);
    }

    @Test
    void aDamagedCardExcusesOnlyTheLastWrite() {
        Timeline coffee = brews(coffee().receives("coffee/brew/set", BREW_COMMAND), "c:a1");
        endsBrew(coffee.at("7m").publishesResult("a1", "done"), "a1").saveFinished();
        coffee.at("8m").powerCut().bootWithLostState().at("20m").receives("coffee/brew/set", BREW_COMMAND);
        assertThat(brews(coffee, "c:a1").broken())
                .containsExactly(SafetyRule.NO_DOUBLE_BREW); // It was in both generations.

        Timeline torn = brews(coffee().receives("coffee/brew/set", BREW_COMMAND), "c:a1");
        torn.at("2m").powerCut().bootWithLostState().at("20m").receives("coffee/brew/set", BREW_COMMAND);
        assertThat(brews(torn, "c:a1").broken()).isEmpty();
    }

    @Test
    void onlyATripThatIsStillExpectedTestsARestart() {
        Timeline over =
                coffee().receives("car/approach", APPROACH).at("1h").powerCut().boot();
        Timeline home =
                brews(coffee().receives("car/approach", APPROACH), "t:a-1").savesState(Map.of("unfinished", ""));

        assertThat(over.tested(SafetyRule.NO_BREW_RESUMED)).isEqualTo(0);
        assertThat(home.powerCut().boot().tested(SafetyRule.NO_BREW_RESUMED)).isEqualTo(0);
    }

    @Test
    void aRelayThatIsOnWithoutAPublishedPhaseIsDetected() {
        Timeline coffee = Timeline.of("coffee").boot().receives("car/approach", APPROACH);
        savesCause(coffee, "t:a-1").drives(COFFEE, true);
        assertThat(coffee.broken()).containsExactly(SafetyRule.STATE_MATCHES_OUTPUTS);
    }

    @Test
    void aPublishedPhaseThatDiffersFromTheRelayIsDetected() {
        Timeline coffee = brews(coffee().receives("coffee/brew/set", "PRESS"), "p:b-0");
        assertThat(coffee.at("2m").publishes("phase", "idle").broken())
                .containsExactly(SafetyRule.STATE_MATCHES_OUTPUTS);
        assertThat(coffee().publishes("phase", "brewing").broken()).containsExactly(SafetyRule.STATE_MATCHES_OUTPUTS);
    }
}

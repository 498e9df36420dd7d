package hearth.proving.checker;

import static hearth.proving.checker.Timeline.COFFEE;
import static org.assertj.core.api.Assertions.assertThat;

import hearth.proving.journal.Event;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The coffee machine: rules 5, 8, 11, 12 and 13. */
class CoffeeObservedTest {

    private static final String COMING = "{\"trip\":\"a-1\",\"eta_s\":420}";
    private static final String ASKED = "{\"id\":\"a1\",\"value\":\"PRESS\"}";

    private static Timeline coffee() {
        return Timeline.of("coffee").boot().says("phase", "idle").at("1m");
    }

    private static Timeline notes(Timeline coffee, String key) {
        return coffee.keeps(Map.of("unfinished", key)).stored();
    }

    private static Timeline begins(Timeline coffee) {
        return coffee.drives(COFFEE, true).says("phase", "brewing");
    }

    private static Timeline ends(Timeline coffee, String id) {
        coffee.says("brewed", brewed("command", id));
        return coffee.drives(COFFEE, false).says("phase", "done").keeps(Map.of("unfinished", ""));
    }

    private static Timeline brews(Timeline coffee, String key) {
        return begins(notes(coffee, key));
    }

    private static String brewed(String what, String id) {
        return "{\"id\":\"" + id + "\",\"for\":\"" + what + "\",\"seconds\":360}";
    }

    @Test
    void aBrewForATripOrACommandIsLawful() {
        Timeline trip = brews(coffee().hears("car/approach", COMING), "t:a-1");
        Timeline named = brews(coffee().hears("coffee/brew/set", ASKED), "c:a1");
        Timeline plain = brews(coffee().hears("coffee/brew/set", "PRESS"), "p:b-0");
        Timeline retained = brews(coffee().hearsRetained("car/approach", COMING, 420, 100), "t:a-1");

        for (Timeline lawful : List.of(trip, named, plain, retained)) {
            assertThat(lawful.broken()).isEmpty();
            assertThat(lawful.tested(Rule.ONE_BREW)).isEqualTo(1);
        }
    }

    @Test
    void aBrewForNothingIsFound() {
        assertThat(begins(coffee()).broken()).containsExactly(Rule.ONE_BREW);
        assertThat(brews(coffee(), "t:a-1").broken()).containsExactly(Rule.ONE_BREW);
        assertThat(brews(coffee(), "c:a1").broken()).containsExactly(Rule.ONE_BREW);
        assertThat(brews(coffee(), "p:b-0").broken()).containsExactly(Rule.ONE_BREW);
    }

    @Test
    void aSecondBrewForOneTripIsFoundOverAnyPowerCut() {
        Timeline coffee = brews(coffee().hears("car/approach", COMING), "t:a-1");
        coffee.at("2m").powerCut().at("3m").boot().says("phase", "interrupted");
        coffee.hearsRetained("car/approach", COMING, 420, 300);
        assertThat(coffee.broken()).isEmpty();

        assertThat(brews(coffee.at("14m"), "t:a-1").broken()).containsExactly(Rule.ONE_BREW);
    }

    @Test
    void aSecondBrewForOneCommandIsFound() {
        Timeline coffee = brews(coffee().hears("coffee/brew/set", ASKED), "c:a1");
        ends(coffee.at("7m").answers("a1", "done"), "a1");
        brews(coffee.at("20m").hears("coffee/brew/set", ASKED), "c:a1");
        assertThat(coffee.broken()).containsExactly(Rule.ONE_BREW);
    }

    @Test
    void aBrewIsNotedOnTheDiskFirst() {
        Timeline coffee = coffee().hears("car/approach", COMING).keeps(Map.of("unfinished", "t:a-1"));
        assertThat(begins(coffee).broken()).containsExactly(Rule.ONE_BREW);
    }

    @Test
    void aTripThatIsOverOrCalledOffGetsNoBrew() {
        Timeline late = coffee().hears("car/approach", COMING).at("18m");
        Timeline off = coffee().hears("car/approach", COMING).at("2m");
        off.hears("car/approach", "{\"trip\":\"a-1\",\"called_off\":true}").at("3m");

        assertThat(brews(late, "t:a-1").broken()).containsExactly(Rule.ONE_BREW);
        assertThat(brews(off, "t:a-1").broken()).containsExactly(Rule.ONE_BREW);
    }

    @Test
    void theMachineRestsBetweenBrews() {
        Timeline tooSoon =
                ends(brews(coffee().hears("coffee/brew/set", "PRESS"), "p:b-0").at("7m"), "b-0");
        Timeline inTime =
                ends(brews(coffee().hears("coffee/brew/set", "PRESS"), "p:b-0").at("7m"), "b-0");

        assertThat(brews(tooSoon.at("16m59s").hears("coffee/brew/set", "PRESS"), "p:b-1")
                        .broken())
                .containsExactly(Rule.ONE_BREW);
        assertThat(brews(inTime.at("17m").hears("coffee/brew/set", "PRESS"), "p:b-1")
                        .broken())
                .isEmpty();
    }

    @Test
    void theDaysCoffeeIsBounded() {
        Timeline coffee = coffee();
        for (int hour = 1; hour <= 6; hour++) {
            brews(coffee.at(hour + "h").hears("coffee/brew/set", "PRESS"), "p:b-" + hour);
            ends(coffee.at(hour + "h6m"), "b-" + hour);
        }
        assertThat(coffee.broken()).isEmpty();

        brews(coffee.at("1d30m").hears("coffee/brew/set", "PRESS"), "p:b-7");
        assertThat(coffee.broken()).containsExactly(Rule.ONE_BREW);
    }

    @Test
    void aBrewIsToldOnceAndWhenItIsReady() {
        Timeline coffee = brews(coffee().hears("car/approach", COMING), "t:a-1");
        coffee.at("7m").says("phase", "keeping-warm").says("brewed", brewed("approach", "a-1"));
        assertThat(coffee.broken()).isEmpty();
        assertThat(coffee.at("8m").says("brewed", brewed("approach", "a-1")).broken())
                .containsExactly(Rule.ONE_BREW);

        Timeline early = brews(coffee().hears("car/approach", COMING), "t:a-1");
        early.at("5m").says("brewed", brewed("approach", "a-1"));
        assertThat(early.broken()).containsExactly(Rule.ONE_BREW);
    }

    @Test
    void aRestartResumesNoWait() {
        Timeline coffee = coffee().hears("car/approach", COMING)
                .at("2m")
                .powerCut()
                .at("3m")
                .boot();
        assertThat(coffee.tested(Rule.NOTHING_RESUMED)).isEqualTo(1);

        Timeline resuming = coffee().hears("car/approach", COMING)
                .at("2m")
                .powerCut()
                .at("3m")
                .boot();
        assertThat(brews(resuming.at("4m"), "t:a-1").broken()).containsExactly(Rule.NOTHING_RESUMED);
        assertThat(brews(coffee.at("4m").hearsRetained("car/approach", COMING, 420, 240), "t:a-1")
                        .broken())
                .isEmpty();
    }

    @Test
    void aRetainedOrExpiredCommandBrewsNothing() {
        Timeline retained = coffee().hearsRetained("coffee/brew/set", "PRESS", -1, -1);
        Timeline expired = coffee().hearsExpired("coffee/brew/set", ASKED);

        assertThat(brews(retained, "p:b-0").broken()).containsExactly(Rule.LAWFUL_COMMANDS);
        assertThat(brews(expired, "c:a1").broken()).containsExactly(Rule.LAWFUL_COMMANDS);
    }

    @Test
    void theRelayIsNotOnForTooLong() {
        Timeline coffee = brews(coffee().hears("coffee/brew/set", "PRESS"), "p:b-0");
        coffee.at("7m").says("phase", "keeping-warm").says("brewed", brewed("command", "b-0"));
        assertThat(coffee.at("11m59.999s").broken()).isEmpty();
        assertThat(coffee.at("12m0.001s").broken()).containsExactly(Rule.MAX_ON);
    }

    @Test
    void inQuietHoursNothingIsBrewed() {
        Timeline night = coffee().looks("23:00").at("2m").hears("car/approach", COMING);
        Timeline morning = coffee().looks("23:00").at("2m").looks("05:00").hears("car/approach", COMING);
        Timeline unknown = Timeline.of("coffee").see(new Event.Booted("b", 0, false, Map.of(), List.of()));
        unknown.at("1m").hears("car/approach", COMING);

        assertThat(brews(night, "t:a-1").broken()).containsExactly(Rule.ONE_BREW);
        assertThat(brews(morning, "t:a-1").broken()).isEmpty();
        assertThat(brews(unknown, "t:a-1").broken()).containsExactly(Rule.ONE_BREW); // It has not looked at the clock.
    }

    @Test
    void aTripWhoseCupWasCancelledGetsNone() {
        Timeline cancelled = coffee().hears("car/approach", COMING).at("2m").hears("coffee/cancel/set", "PRESS");
        Timeline retained = coffee().hears("car/approach", COMING).at("2m");
        retained.hearsRetained("coffee/cancel/set", "PRESS", -1, -1);

        assertThat(brews(cancelled.at("3m"), "t:a-1").broken()).containsExactly(Rule.ONE_BREW);
        assertThat(brews(retained.at("3m"), "t:a-1").broken()).isEmpty();
    }

    @Test
    void aFullCupIsTold() {
        Timeline secret = brews(coffee().hears("car/approach", COMING), "t:a-1");
        Timeline stopped = brews(coffee().hears("car/approach", COMING), "t:a-1");
        Timeline another = brews(coffee().hears("car/approach", COMING), "t:a-1");
        stopped.at("5m").drives(COFFEE, false).says("phase", "interrupted");
        another.at("7m").says("phase", "keeping-warm").says("brewed", brewed("approach", "a-2"));

        assertThat(secret.at("7m2s").broken()).containsExactly(Rule.ONE_BREW);
        assertThat(stopped.at("8m").broken()).isEmpty();
        assertThat(another.broken()).containsExactly(Rule.ONE_BREW);
    }

    @Test
    void aTornCardExcusesOnlyWhatWasWrittenLast() {
        Timeline coffee = brews(coffee().hears("coffee/brew/set", ASKED), "c:a1");
        ends(coffee.at("7m").answers("a1", "done"), "a1").stored();
        coffee.at("8m").powerCut().bootForgetting().at("20m").hears("coffee/brew/set", ASKED);
        assertThat(brews(coffee, "c:a1").broken()).containsExactly(Rule.ONE_BREW); // It was in both generations.

        Timeline torn = brews(coffee().hears("coffee/brew/set", ASKED), "c:a1");
        torn.at("2m").powerCut().bootForgetting().at("20m").hears("coffee/brew/set", ASKED);
        assertThat(brews(torn, "c:a1").broken()).isEmpty();
    }

    @Test
    void onlyACarThatIsStillAwaitedPutsARestartToTheTest() {
        Timeline over =
                coffee().hears("car/approach", COMING).at("1h").powerCut().boot();
        Timeline home = brews(coffee().hears("car/approach", COMING), "t:a-1").keeps(Map.of("unfinished", ""));

        assertThat(over.tested(Rule.NOTHING_RESUMED)).isEqualTo(0);
        assertThat(home.powerCut().boot().tested(Rule.NOTHING_RESUMED)).isEqualTo(0);
    }

    @Test
    void aMachineThatIsOnBeforeItHasSaidAnythingIsFound() {
        Timeline coffee = Timeline.of("coffee").boot().hears("car/approach", COMING);
        notes(coffee, "t:a-1").drives(COFFEE, true);
        assertThat(coffee.broken()).containsExactly(Rule.SAID_IS_DONE);
    }

    @Test
    void whatIsSaidIsWhatIs() {
        Timeline coffee = brews(coffee().hears("coffee/brew/set", "PRESS"), "p:b-0");
        assertThat(coffee.at("2m").says("phase", "idle").broken()).containsExactly(Rule.SAID_IS_DONE);
        assertThat(coffee().says("phase", "brewing").broken()).containsExactly(Rule.SAID_IS_DONE);
    }
}

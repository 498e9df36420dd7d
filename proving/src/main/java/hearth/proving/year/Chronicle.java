package hearth.proving.year;

import hearth.proving.checker.Expectations;
import hearth.proving.checker.Findings;
import hearth.proving.checker.Observer;
import hearth.proving.journal.Digest;
import hearth.proving.journal.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A year that was lived and judged.
 *
 * @param sha256 of the journal: the same for the same plan, on any machine
 */
public record Chronicle(Plan plan, Year year, Findings findings, String sha256, long entries) {

    /** A year in which less happened proves nothing. */
    private static final int LEAST_HEATINGS = 50;

    private static final int LEAST_COOLINGS = 50;
    private static final int LEAST_BREWS = 200;
    private static final int LEAST_OF_A_KIND = 5;

    /**
     * Lives through it.
     *
     * @param readers  also told all that happens, on a thread of their own
     * @param world    shown the house as it truly is, on the caller's thread
     * @param progress told how much has passed, day by day
     */
    public static Chronicle of(
            Plan plan,
            Tampering tampering,
            List<Consumer<Entry>> readers,
            WorldView world,
            Consumer<Duration> progress) {
        Digest digest = new Digest();
        Observer observer = new Observer(Expectations.ofTheYear(Driver.HOME.latitudeDeg(), Driver.HOME.longitudeDeg()));
        List<Consumer<Entry>> all = new ArrayList<>(readers);
        all.add(digest);
        all.add(observer::see);
        Year year;
        try (Aside aside = new Aside(all)) {
            year = new Year(plan, tampering, aside);
            year.run(world, progress);
        }
        return new Chronicle(plan, year, observer.findings(), digest.sum(), digest.entries());
    }

    public boolean allRulesHeld() {
        return findings.clean();
    }

    /** What happened too seldom for a whole year to prove anything; empty if nothing did, or for fewer days. */
    public List<String> notTelling() {
        List<String> too = new ArrayList<>();
        if (plan.isWholeYear()) {
            atLeast(LEAST_HEATINGS, "heatings", year.tally().runs(Installation.HEAT_PIN), too);
            atLeast(LEAST_COOLINGS, "coolings", year.tally().runs(Installation.COOL_PIN), too);
            atLeast(LEAST_BREWS, "brews", year.tally().runs(Installation.COFFEE_PIN), too);
            mishaps().forEach((kind, times) -> atLeast(LEAST_OF_A_KIND, kind, times, too));
        }
        return too;
    }

    /** How often each kind of mishap happened, those that never did included. */
    public Map<String, Long> mishaps() {
        Map<String, Long> all = new TreeMap<>(year.tally().mishaps());
        year.kinds().forEach(kind -> all.putIfAbsent(kind, 0L));
        return all;
    }

    private static void atLeast(long least, String what, long times, List<String> too) {
        if (times < least) {
            too.add(what + ": " + times + ", and " + least + " are the least that tell anything");
        }
    }
}

package hearth.proving.year;

import hearth.proving.checker.Expectations;
import hearth.proving.checker.Findings;
import hearth.proving.checker.IndependentChecker;
import hearth.proving.journal.JournalDigest;
import hearth.proving.journal.JournalEntry;
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
public record CheckedYear(YearPlan plan, SimulatedYear year, Findings findings, String sha256, long entries) {

    /** A year in which less happened proves nothing. */
    private static final int MIN_HEATINGS = 50;

    private static final int MIN_COOLINGS = 50;
    private static final int MIN_BREWS = 200;
    private static final int MIN_PER_FAULT_KIND = 5;

    /**
     * Lives through it.
     *
     * @param readers  also told all that happens, on a thread of their own
     * @param world    shown the house as it truly is, on the caller's thread
     * @param progress told how much has passed, day by day
     */
    public static CheckedYear run(
            YearPlan plan,
            DeviceInterceptor tampering,
            List<Consumer<JournalEntry>> readers,
            TrueTemperatureListener world,
            Consumer<Duration> progress) {
        JournalDigest digest = new JournalDigest();
        IndependentChecker observer = new IndependentChecker(
                Expectations.forSimulatedYear(SimulatedDriver.HOME.latitudeDeg(), SimulatedDriver.HOME.longitudeDeg()));
        List<Consumer<JournalEntry>> all = new ArrayList<>(readers);
        all.add(digest);
        all.add(observer::accept);
        SimulatedYear year;
        try (BackgroundDispatcher aside = new BackgroundDispatcher(all)) {
            year = new SimulatedYear(plan, tampering, aside);
            year.run(world, progress);
        }
        return new CheckedYear(plan, year, observer.findings(), digest.hex(), digest.entries());
    }

    public boolean allRulesHeld() {
        return findings.allRulesHeld();
    }

    /** What happened too seldom for a whole year to prove anything; empty if nothing did, or for fewer days. */
    public List<String> tooRareEvents() {
        List<String> too = new ArrayList<>();
        if (plan.isWholeYear()) {
            requireAtLeast(MIN_HEATINGS, "heatings", year.counts().switchOns(SimulatedDevices.HEAT_PIN), too);
            requireAtLeast(MIN_COOLINGS, "coolings", year.counts().switchOns(SimulatedDevices.COOL_PIN), too);
            requireAtLeast(MIN_BREWS, "brews", year.counts().switchOns(SimulatedDevices.COFFEE_PIN), too);
            injectedFaults().forEach((kind, times) -> requireAtLeast(MIN_PER_FAULT_KIND, kind, times, too));
        }
        return too;
    }

    /** How often each kind of mishap happened, those that never did included. */
    public Map<String, Long> injectedFaults() {
        Map<String, Long> all = new TreeMap<>(year.counts().injectedFaults());
        year.faultKinds().forEach(kind -> all.putIfAbsent(kind, 0L));
        return all;
    }

    private static void requireAtLeast(long least, String what, long times, List<String> too) {
        if (times < least) {
            too.add(what + ": " + times + ", and " + least + " are the least that tell anything");
        }
    }
}

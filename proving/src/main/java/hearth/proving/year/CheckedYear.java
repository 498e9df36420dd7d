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
 * A simulated year with the findings of the checker.
 *
 * @param sha256 of the journal: the same for the same plan on any machine
 */
public record CheckedYear(YearPlan plan, SimulatedYear year, Findings findings, String sha256, long entries) {

    /** A year with fewer events proves nothing. */
    private static final int MIN_HEATINGS = 50;

    private static final int MIN_COOLINGS = 50;
    private static final int MIN_BREWS = 200;
    private static final int MIN_PER_FAULT_KIND = 5;

    /**
     * Simulates the year.
     *
     * @param readers          receive all entries, on another thread
     * @param trueTemperatures receives the true temperatures, on the thread of the caller
     * @param progress         receives the simulated time, once per day
     */
    public static CheckedYear run(
            YearPlan plan,
            DeviceInterceptor interceptor,
            List<Consumer<JournalEntry>> readers,
            TrueTemperatureListener trueTemperatures,
            Consumer<Duration> progress) {
        JournalDigest digest = new JournalDigest();
        IndependentChecker checker = new IndependentChecker(
                Expectations.forSimulatedYear(SimulatedDriver.HOME.latitudeDeg(), SimulatedDriver.HOME.longitudeDeg()));
        List<Consumer<JournalEntry>> all = new ArrayList<>(readers);
        all.add(digest);
        all.add(checker::accept);
        SimulatedYear year;
        try (BackgroundDispatcher dispatcher = new BackgroundDispatcher(all)) {
            year = new SimulatedYear(plan, interceptor, dispatcher);
            year.run(trueTemperatures, progress);
        }
        return new CheckedYear(plan, year, checker.findings(), digest.hex(), digest.entries());
    }

    public boolean allRulesHeld() {
        return findings.allRulesHeld();
    }

    /** The events that were too rare in a whole year to prove anything; empty for none, or for fewer days. */
    public List<String> tooRareEvents() {
        List<String> rare = new ArrayList<>();
        if (plan.isWholeYear()) {
            requireAtLeast(MIN_HEATINGS, "heatings", year.counts().switchOns(SimulatedDevices.HEAT_PIN), rare);
            requireAtLeast(MIN_COOLINGS, "coolings", year.counts().switchOns(SimulatedDevices.COOL_PIN), rare);
            requireAtLeast(MIN_BREWS, "brews", year.counts().switchOns(SimulatedDevices.COFFEE_PIN), rare);
            injectedFaults().forEach((kind, times) -> requireAtLeast(MIN_PER_FAULT_KIND, kind, times, rare));
        }
        return rare;
    }

    /** How often each kind of fault was injected, including zero. */
    public Map<String, Long> injectedFaults() {
        Map<String, Long> all = new TreeMap<>(year.counts().injectedFaults());
        year.faultKinds().forEach(kind -> all.putIfAbsent(kind, 0L));
        return all;
    }

    private static void requireAtLeast(long least, String what, long times, List<String> rare) {
        if (times < least) {
            rare.add(what + ": " + times + " times, expected at least " + least);
        }
    }
}

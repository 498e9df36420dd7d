package hearth.proving.checker;

import hearth.proving.checker.Expectations.ExpectedCar;
import hearth.proving.journal.JournalEvent;
import java.time.Duration;
import java.util.Locale;

/**
 * Watches that the car announces a trip once.
 *
 * <p>A new trip's id has a car behind it that has come back from somewhere since the last: at some moment it was beyond
 * the outer circle and farther out than it had been on that trip, by more than roads wind. And it is announced for a run
 * of good fixes that get nearer, for none that no car can have got to, when home is near in time or distance. Distances
 * are reckoned here once more. Over a power cut a trip is forgotten only if its notes may not have reached the disk.
 */
final class ApproachChecker implements EventObserver {

    private static final String NODE = "car";

    private static final double MAX_MPS = 70;
    private static final double RECEDED_M = 300;
    private static final double MOVING_MPS = 1.5;
    private static final int MIN_FIXES = 3;
    private static final long MIN_SPAN_MS = Duration.ofSeconds(20).toMillis();
    private static final long WINDOW_MS = Duration.ofMinutes(10).toMillis();
    private static final int MAX_FIXES = 1024;

    private final ExpectedCar car;
    private final SurvivingState savedState;
    private final ObservedReceiver receiver;
    private final FindingsRecorder findings;
    private final long[] times = new long[MAX_FIXES];
    private final double[] distances = new double[MAX_FIXES];
    private int fixes;
    private String trip = "";
    private long announcedAt = LONG_AGO;
    private double closestM = Double.POSITIVE_INFINITY;
    private boolean cameBack;
    private boolean stateLost;

    ApproachChecker(ExpectedCar car, SurvivingState notes, FindingsRecorder ledger) {
        this.car = car;
        this.savedState = notes;
        this.receiver = new ObservedReceiver(car.worstFixM());
        this.findings = ledger;
    }

    @Override
    public void onEvent(long now, JournalEvent event) {
        if (event instanceof JournalEvent.FixRead fixed) {
            onFix(now, fixed);
        } else if (event instanceof JournalEvent.MessagePublished said
                && said.topic().equals("car/approach")) {
            onApproach(now, said.payload());
        } else if (event instanceof JournalEvent.Booted booted) {
            stateLost |= booted.stateLost() || (!trip.isEmpty() && announcedAt >= savedState.survivesBefore());
            fixes = 0;
            receiver.forget();
        }
    }

    private void onFix(long now, JournalEvent.FixRead fix) {
        if (!receiver.accepts(now, fix)) {
            return;
        }
        double metres = ObservedReceiver.distanceM(
                fix.latitudeDeg(), fix.longitudeDeg(), car.homeLatitudeDeg(), car.homeLongitudeDeg());
        boolean farther = trip.isEmpty() || metres > closestM + RECEDED_M;
        cameBack |= farther && metres > car.armBeyondM();
        closestM = Math.min(closestM, metres);
        times[fixes % MAX_FIXES] = now;
        distances[fixes % MAX_FIXES] = metres;
        fixes++;
    }

    private void onApproach(long now, String payload) {
        String id = PayloadParser.text(payload, "trip");
        boolean calledOff = payload.contains("\"called_off\"");
        if (calledOff || id.equals(trip)) {
            return;
        }
        findings.tested(SafetyRule.ONE_APPROACH_PER_TRIP);
        if (!cameBack && !stateLost) {
            String after = trip.isEmpty() ? "" : " after " + trip;
            String what = "trip " + id + after + ", and the car has been within %.0f m and not beyond %.0f since";
            reportViolation(now, String.format(Locale.ROOT, what, closestM, car.armBeyondM()));
        }
        if (!isApproaching(now)) {
            reportViolation(now, "trip " + id + " without a run of good fixes that get nearer");
        }
        checkDistance(now, id, payload);
        trip = id;
        announcedAt = now;
        stateLost = false;
        cameBack = false;
        closestM = fixes == 0 ? Double.POSITIVE_INFINITY : distances[(fixes - 1) % MAX_FIXES];
    }

    private void checkDistance(long now, String id, String payload) {
        if (fixes == 0) {
            return; // Said above.
        }
        double metres = distances[(fixes - 1) % MAX_FIXES];
        double etaS = PayloadParser.number(PayloadParser.fields(payload)
                .getOrDefault("eta_s", PayloadParser.JsonField.ABSENT)
                .text());
        if (receiver.hasJumped()) {
            reportViolation(now, "trip " + id + " for a place where no car can have got to");
        } else if (!(metres <= MAX_MPS * etaS)) { // NaN too.
            reportViolation(now, String.format(Locale.ROOT, "trip %s: %.0f m in %.0f s", id, metres, etaS));
        } else if (metres > car.fireWithinM() && etaS > car.lead().toSeconds()) {
            reportViolation(
                    now,
                    String.format(Locale.ROOT, "trip %s: so early, %.0f m and %.0f s from home", id, metres, etaS));
        }
    }

    /** Whether any of the latest good fixes is nearer than one before it by as much as a moving car gets. */
    private boolean isApproaching(long now) {
        int count = 0;
        int oldest = fixes;
        while (oldest > 0 && count < MAX_FIXES && now - times[(oldest - 1) % MAX_FIXES] <= WINDOW_MS) {
            oldest--;
            count++;
        }
        if (count < MIN_FIXES || now - times[oldest % MAX_FIXES] < MIN_SPAN_MS) {
            return false;
        }
        double best = Double.NEGATIVE_INFINITY; // Of distance plus the way a moving car had by then.
        boolean nearer = count == MAX_FIXES; // More than can be overlooked.
        for (int i = oldest; i < fixes; i++) {
            double way = distances[i % MAX_FIXES] + MOVING_MPS * times[i % MAX_FIXES] / 1000.0;
            nearer |= way <= best;
            best = Math.max(best, way);
        }
        return nearer;
    }

    private void reportViolation(long now, String what) {
        findings.broken(SafetyRule.ONE_APPROACH_PER_TRIP, now, NODE, what);
    }
}

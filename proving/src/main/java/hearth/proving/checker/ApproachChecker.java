package hearth.proving.checker;

import hearth.proving.checker.Expectations.ExpectedCar;
import hearth.proving.journal.JournalEvent;
import java.time.Duration;
import java.util.Locale;

/**
 * Checks that the car announces each trip once.
 *
 * <p>A new trip id requires that the car has come back since the last one: it was beyond the outer circle, and farther
 * out than on the last trip by more than the bends of a road. The announcement requires several good fixes that get
 * nearer, no jump that a car cannot make, and a home that is near in time or distance. This class calculates the
 * distances itself. After a power cut a trip may be forgotten only if its saved state may not have reached the disk.
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

    ApproachChecker(ExpectedCar car, SurvivingState savedState, FindingsRecorder findings) {
        this.car = car;
        this.savedState = savedState;
        this.receiver = new ObservedReceiver(car.worstFixM());
        this.findings = findings;
    }

    @Override
    public void onEvent(long now, JournalEvent event) {
        if (event instanceof JournalEvent.FixRead fix) {
            onFix(now, fix);
        } else if (event instanceof JournalEvent.MessagePublished message
                && message.topic().equals("car/approach")) {
            onApproach(now, message.payload());
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
            String what =
                    "trip " + id + after + ", but since then the car was within %.0f m of home and never beyond %.0f m";
            reportViolation(now, String.format(Locale.ROOT, what, closestM, car.armBeyondM()));
        }
        if (!isApproaching(now)) {
            reportViolation(now, "trip " + id + " without good fixes that get nearer");
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
            return; // Already reported by the caller.
        }
        double metres = distances[(fixes - 1) % MAX_FIXES];
        double etaS = PayloadParser.number(PayloadParser.fields(payload)
                .getOrDefault("eta_s", PayloadParser.JsonField.ABSENT)
                .text());
        if (receiver.hasJumped()) {
            reportViolation(now, "trip " + id + " for a position that no car can have reached");
        } else if (!(metres <= MAX_MPS * etaS)) { // NaN too.
            reportViolation(now, String.format(Locale.ROOT, "trip %s: too fast, %.0f m in %.0f s", id, metres, etaS));
        } else if (metres > car.fireWithinM() && etaS > car.lead().toSeconds()) {
            reportViolation(
                    now,
                    String.format(Locale.ROOT, "trip %s: too early, %.0f m and %.0f s from home", id, metres, etaS));
        }
    }

    /** Whether any of the latest good fixes is nearer than an earlier one by the way of a moving car. */
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
        double best = Double.NEGATIVE_INFINITY; // Distance plus the way of a moving car until then.
        boolean nearer = count == MAX_FIXES; // Too many fixes to check all of them.
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

package hearth.proving.checker;

import hearth.proving.checker.Expectations.Car;
import hearth.proving.journal.Event;
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
final class CarWatch implements Watch {

    private static final String NODE = "car";

    private static final double FASTEST_MPS = 70;
    private static final double BACK_OUT_M = 300;
    private static final double MOVING_MPS = 1.5;
    private static final int FEWEST = 3;
    private static final long LEAST_SPAN_MS = Duration.ofSeconds(20).toMillis();
    private static final long WINDOW_MS = Duration.ofMinutes(10).toMillis();
    private static final int RING = 1024;

    private final Car car;
    private final Notes notes;
    private final Receiver receiver;
    private final Ledger ledger;
    private final long[] times = new long[RING];
    private final double[] distances = new double[RING];
    private int fixes;
    private String trip = "";
    private long announcedAt = LONG_AGO;
    private double closestM = Double.POSITIVE_INFINITY;
    private boolean cameBack;
    private boolean forgot;

    CarWatch(Car car, Notes notes, Ledger ledger) {
        this.car = car;
        this.notes = notes;
        this.receiver = new Receiver(car.worstFixM());
        this.ledger = ledger;
    }

    @Override
    public void see(long now, Event event) {
        if (event instanceof Event.Fixed fixed) {
            fixed(now, fixed);
        } else if (event instanceof Event.Said said && said.topic().equals("car/approach")) {
            approach(now, said.payload());
        } else if (event instanceof Event.Booted booted) {
            forgot |= booted.forgot() || (!trip.isEmpty() && announcedAt >= notes.known());
            fixes = 0;
            receiver.forget();
        }
    }

    private void fixed(long now, Event.Fixed fix) {
        if (!receiver.sees(now, fix)) {
            return;
        }
        double metres =
                Receiver.metres(fix.latitudeDeg(), fix.longitudeDeg(), car.homeLatitudeDeg(), car.homeLongitudeDeg());
        boolean farther = trip.isEmpty() || metres > closestM + BACK_OUT_M;
        cameBack |= farther && metres > car.armBeyondM();
        closestM = Math.min(closestM, metres);
        times[fixes % RING] = now;
        distances[fixes % RING] = metres;
        fixes++;
    }

    private void approach(long now, String payload) {
        String id = Words.text(payload, "trip");
        boolean calledOff = payload.contains("\"called_off\"");
        if (calledOff || id.equals(trip)) {
            return;
        }
        ledger.tested(Rule.ONE_APPROACH);
        if (!cameBack && !forgot) {
            String after = trip.isEmpty() ? "" : " after " + trip;
            String what = "trip " + id + after + ", and the car has been within %.0f m and not beyond %.0f since";
            broken(now, String.format(Locale.ROOT, what, closestM, car.armBeyondM()));
        }
        if (!closesIn(now)) {
            broken(now, "trip " + id + " without a run of good fixes that get nearer");
        }
        near(now, id, payload);
        trip = id;
        announcedAt = now;
        forgot = false;
        cameBack = false;
        closestM = fixes == 0 ? Double.POSITIVE_INFINITY : distances[(fixes - 1) % RING];
    }

    private void near(long now, String id, String payload) {
        if (fixes == 0) {
            return; // Said above.
        }
        double metres = distances[(fixes - 1) % RING];
        double etaS = Words.number(
                Words.fields(payload).getOrDefault("eta_s", Words.Field.ABSENT).text());
        if (receiver.hasJumped()) {
            broken(now, "trip " + id + " for a place where no car can have got to");
        } else if (!(metres <= FASTEST_MPS * etaS)) { // NaN too.
            broken(now, String.format(Locale.ROOT, "trip %s: %.0f m in %.0f s", id, metres, etaS));
        } else if (metres > car.fireWithinM() && etaS > car.lead().toSeconds()) {
            broken(now, String.format(Locale.ROOT, "trip %s: so early, %.0f m and %.0f s from home", id, metres, etaS));
        }
    }

    /** Whether any of the latest good fixes is nearer than one before it by as much as a moving car gets. */
    private boolean closesIn(long now) {
        int count = 0;
        int oldest = fixes;
        while (oldest > 0 && count < RING && now - times[(oldest - 1) % RING] <= WINDOW_MS) {
            oldest--;
            count++;
        }
        if (count < FEWEST || now - times[oldest % RING] < LEAST_SPAN_MS) {
            return false;
        }
        double best = Double.NEGATIVE_INFINITY; // Of distance plus the way a moving car had by then.
        boolean nearer = count == RING; // More than can be overlooked.
        for (int i = oldest; i < fixes; i++) {
            double way = distances[i % RING] + MOVING_MPS * times[i % RING] / 1000.0;
            nearer |= way <= best;
            best = Math.max(best, way);
        }
        return nearer;
    }

    private void broken(long now, String what) {
        ledger.broken(Rule.ONE_APPROACH, now, NODE, what);
    }
}

package hearth.proving.checker;

import hearth.proving.checker.Expectations.ExpectedSensing;
import hearth.proving.journal.JournalEvent;
import java.util.List;

/** The room as the airco can know it: from the sensor of another node, else from its own sensor. */
final class ObservedRoom {

    private static final String REMOTE_TOPIC = "sensor/temperature";

    private final ExpectedSensing sensing;
    private final ObservedSensor remote;
    private final ObservedSensor local;
    private final List<ObservedSensor> sources;
    private boolean everValid;

    ObservedRoom(ExpectedSensing sensing) {
        this.sensing = sensing;
        this.remote = new ObservedSensor(true, sensing.staleAfter().toMillis());
        this.local = new ObservedSensor(false, sensing.staleAfter().toMillis());
        this.sources = List.of(remote, local);
    }

    void forget() {
        remote.forget();
        local.forget();
        everValid = false;
    }

    /** @return whether the event was a measurement */
    boolean onEvent(long now, JournalEvent event) {
        if (event instanceof JournalEvent.SensorRead read && read.celsius().isPresent()) {
            addReading(local, read.celsius().getAsDouble(), now);
            return true;
        }
        return event instanceof JournalEvent.MessageReceived received
                && received.topic().equals(REMOTE_TOPIC)
                && onMessage(now, received);
    }

    /** A retained reading counts only if its age is known. */
    private boolean onMessage(long now, JournalEvent.MessageReceived received) {
        double celsius = PayloadParser.number(received.payload());
        boolean aged = received.remainingS() >= 0 && received.lifetimeS() >= received.remainingS();
        if (Double.isNaN(celsius) || celsius < -273 || (received.retained() && !aged)) {
            return false;
        }
        addReading(remote, celsius, aged ? now - (received.lifetimeS() - received.remainingS()) * 1000 : now);
        return true;
    }

    private void addReading(ObservedSensor source, double celsius, long at) {
        boolean plausible = celsius >= sensing.plausibleMinC() && celsius <= sensing.plausibleMaxC();
        source.addReading(celsius, plausible, at);
        everValid |= plausible;
    }

    /** The sensor of the other node. */
    ObservedSensor remote() {
        return remote;
    }

    /** The sensor of the airco itself. */
    ObservedSensor local() {
        return local;
    }

    /** Whether a valid reading has arrived since the boot. */
    boolean everValid() {
        return everValid;
    }

    boolean hasNoValidReading(long now) {
        return !remote.isFresh(now) && !local.isFresh(now);
    }

    /** The sensor that the airco uses. Requires a fresh reading. */
    ObservedSensor preferredSensor(long now) {
        return remote.isFresh(now) ? remote : local;
    }

    /** When the last valid reading becomes stale. */
    long validUntil() {
        long until = EventObserver.LONG_AGO;
        for (ObservedSensor source : sources) {
            until = source.isPlausible() ? Math.max(until, source.staleAt()) : until;
        }
        return until;
    }

    /** Until then the same sensors are fresh as now, if no message arrives. */
    long unchangedUntil(long now) {
        long until = EventObserver.NEVER;
        for (ObservedSensor source : sources) {
            until = source.isFresh(now) ? Math.min(until, source.staleAt()) : until;
        }
        return until;
    }

    /** Whether each fresh sensor has two readings that agree. */
    boolean isConfirmed(long now) {
        return (!remote.isFresh(now) || remote.isConfirmed()) && (!local.isFresh(now) || local.isConfirmed());
    }

    /** Whether each fresh sensor has a plausible reading. */
    boolean isPlausible(long now) {
        return (!remote.isFresh(now) || remote.isPlausible()) && (!local.isFresh(now) || local.isPlausible());
    }

    double hottestC(long now) {
        return Math.max(
                remote.isFresh(now) ? remote.newestC() : Double.NEGATIVE_INFINITY,
                local.isFresh(now) ? local.newestC() : Double.NEGATIVE_INFINITY);
    }

    double coldestC(long now) {
        return Math.min(
                remote.isFresh(now) ? remote.newestC() : Double.POSITIVE_INFINITY,
                local.isFresh(now) ? local.newestC() : Double.POSITIVE_INFINITY);
    }
}

package hearth.proving.checker;

import hearth.proving.checker.Expectations.ExpectedSensing;
import hearth.proving.journal.JournalEvent;
import java.util.List;

/** The room as the airco can know it: by the sensor of another node, and behind it by its own. */
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

    /** @return whether that was a measurement */
    boolean onEvent(long now, JournalEvent event) {
        if (event instanceof JournalEvent.SensorRead read && read.celsius().isPresent()) {
            addReading(local, read.celsius().getAsDouble(), now);
            return true;
        }
        return event instanceof JournalEvent.MessageReceived heard
                && heard.topic().equals(REMOTE_TOPIC)
                && onMessage(now, heard);
    }

    /** Out of the broker's store it counts only if it says how old it is. */
    private boolean onMessage(long now, JournalEvent.MessageReceived heard) {
        double celsius = PayloadParser.number(heard.payload());
        boolean aged = heard.remainingS() >= 0 && heard.lifetimeS() >= heard.remainingS();
        if (Double.isNaN(celsius) || celsius < -273 || (heard.retained() && !aged)) {
            return false;
        }
        addReading(remote, celsius, aged ? now - (heard.lifetimeS() - heard.remainingS()) * 1000 : now);
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

    /** Its own. */
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

    /** The one that counts. Ask only when not blind. */
    ObservedSensor preferredSensor(long now) {
        return remote.isFresh(now) ? remote : local;
    }

    /** When the last valid reading there is will be too old. */
    long validUntil() {
        long until = EventObserver.LONG_AGO;
        for (ObservedSensor source : sources) {
            until = source.isPlausible() ? Math.max(until, source.staleAt()) : until;
        }
        return until;
    }

    /** Until then, hearing nothing, the same sensors count as now. */
    long unchangedUntil(long now) {
        long until = EventObserver.NEVER;
        for (ObservedSensor source : sources) {
            until = source.isFresh(now) ? Math.min(until, source.staleAt()) : until;
        }
        return until;
    }

    /** No sensor that counts stands alone with its word. */
    boolean isConfirmed(long now) {
        return (!remote.isFresh(now) || remote.isConfirmed()) && (!local.isFresh(now) || local.isConfirmed());
    }

    /** No sensor that counts says what no room can have. */
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

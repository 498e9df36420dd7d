package hearth.proving.checker;

import hearth.proving.checker.Expectations.Sensing;
import hearth.proving.journal.Event;
import java.util.List;

/** The room as the airco can know it: by the sensor of another node, and behind it by its own. */
final class Room {

    private static final String REMOTE_TOPIC = "sensor/temperature";

    private final Sensing sensing;
    private final Source remote;
    private final Source local;
    private final List<Source> sources;
    private boolean everValid;

    Room(Sensing sensing) {
        this.sensing = sensing;
        this.remote = new Source(true, sensing.staleAfter().toMillis());
        this.local = new Source(false, sensing.staleAfter().toMillis());
        this.sources = List.of(remote, local);
    }

    void forget() {
        remote.forget();
        local.forget();
        everValid = false;
    }

    /** @return whether that was a measurement */
    boolean sees(long now, Event event) {
        if (event instanceof Event.Read read && read.celsius().isPresent()) {
            hear(local, read.celsius().getAsDouble(), now);
            return true;
        }
        return event instanceof Event.Heard heard && heard.topic().equals(REMOTE_TOPIC) && hears(now, heard);
    }

    /** Out of the broker's store it counts only if it says how old it is. */
    private boolean hears(long now, Event.Heard heard) {
        double celsius = Words.number(heard.payload());
        boolean aged = heard.leftS() >= 0 && heard.lifetimeS() >= heard.leftS();
        if (Double.isNaN(celsius) || celsius < -273 || (heard.retained() && !aged)) {
            return false;
        }
        hear(remote, celsius, aged ? now - (heard.lifetimeS() - heard.leftS()) * 1000 : now);
        return true;
    }

    private void hear(Source source, double celsius, long at) {
        boolean plausible = celsius >= sensing.plausibleMinC() && celsius <= sensing.plausibleMaxC();
        source.hear(celsius, plausible, at);
        everValid |= plausible;
    }

    /** The sensor of the other node. */
    Source remote() {
        return remote;
    }

    /** Its own. */
    Source local() {
        return local;
    }

    /** Whether a valid reading has arrived since the boot. */
    boolean everValid() {
        return everValid;
    }

    boolean isBlind(long now) {
        return !remote.isFresh(now) && !local.isFresh(now);
    }

    /** The one that counts. Ask only when not blind. */
    Source first(long now) {
        return remote.isFresh(now) ? remote : local;
    }

    /** When the last valid reading there is will be too old. */
    long validUntil() {
        long until = Watch.LONG_AGO;
        for (Source source : sources) {
            until = source.isPlausible() ? Math.max(until, source.staleAt()) : until;
        }
        return until;
    }

    /** Until then, hearing nothing, the same sensors count as now. */
    long sameUntil(long now) {
        long until = Watch.NEVER;
        for (Source source : sources) {
            until = source.isFresh(now) ? Math.min(until, source.staleAt()) : until;
        }
        return until;
    }

    /** No sensor that counts stands alone with its word. */
    boolean isAgreed(long now) {
        return (!remote.isFresh(now) || remote.isAgreed()) && (!local.isFresh(now) || local.isAgreed());
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

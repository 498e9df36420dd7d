package hearth.simulator.plant;

import hearth.simulator.plant.Commute.Place;
import hearth.simulator.plant.Commute.Whereabouts;
import java.time.Duration;

/**
 * The car as somebody has it who may send it on its way before its time: it keeps to its commute, only that its day may
 * be further on than the house's. It never jumps. Asked by several threads, sent by one.
 */
public final class Car {

    private final Commute commute;
    private volatile Duration ahead = Duration.ZERO;

    public Car(Commute commute) {
        this.commute = commute;
    }

    /** @param since counted from the begin of the simulation, as in {@link Commute#at} */
    public Whereabouts at(Duration since) {
        return commute.at(since.plus(ahead));
    }

    /**
     * Lets it leave home for work, or work for home, now.
     *
     * @return false if it is not there to leave: on the road, or at the other end of it
     */
    public boolean leave(Place from, Duration now) {
        if (at(now).place() != from) {
            return false;
        }
        ahead = ahead.plus(commute.untilItLeaves(now.plus(ahead)));
        return true;
    }
}

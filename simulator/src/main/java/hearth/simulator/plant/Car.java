package hearth.simulator.plant;

import hearth.simulator.plant.Commute.CarLocation;
import hearth.simulator.plant.Commute.CarPlace;
import java.time.Duration;

/**
 * The car as somebody has it who may send it on its way before its time: it keeps to its commute, only that its day may
 * be further on than the house's. It never jumps. Asked by several threads, sent by one.
 */
public final class Car {

    private final Commute commute;
    private volatile Duration timeShift = Duration.ZERO;

    public Car(Commute commute) {
        this.commute = commute;
    }

    /** @param since counted from the begin of the simulation, as in {@link Commute#at} */
    public CarLocation at(Duration since) {
        return commute.at(since.plus(timeShift));
    }

    /**
     * Lets it leave home for work, or work for home, now.
     *
     * @return false if it is not there to leave: on the road, or at the other end of it
     */
    public boolean depart(CarPlace from, Duration now) {
        if (at(now).place() != from) {
            return false;
        }
        timeShift = timeShift.plus(commute.timeUntilDeparture(now.plus(timeShift)));
        return true;
    }
}

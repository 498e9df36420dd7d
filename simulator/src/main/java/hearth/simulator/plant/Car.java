package hearth.simulator.plant;

import hearth.simulator.plant.Commute.CarLocation;
import hearth.simulator.plant.Commute.CarPlace;
import java.time.Duration;

/**
 * The simulated car: follows its commute, and can depart early, which shifts the rest of its day. Its position never
 * jumps. Several threads may read it; one thread may call {@link #depart}.
 */
public final class Car {

    private final Commute commute;
    private volatile Duration timeShift = Duration.ZERO;

    public Car(Commute commute) {
        this.commute = commute;
    }

    /** @param since the time since the start of the simulation, as in {@link Commute#at} */
    public CarLocation at(Duration since) {
        return commute.at(since.plus(timeShift));
    }

    /**
     * Departs now, from home to work or from work to home.
     *
     * @return false if the car is not at that place
     */
    public boolean depart(CarPlace from, Duration now) {
        if (at(now).place() != from) {
            return false;
        }
        timeShift = timeShift.plus(commute.timeUntilDeparture(now.plus(timeShift)));
        return true;
    }
}

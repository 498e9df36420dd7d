package hearth.simulator;

import hearth.simulator.Wish.Errand;
import hearth.simulator.plant.Commute.Place;
import hearth.simulator.terminal.Ink;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Grants wishes in the simulated house, and tells the terminal what somebody did there. */
final class Wishes {

    private static final Duration BROKER_RESTS = Duration.ofSeconds(20);

    private final House house;
    private final Watch watch;
    private final Optional<Children.Child> broker;

    /** @param broker if it is ours to stop */
    Wishes(House house, Watch watch, Optional<Children.Child> broker) {
        this.house = house;
        this.watch = watch;
        this.broker = broker;
    }

    boolean mayStopTheBroker() {
        return broker.isPresent();
    }

    /** Why it cannot be granted now, in words for whoever wished it; empty if it can. */
    String objectionTo(Wish wish) {
        if (wish instanceof Wish.Send send) {
            Place place = house.car().at(house.age()).place();
            boolean home = place == Place.AT_HOME;
            boolean work = place == Place.AT_WORK;
            if (!home && !work) {
                return "the car is on the road";
            }
            return send.errand() == Errand.OUT ? (home ? "" : "the car is out") : (work ? "" : "the car is at home");
        }
        return wish instanceof Wish.Stop && broker.isEmpty() ? "the broker is not the demo's to stop" : "";
    }

    /** Grants what there is no objection to. */
    void grant(Wish wish, Narrator narrator) throws IOException {
        if (wish instanceof Wish.Rewire rewire) {
            house.wire(rewire.wire());
            narrator.says(
                    Ink.PLAIN,
                    switch (rewire.wire()) {
                        case WELL -> "somebody mends the sensor's wire";
                        case UNPLUGGED -> "somebody unplugs the sensor";
                        case SHORTED -> "somebody shorts the sensor's wire";
                    });
        } else if (wish instanceof Wish.Send send) {
            boolean out = send.errand() == Errand.OUT;
            house.car().leave(out ? Place.AT_HOME : Place.AT_WORK, house.age());
            narrator.says(Ink.PLAIN, out ? "somebody takes the car" : "somebody calls the car home");
        } else {
            narrator.says(Ink.PLAIN, "somebody stops the broker for " + BROKER_RESTS.toSeconds() + " s");
            broker.ifPresent(child -> watch.rest(child, BROKER_RESTS));
        }
    }
}

package hearth.simulator;

import hearth.simulator.DemoCommand.CarDestination;
import hearth.simulator.plant.Commute.CarPlace;
import hearth.simulator.terminal.TextStyle;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Grants wishes in the simulated house, and tells the terminal what somebody did there. */
final class DemoCommandExecutor {

    private static final Duration BROKER_PAUSE = Duration.ofSeconds(20);

    private final House house;
    private final ProcessSupervisor supervisor;
    private final Optional<ChildProcesses.ChildProcess> broker;

    /** @param broker if it is ours to stop */
    DemoCommandExecutor(House house, ProcessSupervisor watch, Optional<ChildProcesses.ChildProcess> broker) {
        this.house = house;
        this.supervisor = watch;
        this.broker = broker;
    }

    boolean canStopBroker() {
        return broker.isPresent();
    }

    /** Why it cannot be granted now, in words for whoever wished it; empty if it can. */
    String rejectionOf(DemoCommand wish) {
        if (wish instanceof DemoCommand.SendCar send) {
            CarPlace place = house.car().at(house.elapsed()).place();
            boolean home = place == CarPlace.AT_HOME;
            boolean work = place == CarPlace.AT_WORK;
            if (!home && !work) {
                return "the car is on the road";
            }
            return send.destination() == CarDestination.OUT
                    ? (home ? "" : "the car is out")
                    : (work ? "" : "the car is at home");
        }
        return wish instanceof DemoCommand.StopBroker && broker.isEmpty() ? "the broker is not the demo's to stop" : "";
    }

    /** Grants what there is no objection to. */
    void execute(DemoCommand wish, StoryPrinter narrator) throws IOException {
        if (wish instanceof DemoCommand.SetSensorWiring rewire) {
            house.sensorWiring(rewire.wiring());
            narrator.print(
                    TextStyle.PLAIN,
                    switch (rewire.wiring()) {
                        case WELL -> "somebody mends the sensor's wire";
                        case UNPLUGGED -> "somebody unplugs the sensor";
                        case SHORTED -> "somebody shorts the sensor's wire";
                    });
        } else if (wish instanceof DemoCommand.SendCar send) {
            boolean out = send.destination() == CarDestination.OUT;
            house.car().depart(out ? CarPlace.AT_HOME : CarPlace.AT_WORK, house.elapsed());
            narrator.print(TextStyle.PLAIN, out ? "somebody takes the car" : "somebody calls the car home");
        } else {
            narrator.print(TextStyle.PLAIN, "somebody stops the broker for " + BROKER_PAUSE.toSeconds() + " s");
            broker.ifPresent(child -> supervisor.stopFor(child, BROKER_PAUSE));
        }
    }
}

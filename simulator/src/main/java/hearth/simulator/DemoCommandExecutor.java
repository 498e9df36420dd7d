package hearth.simulator;

import hearth.simulator.DemoCommand.CarDestination;
import hearth.simulator.plant.Commute.CarPlace;
import hearth.simulator.terminal.TextStyle;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Executes the demo commands in the simulated house, and prints each of them. */
final class DemoCommandExecutor {

    private static final Duration BROKER_PAUSE = Duration.ofSeconds(20);

    private final House house;
    private final ProcessSupervisor supervisor;
    private final Optional<ChildProcesses.ChildProcess> broker;

    /** @param broker empty if the demo did not start it and cannot stop it */
    DemoCommandExecutor(House house, ProcessSupervisor supervisor, Optional<ChildProcesses.ChildProcess> broker) {
        this.house = house;
        this.supervisor = supervisor;
        this.broker = broker;
    }

    boolean canStopBroker() {
        return broker.isPresent();
    }

    /** The reason why the command cannot be executed now, for the result; empty if it can be executed. */
    String rejectionOf(DemoCommand command) {
        if (command instanceof DemoCommand.SendCar send) {
            CarPlace place = house.car().at(house.elapsed()).place();
            boolean home = place == CarPlace.AT_HOME;
            boolean work = place == CarPlace.AT_WORK;
            if (!home && !work) {
                return "the car is on the road";
            }
            return send.destination() == CarDestination.OUT
                    ? (home ? "" : "the car is already out")
                    : (work ? "" : "the car is already at home");
        }
        return command instanceof DemoCommand.StopBroker && broker.isEmpty()
                ? "the demo did not start this broker and cannot stop it"
                : "";
    }

    /** Executes a command that {@link #rejectionOf} does not reject. */
    void execute(DemoCommand command, StoryPrinter printer) throws IOException {
        if (command instanceof DemoCommand.SetSensorWiring rewire) {
            house.sensorWiring(rewire.wiring());
            printer.print(
                    TextStyle.PLAIN,
                    switch (rewire.wiring()) {
                        case WELL -> "command: repair the sensor's wire";
                        case UNPLUGGED -> "command: unplug the sensor";
                        case SHORTED -> "command: short-circuit the sensor's wire";
                    });
        } else if (command instanceof DemoCommand.SendCar send) {
            boolean out = send.destination() == CarDestination.OUT;
            house.car().depart(out ? CarPlace.AT_HOME : CarPlace.AT_WORK, house.elapsed());
            printer.print(TextStyle.PLAIN, out ? "command: send the car out" : "command: call the car home");
        } else {
            printer.print(TextStyle.PLAIN, "command: stop the broker for " + BROKER_PAUSE.toSeconds() + " s");
            broker.ifPresent(child -> supervisor.stopFor(child, BROKER_PAUSE));
        }
    }
}

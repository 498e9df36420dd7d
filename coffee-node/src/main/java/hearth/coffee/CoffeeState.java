package hearth.coffee;

import hearth.coffee.CoffeeInput.BrewingHours;
import hearth.coffee.CoffeeInput.InputsRead;
import hearth.common.core.CommandLog;
import hearth.common.core.Effect.Announce;
import hearth.common.core.StorageStatus;
import java.util.List;

/**
 * All a coffee machine knows.
 *
 * @param expectedArrival the car on its way; {@link Arrival#NONE} if there is none
 * @param history   what must never be forgotten
 * @param announcements  brews the house has not been told of yet
 * @param bootId for ids of our own
 */
record CoffeeState(
        Arrival expectedArrival,
        MachineState machine,
        BrewHistory history,
        InputsRead inputs,
        BrewingHours brewingHours,
        List<Announce<Brewed>> announcements,
        CommandLog commandLog,
        StorageStatus storage,
        String bootId) {

    CoffeeState {
        announcements = List.copyOf(announcements);
    }

    Brew brew() {
        return machine.brew();
    }

    CoffeeState with(Arrival awaited) {
        return new CoffeeState(
                awaited, machine, history, inputs, brewingHours, announcements, commandLog, storage, bootId);
    }

    CoffeeState with(MachineState machine) {
        return new CoffeeState(
                expectedArrival, machine, history, inputs, brewingHours, announcements, commandLog, storage, bootId);
    }

    CoffeeState with(Brew brew) {
        return with(machine.with(brew));
    }

    CoffeeState with(BrewHistory history) {
        return new CoffeeState(
                expectedArrival, machine, history, inputs, brewingHours, announcements, commandLog, storage, bootId);
    }

    CoffeeState with(InputsRead inputs) {
        return new CoffeeState(
                expectedArrival, machine, history, inputs, brewingHours, announcements, commandLog, storage, bootId);
    }

    CoffeeState with(BrewingHours hour) {
        return new CoffeeState(
                expectedArrival, machine, history, inputs, hour, announcements, commandLog, storage, bootId);
    }

    CoffeeState with(List<Announce<Brewed>> ready) {
        return new CoffeeState(
                expectedArrival, machine, history, inputs, brewingHours, ready, commandLog, storage, bootId);
    }

    CoffeeState with(CommandLog commandLog) {
        return new CoffeeState(
                expectedArrival, machine, history, inputs, brewingHours, announcements, commandLog, storage, bootId);
    }

    CoffeeState with(StorageStatus storage) {
        return new CoffeeState(
                expectedArrival, machine, history, inputs, brewingHours, announcements, commandLog, storage, bootId);
    }
}

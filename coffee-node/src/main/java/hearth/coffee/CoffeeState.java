package hearth.coffee;

import hearth.coffee.CoffeeInput.Hour;
import hearth.coffee.CoffeeInput.Looked;
import hearth.common.core.Docket;
import hearth.common.core.Effect.Announce;
import hearth.common.core.Memory;
import java.util.List;

/**
 * All a coffee machine knows.
 *
 * @param awaited the car on its way; {@link Arrival#NONE} if there is none
 * @param past   what must never be forgotten
 * @param ready  brews the house has not been told of yet
 * @param bootId for ids of our own
 */
record CoffeeState(
        Arrival awaited,
        Machine machine,
        Past past,
        Looked looked,
        Hour hour,
        List<Announce<Brewed>> ready,
        Docket docket,
        Memory memory,
        String bootId) {

    CoffeeState {
        ready = List.copyOf(ready);
    }

    Brew brew() {
        return machine.brew();
    }

    CoffeeState with(Arrival awaited) {
        return new CoffeeState(awaited, machine, past, looked, hour, ready, docket, memory, bootId);
    }

    CoffeeState with(Machine machine) {
        return new CoffeeState(awaited, machine, past, looked, hour, ready, docket, memory, bootId);
    }

    CoffeeState with(Brew brew) {
        return with(machine.with(brew));
    }

    CoffeeState with(Past past) {
        return new CoffeeState(awaited, machine, past, looked, hour, ready, docket, memory, bootId);
    }

    CoffeeState with(Looked looked) {
        return new CoffeeState(awaited, machine, past, looked, hour, ready, docket, memory, bootId);
    }

    CoffeeState with(Hour hour) {
        return new CoffeeState(awaited, machine, past, looked, hour, ready, docket, memory, bootId);
    }

    CoffeeState with(List<Announce<Brewed>> ready) {
        return new CoffeeState(awaited, machine, past, looked, hour, ready, docket, memory, bootId);
    }

    CoffeeState with(Docket docket) {
        return new CoffeeState(awaited, machine, past, looked, hour, ready, docket, memory, bootId);
    }

    CoffeeState with(Memory memory) {
        return new CoffeeState(awaited, machine, past, looked, hour, ready, docket, memory, bootId);
    }
}

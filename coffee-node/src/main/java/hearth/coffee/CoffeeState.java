package hearth.coffee;

import hearth.coffee.CoffeeInput.BrewingHours;
import hearth.coffee.CoffeeInput.InputsRead;
import hearth.common.core.CommonState;
import hearth.common.core.Effect.Announce;
import hearth.common.core.NodeState;
import java.util.List;
import java.util.stream.Stream;

/**
 * The state of a coffee machine, and the part that every node has.
 *
 * @param expectedArrival the car on its way; {@link Arrival#NONE} if there is none
 * @param history         the saved state
 * @param announcements   brews that are ready and not yet acknowledged by the broker, oldest first
 */
record CoffeeState(
        Arrival expectedArrival,
        MachineState machine,
        BrewHistory history,
        InputsRead inputs,
        BrewingHours brewingHours,
        List<Announce<Brewed>> announcements,
        CommonState common)
        implements NodeState<CoffeeState> {

    CoffeeState {
        announcements = List.copyOf(announcements);
    }

    Brew brew() {
        return machine.brew();
    }

    CoffeeState with(Arrival arrival) {
        return new CoffeeState(arrival, machine, history, inputs, brewingHours, announcements, common);
    }

    CoffeeState with(MachineState other) {
        return new CoffeeState(expectedArrival, other, history, inputs, brewingHours, announcements, common);
    }

    CoffeeState with(Brew brew) {
        return with(machine.with(brew));
    }

    CoffeeState with(BrewHistory other) {
        return new CoffeeState(expectedArrival, machine, other, inputs, brewingHours, announcements, common);
    }

    CoffeeState with(InputsRead read) {
        return new CoffeeState(expectedArrival, machine, history, read, brewingHours, announcements, common);
    }

    CoffeeState with(BrewingHours hours) {
        return new CoffeeState(expectedArrival, machine, history, inputs, hours, announcements, common);
    }

    @Override
    public CoffeeState with(CommonState other) {
        return new CoffeeState(expectedArrival, machine, history, inputs, brewingHours, announcements, other);
    }

    CoffeeState withAnnouncement(Announce<Brewed> ready) {
        return withAnnouncements(Stream.concat(announcements.stream(), Stream.of(ready)));
    }

    CoffeeState withoutAnnouncement(String id) {
        return withAnnouncements(
                announcements.stream().filter(ready -> !ready.id().equals(id)));
    }

    private CoffeeState withAnnouncements(Stream<Announce<Brewed>> others) {
        return new CoffeeState(expectedArrival, machine, history, inputs, brewingHours, others.toList(), common);
    }

    /** No brew for the trip that is expected, whatever else the car publishes about it. */
    CoffeeState withTripDeclined() {
        String key = Cause.APPROACH.key(expectedArrival.trip());
        return expectedArrival.exists() ? with(Arrival.NONE).with(history.withDeclined(key)) : this;
    }
}

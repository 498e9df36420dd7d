package hearth.coffee;

import hearth.common.mqtt.Bus;
import hearth.common.mqtt.Outgoing;
import hearth.testkit.bus.ForwardingBus;
import hearth.testkit.disk.PowerCutSchedule;
import java.util.Set;
import java.util.function.Consumer;

/** A bus on which publishing a message is one step, and the report of its delivery another. */
final class SteppedBus extends ForwardingBus {

    /** A power cut at one of these tests nothing about brews. */
    private static final Set<String> UNRELATED = Set.of("health", "config");

    private final PowerCutSchedule steps;

    SteppedBus(Bus bus, PowerCutSchedule steps) {
        super(bus);
        this.steps = steps;
    }

    @Override
    public void publish(Outgoing message, Consumer<Boolean> settled) {
        String name = message.topic().substring(message.topic().lastIndexOf('/') + 1);
        if (UNRELATED.contains(name)) {
            super.publish(message, settled);
            return;
        }
        steps.before("publish " + name);
        super.publish(message, delivered -> {
            steps.before("settled " + name);
            settled.accept(delivered);
            steps.after("settled " + name);
        });
        steps.after("publish " + name);
    }
}

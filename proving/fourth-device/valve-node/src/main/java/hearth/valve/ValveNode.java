package hearth.valve;

import hearth.common.hal.Switch;
import hearth.common.hal.Wiring;
import hearth.common.homeassistant.Entity;
import hearth.common.message.CommonTopics;
import hearth.common.message.Topic;
import hearth.common.mqtt.NodeBus;
import hearth.common.runtime.Launcher;
import hearth.common.runtime.Node;
import hearth.common.runtime.NodeContext;
import hearth.common.runtime.NodeType;
import hearth.common.settings.Settings;
import hearth.valve.ValveInput.ClockRead;
import hearth.valve.ValveInput.CloseRequested;
import hearth.valve.ValveInput.MoistureRead;
import hearth.valve.ValveInput.OpenRequested;
import hearth.valve.ValveInput.Reported;
import hearth.valve.ValveInput.ResetRequested;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The program of the valve node: opens a garden valve on command and at a time of day, but not while the soil is wet. */
public final class ValveNode implements NodeType<ValveSettings> {

    private static final Duration POLL_PERIOD = Duration.ofSeconds(10);

    public static void main(String[] args) {
        Launcher.main(new ValveNode(), args);
    }

    @Override
    public String program() {
        return "valve-node";
    }

    @Override
    public String purpose() {
        return "waters a garden bed while its soil is dry";
    }

    @Override
    public List<Topic<?>> topics() {
        return List.of(ValveTopics.POSITION, ValveTopics.SOIL, ValveTopics.OPEN, ValveTopics.CLOSE);
    }

    @Override
    public ValveSettings readSettings(Settings settings) {
        return ValveSettings.read(settings);
    }

    @Override
    public Wiring wiring(ValveSettings settings) {
        return new Wiring(
                Map.of(Valve.OUTPUT, settings.valve()),
                settings.moisture().map(pin -> Map.of("moisture", pin)).orElse(Map.of()),
                Optional.empty());
    }

    @Override
    public List<Entity> entities(ValveSettings settings) {
        return ValveTopics.ENTITIES;
    }

    @Override
    public Node<?, ?> assemble(ValveSettings settings, NodeContext context) {
        var node = new Node<>(
                new Valve(settings),
                Reported::new,
                Map.of(Valve.OUTPUT, context.hal().relay(settings.valve())),
                context);
        NodeBus bus = context.bus();
        bus.onCommand(ValveTopics.OPEN, command -> node.commandReceived(new OpenRequested(command)));
        bus.onCommand(ValveTopics.CLOSE, command -> node.commandReceived(new CloseRequested(command)));
        bus.onCommand(CommonTopics.RESET, command -> node.commandReceived(new ResetRequested(command)));
        settings.moisture().ifPresent(pin -> {
            Switch contact = context.hal().input(pin);
            context.timers()
                    .every(
                            "moisture",
                            POLL_PERIOD,
                            () -> node.stateReceived("moisture", new MoistureRead(wet(contact))));
        });
        if (settings.opensAt().isPresent()) {
            context.timers().every("clock", POLL_PERIOD, () -> context.wallClock()
                    .hour()
                    .ifPresent(time -> node.stateReceived("clock", new ClockRead(time))));
        }
        return node;
    }

    /** If the contact cannot be read, the soil counts as wet: no water rather than a flood. */
    private static boolean wet(Switch contact) {
        try {
            return contact.closed();
        } catch (IOException e) {
            return true;
        }
    }
}

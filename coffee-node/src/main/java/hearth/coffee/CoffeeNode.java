package hearth.coffee;

import hearth.coffee.CoffeeInput.Approaching;
import hearth.coffee.CoffeeInput.BrewRequested;
import hearth.coffee.CoffeeInput.BrewingHours;
import hearth.coffee.CoffeeInput.BrewingHoursChanged;
import hearth.coffee.CoffeeInput.CancelRequested;
import hearth.coffee.CoffeeInput.InputsRead;
import hearth.coffee.CoffeeInput.Reported;
import hearth.coffee.CoffeeInput.ResetRequested;
import hearth.common.hal.Hal;
import hearth.common.hal.Relay;
import hearth.common.hal.Switch;
import hearth.common.hal.Wiring;
import hearth.common.homeassistant.Entity;
import hearth.common.message.Approach;
import hearth.common.message.CommonTopics;
import hearth.common.message.Topic;
import hearth.common.mqtt.NodeBus;
import hearth.common.runtime.Launcher;
import hearth.common.runtime.Node;
import hearth.common.runtime.NodeContext;
import hearth.common.runtime.NodeType;
import hearth.common.runtime.WallClock;
import hearth.common.settings.Settings;
import hearth.common.value.Pin;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.tinylog.Logger;

/** The coffee machine as a program. */
public final class CoffeeNode implements NodeType<CoffeeSettings> {

    private static final Duration POLL_PERIOD = Duration.ofSeconds(1);
    private static final Duration CLOCK_POLL_PERIOD = Duration.ofSeconds(30);

    public static void main(String[] args) {
        Launcher.main(new CoffeeNode(), args);
    }

    @Override
    public String program() {
        return "coffee-node";
    }

    @Override
    public String purpose() {
        return "has a fresh cup ready when the car comes home";
    }

    @Override
    public List<Topic<?>> topics() {
        return List.of(CoffeeTopics.PHASE, Brewed.TOPIC, CoffeeTopics.BREW, CoffeeTopics.CANCEL);
    }

    @Override
    public CoffeeSettings readSettings(Settings settings) {
        return CoffeeSettings.read(settings);
    }

    @Override
    public Wiring wiring(CoffeeSettings settings) {
        Map<String, Pin> inputs = new HashMap<>();
        settings.cup().ifPresent(pin -> inputs.put("cup", pin));
        settings.water().ifPresent(pin -> inputs.put("water", pin));
        return new Wiring(Map.of(Brewer.MACHINE, settings.machine()), inputs, Optional.empty());
    }

    @Override
    public List<Entity> entities(CoffeeSettings settings) {
        return CoffeeTopics.ENTITIES;
    }

    @Override
    public Node<?, ?> assemble(CoffeeSettings settings, NodeContext context) {
        Relay machine = context.hal().relay(settings.machine());
        var node = new Node<>(new Brewer(settings), Reported::new, Map.of(Brewer.MACHINE, machine), context);
        if (settings.hasInputs()) {
            Switch cup = input(context.hal(), settings.cup());
            Switch water = input(context.hal(), settings.water());
            context.timers()
                    .every("inputs", POLL_PERIOD, onChange(() -> new InputsRead(closed(cup), closed(water)), node));
        }
        if (settings.quietHours().areSet()) {
            Supplier<BrewingHoursChanged> look =
                    () -> new BrewingHoursChanged(brewingHours(settings.quietHours(), context.wallClock()));
            context.timers().every("hours", CLOCK_POLL_PERIOD, onChange(look, node));
        }
        subscribe(settings, context.bus(), node);
        return node;
    }

    private static void subscribe(CoffeeSettings settings, NodeBus bus, Node<?, CoffeeInput> node) {
        if (!settings.car().isEmpty()) {
            bus.onState(
                    settings.car(),
                    Approach.TOPIC,
                    heard -> node.stateReceived("approach", new Approaching(heard.message(), heard.age())));
        }
        bus.onCommand(CoffeeTopics.BREW, command -> node.commandReceived(new BrewRequested(command)));
        bus.onCommand(CoffeeTopics.CANCEL, command -> node.commandReceived(new CancelRequested(command)));
        bus.onCommand(CommonTopics.RESET, command -> node.commandReceived(new ResetRequested(command)));
    }

    /** Tells the node what is seen when it is no longer what was seen before: mostly it is, and the node sleeps on. */
    private static <T extends CoffeeInput> Runnable onChange(Supplier<T> look, Node<?, CoffeeInput> node) {
        var before = new AtomicReference<T>();
        return () -> {
            T seen = look.get();
            if (!seen.equals(before.getAndSet(seen))) {
                node.stateReceived(seen.getClass(), seen);
            }
        };
    }

    private static BrewingHours brewingHours(QuietHours quiet, WallClock wallClock) {
        return wallClock
                .hour()
                .map(time -> quiet.contains(time) ? BrewingHours.QUIET : BrewingHours.ALLOWED)
                .orElse(BrewingHours.UNKNOWN);
    }

    /** What is not wired is always as it should be. */
    private static Switch input(Hal hal, Optional<Pin> pin) {
        return pin.map(hal::input).orElse(() -> true);
    }

    /** An input that cannot be read is not as it should be. */
    private static boolean closed(Switch input) {
        try {
            return input.closed();
        } catch (IOException e) {
            Logger.debug(e, "an input cannot be read: it counts as open");
            return false;
        }
    }
}

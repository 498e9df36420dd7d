package hearth.coffee;

import hearth.coffee.CoffeeInput.Approaching;
import hearth.coffee.CoffeeInput.BrewAsked;
import hearth.coffee.CoffeeInput.CancelAsked;
import hearth.coffee.CoffeeInput.Hour;
import hearth.coffee.CoffeeInput.HourTold;
import hearth.coffee.CoffeeInput.Looked;
import hearth.coffee.CoffeeInput.ResetAsked;
import hearth.coffee.CoffeeInput.Told;
import hearth.common.discovery.Entity;
import hearth.common.hal.Hal;
import hearth.common.hal.Relay;
import hearth.common.hal.Switch;
import hearth.common.hal.Wiring;
import hearth.common.message.Approach;
import hearth.common.message.Common;
import hearth.common.message.Topic;
import hearth.common.mqtt.Conversation;
import hearth.common.runtime.Device;
import hearth.common.runtime.Launcher;
import hearth.common.runtime.Node;
import hearth.common.runtime.Site;
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
public final class CoffeeNode implements Device<CoffeeSettings> {

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration LOOK_AT_THE_CLOCK = Duration.ofSeconds(30);

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
    public CoffeeSettings read(Settings settings) {
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
    public Node<?, ?> assemble(CoffeeSettings settings, Site site) {
        Relay machine = site.hal().relay(settings.machine());
        var node = new Node<>(new Brewer(settings), Told::new, Map.of(Brewer.MACHINE, machine), site);
        if (settings.looks()) {
            Switch cup = input(site.hal(), settings.cup());
            Switch water = input(site.hal(), settings.water());
            site.timers().every("inputs", LOOK, onChange(() -> new Looked(closed(cup), closed(water)), node));
        }
        if (settings.quietHours().exist()) {
            Supplier<HourTold> look = () -> new HourTold(hour(settings.quietHours(), site.wall()));
            site.timers().every("hours", LOOK_AT_THE_CLOCK, onChange(look, node));
        }
        listen(settings, site.conversation(), node);
        return node;
    }

    private static void listen(CoffeeSettings settings, Conversation house, Node<?, CoffeeInput> node) {
        if (!settings.car().isEmpty()) {
            house.follow(
                    settings.car(),
                    Approach.TOPIC,
                    heard -> node.sensed("approach", new Approaching(heard.message(), heard.age())));
        }
        house.obey(CoffeeTopics.BREW, command -> node.ordered(new BrewAsked(command)));
        house.obey(CoffeeTopics.CANCEL, command -> node.ordered(new CancelAsked(command)));
        house.obey(Common.RESET, command -> node.ordered(new ResetAsked(command)));
    }

    /** Tells the node what is seen when it is no longer what was seen before: mostly it is, and the node sleeps on. */
    private static <T extends CoffeeInput> Runnable onChange(Supplier<T> look, Node<?, CoffeeInput> node) {
        var before = new AtomicReference<T>();
        return () -> {
            T seen = look.get();
            if (!seen.equals(before.getAndSet(seen))) {
                node.sensed(seen.getClass(), seen);
            }
        };
    }

    private static Hour hour(QuietHours quiet, WallClock wall) {
        return wall.hour()
                .map(time -> quiet.contain(time) ? Hour.QUIET : Hour.LOUD)
                .orElse(Hour.UNKNOWN);
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

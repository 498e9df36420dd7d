package hearth.common.homeassistant;

import hearth.common.message.Malformed;
import hearth.common.message.PayloadCodec;
import hearth.common.mqtt.NodeBus;
import hearth.common.runtime.NodeContext;
import hearth.common.runtime.Timers;
import hearth.common.store.StateStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.tinylog.Logger;

/**
 * Shows a node to Home Assistant. What is shown is a state like any other: the broker has it in store, and hears it again
 * with each connection. When Home Assistant has started it is told everything once more, up to five seconds later, so that
 * a house full of nodes does not answer all at once.
 *
 * <p>All that was ever shown is kept on disk, in a file of its own: what is there no more is taken back by each start, so
 * it does not matter which of them the broker heard.
 */
public final class DiscoveryPublisher {

    private static final Duration LATEST = Duration.ofSeconds(5);

    /** The shipped broker takes packets of 5000 bytes; what is there no more takes a few of them. */
    private static final int LARGEST = 4700;

    private static final String ONLINE = "online";
    private static final String LAST = "form";
    private static final List<DiscoveryFormat> FORMATS = List.of(DiscoveryFormat.DEVICE, DiscoveryFormat.COMPONENT);

    private final DiscoveryFormat format;
    private final DiscoveryMessages messages;
    private final List<Entity> entities;
    private final NodeBus bus;
    private final Timers timers;
    private final StateStore store;
    private final Duration jitter;
    private final AtomicBoolean about = new AtomicBoolean();

    private DiscoveryPublisher(
            DiscoveryFormat format,
            DiscoveryMessages messages,
            List<Entity> entities,
            NodeContext context,
            StateStore store) {
        this.messages = messages;
        this.entities = Stream.concat(entities.stream(), CommonEntities.ENTITIES.stream())
                .toList();
        this.format = supportedFormat(format);
        this.bus = context.bus();
        this.timers = context.timers();
        this.store = store;
        // The same each time, and another for each name: what is seen once can be seen again.
        this.jitter = messages.timeScale()
                .toSimulated(
                        Duration.ofMillis(new Random(messages.node().hashCode()).nextInt((int) LATEST.toMillis() + 1)));
    }

    /**
     * Shows the node from now on, or takes back what was shown. Returns at once.
     *
     * @param entities those of this kind of node
     * @param store    for this alone
     */
    public static void start(
            DiscoveryFormat format,
            DiscoveryMessages messages,
            List<Entity> entities,
            NodeContext context,
            StateStore store) {
        DiscoveryPublisher discovery = new DiscoveryPublisher(format, messages, entities, context, store);
        context.timers().worker("discovery").execute(discovery::publish);
        if (format != DiscoveryFormat.OFF) {
            PayloadCodec.CheckedReader<String, String> reader = DiscoveryPublisher::birth;
            context.bus().onForeign(DiscoveryMessages.BIRTH, reader, heard -> discovery.onBirth());
        }
    }

    /** Prefix and name are in every topic: with both of them long a broker may not take the one message of a device. */
    private DiscoveryFormat supportedFormat(DiscoveryFormat wish) {
        boolean tooLarge = wish == DiscoveryFormat.DEVICE
                && messages.messages(wish, entities, List.of()).values().stream()
                        .anyMatch(message -> message.getBytes(StandardCharsets.UTF_8).length > LARGEST);
        if (tooLarge) {
            Logger.info("shown to Home Assistant one by one: as a device it would be more than {} bytes", LARGEST);
        }
        return tooLarge ? DiscoveryFormat.COMPONENT : wish;
    }

    private static String birth(String word) throws Malformed {
        if (!word.equals(ONLINE)) { // Its last will is of no use to us.
            throw new Malformed("expected " + ONLINE);
        }
        return word;
    }

    private void onBirth() {
        if (about.compareAndSet(false, true)) {
            timers.after(jitter, () -> {
                about.set(false);
                bus.republishAll();
            });
        }
    }

    private void publish() {
        Map<String, String> before = store.read().entries();
        Map<String, String> after = new HashMap<>(before);
        Set<String> now = new LinkedHashSet<>(
                format == DiscoveryFormat.OFF
                        ? List.of()
                        : entities.stream().map(Entity::id).toList());
        after.put(LAST, word(format));
        if (format != DiscoveryFormat.OFF) {
            Set<String> ever = new LinkedHashSet<>(ids(before, format));
            ever.addAll(now);
            after.put(word(format), String.join(" ", ever));
        }
        save(before, after); // First: what the broker may have heard must not be forgotten.
        if (format != DiscoveryFormat.OFF) {
            migrate(before);
            List<String> gone = new ArrayList<>(ids(before, format));
            gone.removeAll(now);
            messages.messages(format, entities, gone).forEach(bus::publishRetained);
        }
        FORMATS.stream()
                .filter(other -> other != format)
                .flatMap(other -> messages.topics(other, ids(before, other)).stream())
                .forEach(topic -> bus.publishRetained(topic, ""));
    }

    /** Said before the new form, which is said before the old is taken back. */
    private void migrate(Map<String, String> before) {
        FORMATS.stream()
                .filter(other -> other != format && word(other).equals(before.get(LAST)))
                .flatMap(other -> messages.topics(other, ids(before, other)).stream())
                .forEach(topic -> bus.publishOnce(topic, DiscoveryMessages.MIGRATE));
    }

    private void save(Map<String, String> before, Map<String, String> after) {
        boolean nothingEver = format == DiscoveryFormat.OFF && before.isEmpty();
        if (nothingEver || after.equals(before)) {
            return;
        }
        try {
            store.write(after);
        } catch (IOException e) {
            Logger.warn("what is shown to Home Assistant cannot be kept in mind: {}", e.toString());
        }
    }

    private static List<String> ids(Map<String, String> notes, DiscoveryFormat format) {
        return Stream.of(notes.getOrDefault(word(format), "").split(" ", -1))
                .filter(id -> id.matches("[a-z_]+/[a-z0-9-]+"))
                .toList();
    }

    private static String word(DiscoveryFormat format) {
        return switch (format) {
            case DEVICE -> "device";
            case COMPONENT -> "component";
            case OFF -> "off";
        };
    }
}

package hearth.common.runtime;

import hearth.common.discovery.Entity;
import hearth.common.discovery.Form;
import hearth.common.discovery.HomeAssistant;
import hearth.common.message.Malformed;
import hearth.common.message.Shape;
import hearth.common.mqtt.Conversation;
import hearth.common.store.Store;
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
public final class Discovery {

    private static final Duration LATEST = Duration.ofSeconds(5);

    /** The shipped broker takes packets of 5000 bytes; what is there no more takes a few of them. */
    private static final int LARGEST = 4700;

    private static final String ONLINE = "online";
    private static final String LAST = "form";
    private static final List<Form> FORMS = List.of(Form.DEVICE, Form.COMPONENT);

    private final Form form;
    private final HomeAssistant house;
    private final List<Entity> entities;
    private final Conversation conversation;
    private final Timers timers;
    private final Store store;
    private final Duration jitter;
    private final AtomicBoolean about = new AtomicBoolean();

    private Discovery(Form form, HomeAssistant house, List<Entity> entities, Site site, Store store) {
        this.house = house;
        this.entities =
                Stream.concat(entities.stream(), EveryNode.ENTITIES.stream()).toList();
        this.form = fitting(form);
        this.conversation = site.conversation();
        this.timers = site.timers();
        this.store = store;
        // The same each time, and another for each name: what is seen once can be seen again.
        this.jitter = house.pace()
                .inTheHouse(
                        Duration.ofMillis(new Random(house.node().hashCode()).nextInt((int) LATEST.toMillis() + 1)));
    }

    /**
     * Shows the node from now on, or takes back what was shown. Returns at once.
     *
     * @param entities those of this kind of node
     * @param store    for this alone
     */
    public static void begin(Form form, HomeAssistant house, List<Entity> entities, Site site, Store store) {
        Discovery discovery = new Discovery(form, house, entities, site, store);
        site.timers().worker("discovery").execute(discovery::show);
        if (form != Form.OFF) {
            Shape.Check<String, String> reader = Discovery::birth;
            site.conversation().overhear(HomeAssistant.BIRTH, reader, heard -> discovery.born());
        }
    }

    /** Prefix and name are in every topic: with both of them long a broker may not take the one message of a device. */
    private Form fitting(Form wish) {
        boolean tooLarge = wish == Form.DEVICE
                && house.shown(wish, entities, List.of()).values().stream()
                        .anyMatch(message -> message.getBytes(StandardCharsets.UTF_8).length > LARGEST);
        if (tooLarge) {
            Logger.info("shown to Home Assistant one by one: as a device it would be more than {} bytes", LARGEST);
        }
        return tooLarge ? Form.COMPONENT : wish;
    }

    private static String birth(String word) throws Malformed {
        if (!word.equals(ONLINE)) { // Its last will is of no use to us.
            throw new Malformed("expected " + ONLINE);
        }
        return word;
    }

    private void born() {
        if (about.compareAndSet(false, true)) {
            timers.after(jitter, () -> {
                about.set(false);
                conversation.sayAgain();
            });
        }
    }

    private void show() {
        Map<String, String> before = store.read().notes();
        Map<String, String> after = new HashMap<>(before);
        Set<String> now = new LinkedHashSet<>(
                form == Form.OFF ? List.of() : entities.stream().map(Entity::id).toList());
        after.put(LAST, word(form));
        if (form != Form.OFF) {
            Set<String> ever = new LinkedHashSet<>(ids(before, form));
            ever.addAll(now);
            after.put(word(form), String.join(" ", ever));
        }
        keep(before, after); // First: what the broker may have heard must not be forgotten.
        if (form != Form.OFF) {
            migrate(before);
            List<String> gone = new ArrayList<>(ids(before, form));
            gone.removeAll(now);
            house.shown(form, entities, gone).forEach(conversation::show);
        }
        FORMS.stream()
                .filter(other -> other != form)
                .flatMap(other -> house.topics(other, ids(before, other)).stream())
                .forEach(topic -> conversation.show(topic, ""));
    }

    /** Said before the new form, which is said before the old is taken back. */
    private void migrate(Map<String, String> before) {
        FORMS.stream()
                .filter(other -> other != form && word(other).equals(before.get(LAST)))
                .flatMap(other -> house.topics(other, ids(before, other)).stream())
                .forEach(topic -> conversation.mention(topic, HomeAssistant.MIGRATE));
    }

    private void keep(Map<String, String> before, Map<String, String> after) {
        boolean nothingEver = form == Form.OFF && before.isEmpty();
        if (nothingEver || after.equals(before)) {
            return;
        }
        try {
            store.write(after);
        } catch (IOException e) {
            Logger.warn("what is shown to Home Assistant cannot be kept in mind: {}", e.toString());
        }
    }

    private static List<String> ids(Map<String, String> notes, Form form) {
        return Stream.of(notes.getOrDefault(word(form), "").split(" ", -1))
                .filter(id -> id.matches("[a-z_]+/[a-z0-9-]+"))
                .toList();
    }

    private static String word(Form form) {
        return switch (form) {
            case DEVICE -> "device";
            case COMPONENT -> "component";
            case OFF -> "off";
        };
    }
}

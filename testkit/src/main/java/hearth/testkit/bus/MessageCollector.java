package hearth.testkit.bus;

import hearth.common.mqtt.Incoming;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A listener that stores the messages it receives. */
public final class MessageCollector implements Consumer<Incoming> {

    private final List<Incoming> messages = new CopyOnWriteArrayList<>();

    @Override
    public void accept(Incoming message) {
        messages.add(message);
    }

    public List<Incoming> messages() {
        return messages;
    }

    public List<String> texts() {
        return messages.stream()
                .map(message -> new String(message.payload(), StandardCharsets.UTF_8))
                .toList();
    }
}

package hearth.common.mqtt;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A listener that keeps what it hears. */
final class Ear implements Consumer<Incoming> {

    private final List<Incoming> heard = new CopyOnWriteArrayList<>();

    @Override
    public void accept(Incoming message) {
        heard.add(message);
    }

    List<Incoming> heard() {
        return heard;
    }

    List<String> texts() {
        return heard.stream()
                .map(message -> new String(message.payload(), StandardCharsets.UTF_8))
                .toList();
    }
}

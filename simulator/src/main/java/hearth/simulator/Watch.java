package hearth.simulator;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Starts again what died, a second later, as systemd would; says so, with its last words. What died before all were up,
 * what says its settings are wrong, and what dies again and again at once, ends the demo.
 */
final class Watch {

    private static final int BAD_SETTINGS = 78;
    private static final int TRIES = 3;
    private static final int LAST_WORDS = 5;
    private static final Duration REST = Duration.ofSeconds(1);
    private static final Duration LIVED = Duration.ofSeconds(10);

    private final List<Children.Child> children = new ArrayList<>();
    private final Consumer<String> page;
    private final Map<String, Long> startAgainAt = new HashMap<>();
    private final Map<String, Integer> infantDeaths = new HashMap<>();
    private boolean allUp;

    Watch(Optional<Children.Child> broker, Consumer<String> page) {
        broker.ifPresent(children::add);
        this.page = page;
    }

    void over(Children.Child child) {
        children.add(child);
    }

    /** From now on the dead are started again. */
    void allUp() {
        allUp = true;
    }

    /** Ends one of them now, and starts it again so much later; nobody is told that it died. */
    void rest(Children.Child child, Duration time) {
        startAgainAt.put(child.name(), System.nanoTime() + time.toNanos());
        child.end();
    }

    /** @throws IOException if something cannot be kept alive */
    void look() throws IOException {
        for (Children.Child child : children) {
            if (child.alive()) {
                continue;
            }
            Long due = startAgainAt.get(child.name());
            if (due == null) {
                mourn(child);
                startAgainAt.put(child.name(), System.nanoTime() + REST.toNanos());
            } else if (System.nanoTime() - due >= 0) {
                startAgainAt.remove(child.name());
                child.startAgain();
                page.accept(child.name() + " is started again");
            }
        }
    }

    private void mourn(Children.Child child) throws IOException {
        page.accept(child.name() + " ended with status " + child.exitStatus());
        for (String line : child.lastWords(LAST_WORDS)) {
            page.accept("  " + child.name() + ": " + line);
        }
        if (!allUp || child.exitStatus() == BAD_SETTINGS) {
            throw new IOException(child.name() + " cannot run like this");
        }
        if (child.age().compareTo(LIVED) >= 0) {
            infantDeaths.remove(child.name());
        } else if (infantDeaths.merge(child.name(), 1, Integer::sum) >= TRIES) {
            throw new IOException(child.name() + " ended " + TRIES + " times in a row as soon as it was started");
        }
    }
}

package hearth.car;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hearth.common.value.Fix;
import hearth.common.value.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A receiver on a real terminal line of the kernel; a small program writes to its other end. */
@Tag("debian")
@Timeout(60)
class SerialPositionTest {

    private static final Fix HOME = new Fix(new Position(48 + 7.038 / 60, 11 + 31.0 / 60), 13.5);
    private static final String SENTENCE = "$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47\r\n";

    @TempDir
    private Path folder;

    private final List<Fix> fixes = new CopyOnWriteArrayList<>();
    private SerialReceiver receiver;
    private SerialPosition position;

    @AfterEach
    void closeReceiver() {
        position.close();
        receiver.close();
    }

    @Test
    void fixesArePassedOnAsTheyArrive() throws IOException {
        listenTo(plugIn());

        receiver.write("noise \u0001\u0002\n");
        receiver.write("$GPGSV,3,1,11,03,03,111,00*74\r\n");
        receiver.write(SENTENCE);
        await().atMost(30, SECONDS).until(() -> fixes.equals(List.of(HOME)));

        receiver.write("x".repeat(2_000) + "\n");
        receiver.write(SENTENCE);
        await().atMost(30, SECONDS).until(() -> fixes.equals(List.of(HOME, HOME)));
    }

    @Test
    void aReceiverThatIsPluggedInLaterIsUsed() throws Exception {
        Path device = folder.resolve("serial0"); // udev gives the same name to each device.
        listenTo(device);

        Files.createSymbolicLink(device, plugIn());
        receiver.write(SENTENCE);
        await().atMost(30, SECONDS).until(() -> !fixes.isEmpty());

        receiver.close();
        Files.delete(device);
        Files.createSymbolicLink(device, plugIn());
        fixes.clear();
        receiver.write(SENTENCE);
        await().atMost(30, SECONDS).until(() -> !fixes.isEmpty());
        assertThat(fixes).containsOnly(HOME);
    }

    private void listenTo(Path device) {
        position = new SerialPosition(device, 9600);
        position.start(fixes::add);
    }

    private Path plugIn() throws IOException {
        receiver = SerialReceiver.plugIn();
        return receiver.device();
    }
}

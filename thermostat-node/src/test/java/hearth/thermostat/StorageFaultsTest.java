package hearth.thermostat;

import static hearth.thermostat.ThermostatRig.COOL;
import static hearth.thermostat.ThermostatRig.HEAT;
import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.store.StateFile;
import hearth.common.store.StateStore;
import hearth.testkit.disk.SymbolicLinks;
import hearth.testkit.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Worn-out SD cards: the room stays warm, the fault is published, and nothing is written without need. */
class StorageFaultsTest {

    private static final Duration TRIED_AGAIN = Duration.ofSeconds(61);

    @TempDir
    Path folder;

    private interface StateFileDamage {
        void apply() throws IOException;
    }

    @AfterEach
    void noLinkIsLeft() throws IOException {
        SymbolicLinks.deleteBelow(folder);
    }

    @Test
    @Fault("I1")
    void withAFullDiskItControlsTheRoomAndSavesLater() throws IOException {
        Path next = state().resolve("airco.state.new");

        controlsTheRoomAndSavesLater(
                () -> {
                    Files.createDirectories(state());
                    Files.createSymbolicLink(next, Path.of("/dev/full"));
                },
                () -> Files.delete(next));
    }

    @Test
    @Fault("I1")
    void withAReadOnlyDiskItControlsTheRoomAndSavesLater() throws IOException {
        controlsTheRoomAndSavesLater(
                () -> Files.createSymbolicLink(
                        state(), Path.of("/proc/sys/vm")), // Not even root can create a file there.
                () -> {
                    Files.delete(state());
                    Files.createDirectory(state());
                });
    }

    @Test
    @Fault("I1")
    void withAFileInPlaceOfItsFolderItControlsTheRoomAndSavesLater() throws IOException {
        controlsTheRoomAndSavesLater(() -> Files.writeString(state(), ""), () -> Files.delete(state()));
    }

    @Test
    @Fault("I1")
    void aDeletedFolderIsCreatedAgain() {
        ThermostatRig airco = new ThermostatRig(folder).heating();
        airco.publish("target/set", "21.0");
        ThermostatRig.delete(state());

        airco.publish("target/set", "22.5");
        airco.advance(TRIED_AGAIN);
        assertThat(airco.faults()).containsExactly("none");

        airco.powerCut();
        airco.start();
        assertThat(airco.lastPublished("target")).isEqualTo("22.5");
    }

    @Test
    @Fault("I2")
    void aDayWritesAsManyFilesAsThereWereCommands() throws IOException {
        CountingStore store = new CountingStore(new StateFile(state(), "airco"));
        ThermostatRig airco = new ThermostatRig(folder, store);
        airco.setTemperature(20);
        airco.start("sensor.every = 15s");

        int commands = 0;
        for (int minute = 0; minute < 24 * 60; minute++) {
            airco.setTemperature(20 + 3 * Math.sin(minute / 5.0));
            if (minute % 240 == 120) {
                String target = commands % 2 == 0 ? "20.5" : "21.0";
                airco.publish("target/set", "{\"id\":\"c" + commands++ + "\",\"value\":" + target + "}");
            }
            airco.advance(Duration.ofMinutes(1));
        }

        assertThat(airco.switchings()).as("both relays run often").hasSizeGreaterThan(100);
        assertThat(store.written).hasSize(commands).doesNotHaveDuplicates();
        long size = Files.size(state().resolve("airco.state"));
        assertThat(size * store.written.size()).as("bytes a day").isLessThan(1_000_000);
    }

    private void controlsTheRoomAndSavesLater(StateFileDamage damage, StateFileDamage repair) throws IOException {
        damage.apply();
        ThermostatRig airco = new ThermostatRig(folder).heating();

        airco.publish("target/set", "22.5");
        airco.advance(Duration.ofMinutes(10));
        assertThat(airco.lastPublished("target")).isEqualTo("22.5");
        assertThat(airco.level(HEAT)).isEqualTo("1");
        assertThat(airco.faults()).containsExactly("none", "storage");
        airco.setTemperature(25);
        airco.advance(Duration.ofMinutes(10));
        assertThat(airco.level(HEAT)).isEqualTo("0");
        assertThat(airco.level(COOL)).isEqualTo("1");

        repair.apply();
        airco.advance(TRIED_AGAIN);
        assertThat(airco.faults()).containsExactly("none", "storage", "none");

        airco.powerCut();
        airco.start();
        assertThat(airco.lastPublished("target")).isEqualTo("22.5");
    }

    private Path state() {
        return folder.resolve("state");
    }

    private static final class CountingStore implements StateStore {

        private final StateStore store;
        private final List<Map<String, String>> written = new ArrayList<>();

        CountingStore(StateStore store) {
            this.store = store;
        }

        @Override
        public SavedState read() {
            return store.read();
        }

        @Override
        public void write(Map<String, String> entries) throws IOException {
            written.add(entries);
            store.write(entries);
        }
    }
}

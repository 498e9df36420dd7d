package hearth.common.hal.pi;

import hearth.common.hal.Inventory;
import hearth.common.hal.Problem;
import hearth.common.hal.Wiring;
import hearth.common.hal.pi.GpioHeader.GpioProblem;
import hearth.common.value.Pin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A Pi 3 with a sensor as a preflight sees it: a folder, and fake pins. A test can remove parts of it. */
public final class FakePi {

    /** A thermostat with two relays and the only sensor. */
    public static final Wiring THERMOSTAT =
            new Wiring(Map.of("heat", new Pin(17, false), "cool", new Pin(27, true)), Map.of(), Optional.of(""));

    private static final String MODEL = "proc/device-tree/model";
    private static final String CHIP = "dev/gpiochip0";
    private static final String DEVICES = "sys/bus/w1/devices/";

    private final Path root;
    private final FakeGpioHeader header = new FakeGpioHeader();

    /** @param root an empty folder */
    public FakePi(Path root) {
        this.root = root;
        setModel("Raspberry Pi 3 Model B");
        write(CHIP, "");
        folder(DEVICES + "w1_bus_master1");
        addSensor("28-0316a2793bff");
    }

    public List<Problem> problems(Wiring wiring) {
        return preflight().problems(wiring);
    }

    Inventory inventory() {
        return preflight().inventory();
    }

    void setModel(String model) {
        write(MODEL, model + "\0");
    }

    void removeModel() {
        delete(MODEL);
        delete(DEVICES + "w1_bus_master1");
    }

    void removeChip() {
        delete(CHIP);
    }

    /** A broken link exists and cannot be read or written, not even by root, for whom permissions do not count. */
    void denyChip() {
        delete(CHIP);
        try {
            Files.createSymbolicLink(root.resolve(CHIP), root.resolve("nowhere"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void removeOneWire() {
        delete(DEVICES + "w1_bus_master1");
    }

    void addSensor(String address) {
        folder(DEVICES + address);
    }

    void removeSensors() {
        delete(DEVICES + "28-0316a2793bff");
    }

    void setGpioProblem(GpioProblem problem) {
        header.problem = Optional.of(problem);
    }

    void setConsumer(int pin, String consumer) {
        header.consumers.put(pin, consumer);
    }

    private Preflight preflight() {
        return new Preflight(root, header);
    }

    private void folder(String path) {
        try {
            Files.createDirectories(root.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String path, String text) {
        Path file = root.resolve(path);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void delete(String path) {
        try {
            Files.delete(root.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class FakeGpioHeader implements GpioHeader {

        private Optional<GpioProblem> problem = Optional.empty();
        private final Map<Integer, String> consumers = new HashMap<>();

        @Override
        public Optional<GpioProblem> problem() {
            return problem;
        }

        @Override
        public Optional<String> consumer(int pin) {
            return Optional.ofNullable(consumers.get(pin));
        }
    }
}

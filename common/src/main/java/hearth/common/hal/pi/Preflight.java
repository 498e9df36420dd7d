package hearth.common.hal.pi;

import hearth.common.hal.Inventory;
import hearth.common.hal.Problem;
import hearth.common.hal.Problem.Severity;
import hearth.common.hal.Wiring;
import hearth.common.hal.pi.GpioHeader.GpioProblem;
import hearth.common.value.Pin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Checks whether a node can run on this machine, without changing a pin: what is missing, and the remedy. */
final class Preflight {

    /** The folder in which the kernel lists 1-Wire devices. */
    static final Path ONE_WIRE_DEVICES = Path.of("/sys/bus/w1/devices");

    private static final String CHIPS = "gpiochip*";
    private static final int FIRST_PIN = 2;
    private static final int LAST_PIN = 27;

    private final Path root;
    private final GpioHeader header;

    /** @param root the folder that contains {@code /dev}, {@code /proc} and {@code /sys} */
    Preflight(Path root, GpioHeader header) {
        this.root = root;
        this.header = header;
    }

    List<Problem> problems(Wiring wiring) {
        List<Problem> problems = new ArrayList<>();
        if (wiring.needsPins()) {
            problems.addAll(pinProblems(wiring));
        }
        wiring.sensor().flatMap(this::sensorProblem).ifPresent(problems::add);
        return problems.stream().distinct().toList();
    }

    Inventory inventory() {
        Set<Integer> pinsInUse = gpioProblem().isPresent()
                ? Set.of()
                : IntStream.rangeClosed(FIRST_PIN, LAST_PIN)
                        .filter(pin -> header.consumer(pin).isPresent())
                        .boxed()
                        .collect(Collectors.toSet());
        return new Inventory(sensors(), pinsInUse);
    }

    private Optional<Problem> gpioProblem() {
        return boardProblem().or(this::chipProblem).or(this::headerProblem);
    }

    private List<Problem> pinProblems(Wiring wiring) {
        Optional<Problem> boardProblem = gpioProblem();
        if (boardProblem.isPresent()) {
            return List.of(boardProblem.get());
        }
        Map<String, Pin> all = new TreeMap<>(wiring.outputs());
        all.putAll(wiring.inputs());
        List<Problem> problems = new ArrayList<>();
        all.forEach((name, pin) ->
                header.consumer(pin.number()).ifPresent(consumer -> problems.add(inUse(name, pin, consumer))));
        return problems;
    }

    private static Problem inUse(String name, Pin pin, String consumer) {
        String by = consumer.startsWith(GpioHeader.OWN_CONSUMER)
                ? "a running node (" + consumer + "): stop its service first, or choose another pin"
                : consumer + ": stop that program, or choose another pin; gpioinfo lists the users of all pins";
        return new Problem(Severity.RETRY, "GPIO" + pin.number() + " (" + name + ") is in use by " + by);
    }

    private Optional<Problem> boardProblem() {
        Optional<String> model = model();
        boolean pi = model.filter(name -> name.startsWith("Raspberry Pi")).isPresent();
        return pi
                ? Optional.empty()
                : Optional.of(new Problem(
                        Severity.FATAL,
                        "this machine" + model.map(name -> " (" + name + ")").orElse("")
                                + " is not a Raspberry Pi: run the node on a Pi, or with --mock DIR"));
    }

    private Optional<Problem> chipProblem() {
        List<Path> chips = matching(root.resolve("dev"), CHIPS);
        if (chips.isEmpty()) {
            return Optional.of(new Problem(
                    Severity.RETRY,
                    "/dev/gpiochip0 does not exist: the kernel has not found the pins (yet); under systemd, the unit"
                            + " must allow this device"));
        }
        if (chips.stream().noneMatch(chip -> Files.isReadable(chip) && Files.isWritable(chip))) {
            return Optional.of(new Problem(
                    Severity.RETRY,
                    "no permission to use /dev/" + chips.get(0).getFileName() + ": run sudo usermod -aG gpio "
                            + System.getProperty("user.name") + " and log in again"));
        }
        return Optional.empty();
    }

    private Optional<Problem> headerProblem() {
        return header.problem().map(Preflight::problem);
    }

    private static Problem problem(GpioProblem problem) {
        return new Problem(problem.permanent() ? Severity.FATAL : Severity.RETRY, problem.message());
    }

    private Optional<Problem> sensorProblem(String address) {
        if (matching(devices(), "w1_bus_master*").isEmpty()) {
            return boardProblem()
                    .or(() -> warning("1-Wire is not enabled: add dtoverlay=w1-gpio to /boot/firmware/config.txt"
                            + " (before Debian 12: /boot/config.txt) and restart the Pi"));
        }
        List<String> sensors = sensors();
        if (sensors.isEmpty()) {
            return warning("no DS18B20 answers on the 1-Wire bus: check its three wires and the 4.7 kΩ resistor"
                    + " between data and 3.3 V");
        }
        if (!address.isEmpty() && !sensors.contains(address)) {
            return warning("the 1-Wire bus has no sensor " + address + ", only " + sensors
                    + ": correct sensor.address, or check the wires");
        }
        if (address.isEmpty() && sensors.size() > 1) {
            return warning("several sensors are connected: set sensor.address to one of " + sensors);
        }
        return Optional.empty();
    }

    private List<String> sensors() {
        return matching(devices(), "28-*").stream()
                .map(sensor -> String.valueOf(sensor.getFileName()))
                .toList();
    }

    private Path devices() {
        return root.resolve(Path.of("/").relativize(ONE_WIRE_DEVICES));
    }

    private static Optional<Problem> warning(String message) {
        return Optional.of(new Problem(Severity.WARNING, message));
    }

    /** The model as the firmware names it; the file ends with a NUL. */
    private Optional<String> model() {
        try {
            return Optional.of(Files.readString(root.resolve("proc/device-tree/model"), StandardCharsets.ISO_8859_1)
                    .replace("\0", "")
                    .strip());
        } catch (IOException e) {
            return Optional.empty(); // A machine without a device tree, such as a PC.
        }
    }

    private static List<Path> matching(Path folder, String names) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder, names)) {
            paths.forEach(found::add);
        } catch (IOException e) {
            return List.of(); // A folder that cannot be read counts as empty.
        }
        found.sort(null);
        return found;
    }
}

package hearth.testkit;

import hearth.common.hal.mock.AtomicFile;
import hearth.common.hal.mock.W1SlaveFile;
import hearth.common.value.Celsius;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The test's side of a mock board: sets the temperature and reads the outputs. */
public final class MockBoard {

    private final Path folder;

    public MockBoard(Path folder) {
        this.folder = folder;
    }

    /** One change of an output. @param seconds simulated seconds since the program's start */
    public record OutputChange(double seconds, int pin, boolean on) {

        private static OutputChange of(String line) {
            String[] words = line.split(" ", -1);
            return new OutputChange(Double.parseDouble(words[0]), Integer.parseInt(words[1]), words[2].equals("1"));
        }
    }

    public Path folder() {
        return folder;
    }

    public void setTemperature(double degrees) throws IOException {
        AtomicFile.replace(folder.resolve("w1/28-000000000001/w1_slave"), W1SlaveFile.content(Celsius.of(degrees)));
    }

    /** {@code 0}, {@code 1}, or {@code not driven}. */
    public String level(int pin) throws IOException {
        Path file = folder.resolve("gpio").resolve(Integer.toString(pin));
        return Files.exists(file) ? Files.readString(file).strip() : "not driven";
    }

    /** All changes of all outputs in order, by any process. */
    public List<OutputChange> changes() throws IOException {
        Path log = folder.resolve("gpio.log");
        return Files.exists(log)
                ? Files.readAllLines(log).stream().map(OutputChange::of).toList()
                : List.of();
    }

    /** The changes of one output, without the first {@code from} changes of all outputs. */
    public List<OutputChange> changes(int pin, int from) throws IOException {
        List<OutputChange> all = changes();
        return all.subList(from, all.size()).stream()
                .filter(change -> change.pin() == pin)
                .toList();
    }
}

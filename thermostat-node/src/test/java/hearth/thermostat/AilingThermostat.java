package hearth.thermostat;

import hearth.common.hal.Wiring;
import hearth.common.message.Topic;
import hearth.common.runtime.Device;
import hearth.common.runtime.Launcher;
import hearth.common.runtime.Node;
import hearth.common.runtime.Site;
import hearth.common.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A thermostat that is well until a file appears: with {@code leak} it then fills its memory, with {@code bug} one of
 * its threads dies. For {@link ProcessFaultsTest}.
 */
final class AilingThermostat implements Device<ThermostatSettings> {

    private final ThermostatNode well = new ThermostatNode();
    private final Path folder;
    private @Nullable List<byte[]> leak;

    private AilingThermostat(Path folder) {
        this.folder = folder;
    }

    /** The first argument is the folder the files appear in; the others are a node's. */
    public static void main(String[] args) {
        Launcher.main(
                new AilingThermostat(Path.of(args[0])),
                List.of(args).subList(1, args.length).toArray(String[]::new));
    }

    @Override
    public String program() {
        return well.program();
    }

    @Override
    public String purpose() {
        return well.purpose();
    }

    @Override
    public List<Topic<?>> topics() {
        return well.topics();
    }

    @Override
    public ThermostatSettings read(Settings settings) {
        return well.read(settings);
    }

    @Override
    public Wiring wiring(ThermostatSettings settings) {
        return well.wiring(settings);
    }

    @Override
    public Node<?, ?> assemble(ThermostatSettings settings, Site site) {
        Node<?, ?> node = well.assemble(settings, site);
        site.timers().every("ailment", Duration.ofSeconds(1), this::ail);
        return node;
    }

    private void ail() {
        if (Files.exists(folder.resolve("bug"))) {
            throw new ArithmeticException("a bug");
        }
        if (leak != null || Files.exists(folder.resolve("leak"))) {
            leak = leak == null ? new ArrayList<>() : leak;
            leak.add(new byte[100_000]);
        }
    }
}

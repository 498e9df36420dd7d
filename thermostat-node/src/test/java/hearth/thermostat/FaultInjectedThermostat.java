package hearth.thermostat;

import hearth.common.hal.Wiring;
import hearth.common.message.Topic;
import hearth.common.runtime.Launcher;
import hearth.common.runtime.Node;
import hearth.common.runtime.NodeContext;
import hearth.common.runtime.NodeType;
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
final class FaultInjectedThermostat implements NodeType<ThermostatSettings> {

    private final ThermostatNode healthy = new ThermostatNode();
    private final Path folder;
    private @Nullable List<byte[]> leak;

    private FaultInjectedThermostat(Path folder) {
        this.folder = folder;
    }

    /** The first argument is the folder the files appear in; the others are a node's. */
    public static void main(String[] args) {
        Launcher.main(
                new FaultInjectedThermostat(Path.of(args[0])),
                List.of(args).subList(1, args.length).toArray(String[]::new));
    }

    @Override
    public String program() {
        return healthy.program();
    }

    @Override
    public String purpose() {
        return healthy.purpose();
    }

    @Override
    public List<Topic<?>> topics() {
        return healthy.topics();
    }

    @Override
    public ThermostatSettings readSettings(Settings settings) {
        return healthy.readSettings(settings);
    }

    @Override
    public Wiring wiring(ThermostatSettings settings) {
        return healthy.wiring(settings);
    }

    @Override
    public Node<?, ?> assemble(ThermostatSettings settings, NodeContext context) {
        Node<?, ?> node = healthy.assemble(settings, context);
        context.timers().every("ailment", Duration.ofSeconds(1), this::injectFault);
        return node;
    }

    private void injectFault() {
        if (Files.exists(folder.resolve("bug"))) {
            throw new ArithmeticException("a bug");
        }
        if (leak != null || Files.exists(folder.resolve("leak"))) {
            leak = leak == null ? new ArrayList<>() : leak;
            leak.add(new byte[100_000]);
        }
    }
}

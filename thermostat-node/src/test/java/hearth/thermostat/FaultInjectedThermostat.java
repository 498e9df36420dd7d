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
 * A thermostat with an injected fault: when the file {@code leak} appears it fills its memory, when {@code bug} appears
 * one of its threads dies. For {@link ProcessFaultsTest}.
 */
final class FaultInjectedThermostat implements NodeType<ThermostatSettings> {

    private final ThermostatNode healthy = new ThermostatNode();
    private final Path folder;
    private @Nullable List<byte[]> leak;

    private FaultInjectedThermostat(Path folder) {
        this.folder = folder;
    }

    /** The first argument is the folder of the files; the others are those of a node. */
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
        context.timers().every("injected-fault", Duration.ofSeconds(1), this::injectFault);
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

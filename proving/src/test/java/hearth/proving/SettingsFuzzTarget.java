package hearth.proving;

import static hearth.testkit.fuzz.FuzzTarget.require;

import hearth.common.runtime.NodeSettings;
import hearth.common.runtime.NodeType;
import hearth.common.settings.BadSettings;
import hearth.common.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Fuzz target for settings files: the result is settings, or errors that each name a line. */
public final class SettingsFuzzTarget {

    private static final List<NodeType<?>> DEVICES = RenderedDocsTest.devices();

    private SettingsFuzzTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        isAccepted(input);
    }

    /** Parses the input as the settings of the node that its first line names. */
    public static boolean isAccepted(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        int device = text.startsWith("# coffee") ? 1 : text.startsWith("# car") ? 2 : 0;
        return isUnderstood(DEVICES.get(device), text);
    }

    private static <C> boolean isUnderstood(NodeType<C> nodeType, String text) {
        try {
            C settings = Settings.of("node.conf", text).check(read -> {
                NodeSettings.read(read);
                return nodeType.readSettings(read);
            });
            require(nodeType.wiring(settings) != null, "accepted settings have a wiring", text);
            return true;
        } catch (BadSettings e) {
            require(!e.problems().isEmpty(), "a rejection has an error", text);
            require(
                    e.problems().stream().allMatch(problem -> problem.startsWith("node.conf:")),
                    "an error names its line",
                    e.problems());
            return false;
        }
    }
}

package hearth.proving;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.message.Topic;
import hearth.common.runtime.ConfiguredNode;
import hearth.common.runtime.NodeSettings;
import hearth.common.runtime.NodeType;
import hearth.common.settings.BadSettings;
import hearth.common.settings.Setting;
import hearth.common.settings.Settings;
import hearth.testkit.modules.NodeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Documents that are rendered from the code: these tests compare the files with the code. After a change, write the files
 * again with {@code mvn -pl proving -am test -Dtest=RenderedDocsTest -Dhearth.docs=write
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class RenderedDocsTest {

    static List<NodeType<?>> devices() {
        return NodeModule.all().stream().<NodeType<?>>map(NodeModule::nodeType).toList();
    }

    @Test
    void topicsAreAsTheDocumentSays() throws IOException {
        StringBuilder text = new StringBuilder("""
                # Topics

                Every topic begins with the prefix (`broker.prefix`, default `home`) and the name of the node:
                `home/airco/target`. There are three kinds:

                - A state is retained; a new message replaces the one before. The node publishes its states again if
                  the broker has lost them.
                - An announcement reports an event. It is not retained. The node keeps it until the broker has
                  acknowledged it, or until its message expiry has passed.
                - A command must not be retained. Its payload is plain text, or JSON with an id:
                  `{"id":"a1","value":21.0}`. The node executes a command with the same id only once. It publishes the
                  result on `result`. The result of a brew command is published when the brew ends. An empty payload is not a command, because it
                  deletes a retained message.

                Payloads are plain text (a word or a number) or JSON objects. The tables describe the payload of each
                topic, with an example. A node with `commands.key` accepts only
                [signed commands](install.md#signed-commands); `history/ack` is the exception and needs no signature.

                The node publishes its discovery messages for Home Assistant on `homeassistant/device/<node>/config`, or
                with `discovery = component` on `homeassistant/<component>/<node>/<entity>/config`; `docs/discovery/` has
                an example of every message. It subscribes to `homeassistant/status`.

                """);
        render(text, "Every node", NodeType.COMMON_TOPICS);
        for (NodeType<?> nodeType : devices()) {
            render(text, nodeType.program() + ": " + nodeType.purpose(), nodeType.topics());
        }
        RenderedDocs.assertUpToDate("topics.md", text);
    }

    @Test
    void settingsAreAsTheDocumentSays() throws IOException {
        StringBuilder text = new StringBuilder("""
                # Settings

                Each node has one settings file with lines `key = value`; a line that begins with `#` is a comment.
                Durations have units (`500ms`, `30s`, `5m`, `4h`, `7d`). A setting that is not in the file has its
                default. `--check` lists all errors in the file at once. On a Pi, the package installs a sample with
                comments as the settings file in `/etc/hearth`. In the source, the samples are in
                `thermostat-node/src/main/package/etc/hearth/`, and the same for `coffee-node` and `car-node`.

                A systemd credential is a file that systemd passes to the service, so that no other user can read it:
                [how to install keys and passwords](install.md#3-the-broker). The airco is the part of the thermostat
                node that switches a heating relay, a cooling relay or both. The BCM number of a pin is the number
                after GPIO: 17 for GPIO17.

                """);
        render(text, "Every node", settingsReadBy(NodeSettings::read));
        for (NodeType<?> nodeType : devices()) {
            render(text, nodeType.program(), settingsReadBy(nodeType::readSettings));
        }
        RenderedDocs.assertUpToDate("settings.md", text);
    }

    static List<NodeModule> modules() {
        return NodeModule.all();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void theSampleNamesEverySettingAndItsDefault(NodeModule module) throws IOException {
        String sample = Files.readString(sample(module));

        for (Setting<?> setting : settingsReadBy(settings -> {
            NodeSettings.read(settings);
            module.nodeType().readSettings(settings);
        })) {
            String byDefault = "\n#" + setting.key() + " = " + setting.defaultText() + "\n";
            String forTheOwner = "\n" + setting.key() + " =";
            assertThat(sample.contains(byDefault) || sample.contains(forTheOwner))
                    .as("%s with its default %s", setting.key(), setting.defaultText())
                    .isTrue();
        }
    }

    /** The training settings of the module are among them, and are all that the sample lacks. */
    @ParameterizedTest
    @MethodSource("modules")
    void theSampleOnlyLacksValuesThatOnlyTheOwnerKnows(NodeModule module) throws BadSettings, IOException {
        String filledIn = Files.readString(sample(module));
        for (String line : module.trainingSettings()) {
            String empty = line.substring(0, line.indexOf('=') + 1);
            filledIn = filledIn.replace("\n" + empty + "\n", "\n" + line + "\n");
        }

        ConfiguredNode.read(module.nodeType(), Settings.of("sample.conf", filledIn));
    }

    private static Path sample(NodeModule module) {
        return module.folder().resolve("src/main/package/etc/hearth").resolve(module.device() + ".conf");
    }

    private static void render(StringBuilder text, String title, List<? extends Object> rows) {
        text.append("## ").append(title).append("\n\n");
        boolean topics = rows.get(0) instanceof Topic;
        text.append(
                topics
                        ? "| topic | kind | QoS | payload and meaning |\n|---|---|---|---|\n"
                        : "| key | default | bounds | meaning |\n|---|---|---|---|\n");
        for (Object row : rows) {
            if (row instanceof Topic<?> topic) {
                String kind = topic.kind().name().toLowerCase(Locale.ROOT);
                text.append("| `<node>/%s` | %s | %d | %s |%n"
                        .formatted(topic.name(), kind, topic.qos(), topic.description()));
            } else if (row instanceof Setting<?> setting) {
                String byDefault = setting.required() ? "required" : "`" + setting.defaultText() + "`";
                text.append("| `%s` | %s | %s | %s |%n"
                        .formatted(setting.key(), byDefault, setting.bounds(), setting.description()));
            }
        }
        text.append('\n');
    }

    private static List<Setting<?>> settingsReadBy(Consumer<Settings> reader) {
        Settings settings = Settings.of("", "");
        reader.accept(settings);
        return settings.requestedSettings();
    }
}

package hearth.proving;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.car.CarNode;
import hearth.coffee.CoffeeNode;
import hearth.common.message.Topic;
import hearth.common.runtime.Launcher;
import hearth.common.runtime.NodeSettings;
import hearth.common.runtime.NodeType;
import hearth.common.settings.BadSettings;
import hearth.common.settings.Setting;
import hearth.common.settings.Settings;
import hearth.thermostat.ThermostatNode;
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
 * Documentation that cannot lie: what can be rendered from the code is, and these tests hold the files to it. After a
 * change write them anew with {@code mvn -pl proving -am test -Dtest=RenderedDocsTest -Dhearth.docs=write
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class RenderedDocsTest {

    static List<NodeType<?>> devices() {
        return List.of(new ThermostatNode(), new CoffeeNode(), new CarNode());
    }

    @Test
    void topicsAreAsTheDocumentSays() throws IOException {
        StringBuilder text = new StringBuilder("""
                # Topics

                Under the prefix (`broker.prefix`, default `home`) and the node's name: `home/airco/target`. A state is
                retained, the latest wins, and it is sent again to a broker that forgot. An announcement is something
                that happened; it is kept until acknowledged or too old. A command must not be retained: it is plain
                text, or `{"id":"a1","value":21.0}`, and then a repeat is known by its id. What became of it is said on
                `result`, for a brew when it is over. An empty payload is no command: it is how a retained one is
                deleted. A node with `commands.key` obeys [signed commands](install.md#signed-commands) only, `history/ack`
                aside.

                What Home Assistant is shown goes to `homeassistant/device/<node>/config`, or with `discovery =
                component` to `homeassistant/<component>/<node>/<entity>/config`: `docs/discovery/` has all of it. Its
                `homeassistant/status` is listened to.

                """);
        render(text, "Every node", Launcher.TOPICS);
        for (NodeType<?> nodeType : devices()) {
            render(text, nodeType.program() + ": " + nodeType.purpose(), nodeType.topics());
        }
        RenderedDocs.assertUpToDate("topics.md", text);
    }

    @Test
    void settingsAreAsTheDocumentSays() throws IOException {
        StringBuilder text = new StringBuilder("""
                # Settings

                One file a node: `key = value` lines, `#` comments. Durations have units (`500ms`, `30s`, `5m`, `4h`).
                Commented samples stand in `<node>/src/main/package/etc/hearth/`. `--check` says everything that is wrong at once.

                """);
        render(text, "Every node", settingsReadBy(NodeSettings::read));
        for (NodeType<?> nodeType : devices()) {
            render(text, nodeType.program(), settingsReadBy(nodeType::readSettings));
        }
        RenderedDocs.assertUpToDate("settings.md", text);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void theSampleNamesEverySettingAndItsDefault(NodeType<?> nodeType) throws IOException {
        String sample = Files.readString(sample(nodeType));

        for (Setting<?> setting : settingsReadBy(settings -> {
            NodeSettings.read(settings);
            nodeType.readSettings(settings);
        })) {
            String byDefault = "\n#" + setting.key() + " = " + setting.defaultText() + "\n";
            String forTheOwner = "\n" + setting.key() + " =";
            assertThat(sample.contains(byDefault) || sample.contains(forTheOwner))
                    .as("%s with its default %s", setting.key(), setting.defaultText())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void theSampleOnlyLacksWhatOnlyTheOwnerKnows(NodeType<?> nodeType) throws BadSettings, IOException {
        String filledIn = Files.readString(sample(nodeType))
                .replace("coffee.gpio =\n", "coffee.gpio = 22\n")
                .replace("car.home =\n", "car.home = 52.0, 5.0\n");

        Settings.of("sample.conf", filledIn).check(settings -> {
            NodeSettings.read(settings);
            return nodeType.readSettings(settings);
        });
    }

    private static Path sample(NodeType<?> nodeType) {
        return RenderedDocs.PROJECT
                .resolve(nodeType.program())
                .resolve("src/main/package/etc/hearth")
                .resolve(nodeType.program().replace("-node", ".conf"));
    }

    private static void render(StringBuilder text, String title, List<? extends Object> rows) {
        text.append("## ").append(title).append("\n\n");
        boolean topics = rows.get(0) instanceof Topic;
        text.append(
                topics
                        ? "| topic | kind | QoS | what |\n|---|---|---|---|\n"
                        : "| key | default | bounds | what |\n|---|---|---|---|\n");
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

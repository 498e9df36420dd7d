package hearth.common.runtime;

import hearth.common.settings.Setting;
import hearth.common.settings.Settings;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What every node is told.
 *
 * @param name        its level in topics, its client id, its user name at the broker
 * @param brokers     where to find the broker, in order of preference
 * @param prefix      the first level of all topics
 * @param stateFolder where to keep its memory when systemd does not say
 */
public record NodeSettings(String name, List<URI> brokers, String prefix, String stateFolder) {

    private static final Pattern NAME_LETTERS = Pattern.compile("[a-z0-9-]{1,32}");

    public static final Setting<String> NAME = Setting.text(
                    "node.name",
                    "airco",
                    NAME_LETTERS,
                    "1 to 32 of a to z, 0 to 9 and -",
                    "this node's name: a level of its topics, its client id and its user name at the broker")
            .asRequired();

    public static final Setting<List<URI>> BROKERS = new Setting<>(
                    "broker.urls",
                    "mqtt://localhost:1883",
                    false,
                    "mqtt://host:port or mqtts://host:port",
                    "where the broker is",
                    NodeSettings::broker)
            .listOfUpTo(5);

    public static final Setting<String> PREFIX = Setting.text(
            "broker.prefix", "home", NAME_LETTERS, "1 to 32 of a to z, 0 to 9 and -", "the first level of all topics");

    public static final Setting<String> STATE_FOLDER = Setting.text(
            "state.folder",
            "/var/lib/hearth",
            Pattern.compile("/.*"),
            "an absolute path",
            "where the node keeps what must survive a power cut, when systemd does not say");

    public static NodeSettings read(Settings settings) {
        return new NodeSettings(
                settings.get(NAME), settings.get(BROKERS), settings.get(PREFIX), settings.get(STATE_FOLDER));
    }

    private static URI broker(String text) {
        try {
            URI url = URI.create(text);
            boolean scheme = "mqtt".equals(url.getScheme()) || "mqtts".equals(url.getScheme());
            if (scheme && url.getHost() != null && url.getPath().isEmpty() && url.getUserInfo() == null) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new IllegalArgumentException("expected mqtt://host:port or mqtts://host:port");
    }
}

package hearth.common.runtime;

import hearth.common.homeassistant.DiscoveryFormat;
import hearth.common.mqtt.Identity;
import hearth.common.settings.Setting;
import hearth.common.settings.Settings;
import java.net.URI;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The settings that every node has.
 *
 * @param name           its level in topics, its MQTT client id and its user name at the broker
 * @param brokers        addresses of the broker, in order of preference
 * @param identity       key, password and trusted CAs for the broker
 * @param authorizedKeys public keys for signed commands; with none, the node accepts unsigned commands
 * @param prefix         the first level of all topics
 * @param discovery      format of the discovery messages
 * @param stateFolder    folder of the saved state if systemd sets none
 */
public record NodeSettings(
        String name,
        List<URI> brokers,
        Identity identity,
        List<PublicKey> authorizedKeys,
        String prefix,
        DiscoveryFormat discovery,
        String stateFolder) {

    private static final String PLAIN = "mqtt";
    private static final int HIGHEST_PORT = 65_535;
    private static final Pattern NAME_LETTERS = Pattern.compile("[a-z0-9-]{1,32}");

    public static final Setting<String> NAME = Setting.text(
                    "node.name",
                    "airco",
                    NAME_LETTERS,
                    "1 to 32 characters, each a to z, 0 to 9 or hyphen",
                    "name of this node: a level of its topics, its MQTT client id and its user name at the"
                            + " broker; each node needs its own name")
            .asRequired();

    public static final Setting<List<URI>> BROKERS = new Setting<>(
                    "broker.urls",
                    "mqtt://localhost:1883",
                    false,
                    "mqtt://host:port or mqtts://host:port",
                    "address of the broker, default port 1883 for mqtt and 8883 for mqtts; several addresses of the broker are"
                            + " tried in this order",
                    NodeSettings::broker)
            .listOfUpTo(5);

    public static final Setting<String> PREFIX = Setting.text(
            "broker.prefix",
            "home",
            NAME_LETTERS,
            "1 to 32 characters, each a to z, 0 to 9 or hyphen",
            "first level of all topics");

    public static final Setting<DiscoveryFormat> DISCOVERY = Setting.oneOf(
            "discovery",
            "device",
            DiscoveryFormat.class,
            "format of the discovery messages for Home Assistant and openHAB: device; component, for Home Assistant before"
                    + " 2024.11 and openHAB before 2026; off publishes none");

    public static final Setting<String> STATE_FOLDER = Setting.text(
            "state.folder",
            "/var/lib/hearth",
            Pattern.compile("/\\P{Cc}*"),
            "an absolute path",
            "folder of the saved state, which must survive a power cut; ignored if systemd sets a StateDirectory, and with"
                    + " --mock");

    /** Reads the settings, and the files that they name. */
    public static NodeSettings read(Settings settings) {
        return read(settings, System.getenv());
    }

    static NodeSettings read(Settings settings, Map<String, String> environment) {
        String name = settings.get(NAME);
        List<URI> brokers = settings.get(BROKERS);
        Credentials credentials = new Credentials(settings, environment);
        Identity identity = credentials.identity(name);
        boolean anyPlain = brokers.stream().anyMatch(NodeSettings::isPlain);
        if (anyPlain && identity.requiresTls()) {
            settings.reportConflict(
                    BROKERS, "broker.key-store or broker.ca is set, so each address must be mqtts://host:port");
        } else if (anyPlain && !brokers.stream().allMatch(NodeSettings::isPlain)) {
            // An attacker who blocks the first address would receive the password at the second.
            settings.reportConflict(
                    BROKERS,
                    "one address is mqtts://, so each must be: otherwise an attacker could"
                            + " force a connection without TLS");
        }
        return new NodeSettings(
                name,
                brokers,
                identity,
                credentials.authorizedKeys(),
                settings.get(PREFIX),
                settings.get(DISCOVERY),
                settings.get(STATE_FOLDER));
    }

    private static URI broker(String text) {
        try {
            URI url = URI.create(text);
            boolean schemeValid = PLAIN.equals(url.getScheme()) || "mqtts".equals(url.getScheme());
            boolean portValid = url.getPort() == -1 || (url.getPort() >= 1 && url.getPort() <= HIGHEST_PORT);
            if (schemeValid && portValid && url.getHost() != null && isBare(url)) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // Reported below.
        }
        throw new IllegalArgumentException("expected mqtt://host:port or mqtts://host:port");
    }

    private static boolean isPlain(URI url) {
        return url.getScheme().equals(PLAIN);
    }

    private static boolean isBare(URI url) {
        return url.getPath().isEmpty()
                && url.getUserInfo() == null
                && url.getQuery() == null
                && url.getFragment() == null;
    }
}

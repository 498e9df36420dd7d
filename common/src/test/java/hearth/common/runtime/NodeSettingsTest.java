package hearth.common.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hearth.common.settings.BadSettings;
import hearth.common.settings.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings of every node: errors that would otherwise appear only at run time. */
class NodeSettingsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mqtt://localhost:70000",
                "mqtt://localhost:0",
                "mqtt://localhost:99999999999",
                "mqtt://localhost/house",
                "mqtt://localhost?tls=no",
                "mqtt://localhost#1883",
                "mqtt://me:secret@localhost",
                "mqtt://under_score",
                "mqtt:localhost",
                "mqtt://",
                "http://localhost",
                "localhost:1883",
                "mqtt://a b",
                "mqtt://localhost,"
            })
    void aBrokerAddressIsOnlySchemeHostAndPort(String url) {
        assertThatThrownBy(() -> read("broker.urls = " + url))
                .isInstanceOf(BadSettings.class)
                .hasMessageStartingWith("a.conf:2: broker.urls = ")
                .hasMessageContaining("expected mqtt://host:port or mqtts://host:port");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqtt://localhost", "mqtts://10.0.0.2:8883", "mqtt://[fe80::1]:1883", "mqtt://a.b:65535"})
    void aBrokerWithOrWithoutAPortIsRead(String url) throws BadSettings {
        assertThat(read("broker.urls = " + url).brokers()).singleElement().hasToString(url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"state.folder", "broker.ca", "broker.key-store", "broker.password-file"})
    void anInvalidPathIsReportedLikeAnyError(String key) {
        assertThatThrownBy(() -> read(key + " = /var/\u0000lib"))
                .isInstanceOf(BadSettings.class)
                .hasMessageStartingWith("a.conf:2: " + key + " = ")
                .hasMessageContaining("an absolute path");
    }

    /** Names of settings are short, but a file may be a single word of 64 KiB. */
    @Test
    void aVeryLongKeyIsNotComparedWithOthers() {
        assertThatThrownBy(() -> read("airco.".repeat(10_000) + " = 1"))
                .isInstanceOf(BadSettings.class)
                .hasMessageEndingWith("docs/settings.md lists all settings");
    }

    private static NodeSettings read(String line) throws BadSettings {
        return Settings.of("a.conf", "node.name = airco\n" + line)
                .check(settings -> NodeSettings.read(settings, Map.of()));
    }
}

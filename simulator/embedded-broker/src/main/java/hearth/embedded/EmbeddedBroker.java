package hearth.embedded;

import com.hivemq.embedded.EmbeddedHiveMQ;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Runs a HiveMQ Community Edition for a laptop without Mosquitto. It listens on 127.0.0.1 only, sends no usage
 * statistics, and keeps its files in the given folder.
 *
 * <p>Arguments: port and folder. Runs until the process is ended.
 */
public final class EmbeddedBroker {

    private EmbeddedBroker() {}

    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[0]);
        Path folder = Path.of(args[1]);
        Path config = configured(folder, port);
        EmbeddedHiveMQ broker = EmbeddedHiveMQ.builder()
                .withConfigurationFolder(config)
                .withDataFolder(Files.createDirectories(folder.resolve("data")))
                .withExtensionsFolder(Files.createDirectories(folder.resolve("extensions")))
                .build();
        broker.start().get();
        System.out.println("listening on 127.0.0.1:" + port);
    }

    /** HiveMQ's defaults apply to everything else: every client may connect, and all of MQTT 5 is enabled. */
    private static Path configured(Path folder, int port) throws IOException {
        Path config = Files.createDirectories(folder.resolve("conf"));
        Files.writeString(config.resolve("config.xml"), """
                <?xml version="1.0"?>
                <hivemq>
                    <listeners>
                        <tcp-listener>
                            <port>%d</port>
                            <bind-address>127.0.0.1</bind-address>
                        </tcp-listener>
                    </listeners>
                    <persistence>
                        <mode>in-memory</mode>
                    </persistence>
                    <anonymous-usage-statistics>
                        <enabled>false</enabled>
                    </anonymous-usage-statistics>
                </hivemq>
                """.formatted(port));
        return config;
    }
}

package hearth.tools.history;

import hearth.common.message.CommonTopics;
import hearth.common.message.HistoryReading;
import hearth.common.message.Malformed;
import hearth.common.mqtt.Bus;
import hearth.common.mqtt.Decoder;
import hearth.common.mqtt.HiveMqBus;
import hearth.common.mqtt.Identity;
import hearth.common.mqtt.Incoming;
import hearth.common.mqtt.Outgoing;
import hearth.common.mqtt.Subscription;
import hearth.common.runtime.MonotonicClock;
import hearth.common.runtime.NodeSettings;
import hearth.common.settings.BadSettings;
import hearth.common.settings.Settings;
import hearth.common.value.TimeScale;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Writes the readings that a node stored while the broker was away to a CSV file and acknowledges each to the node. Main
 * class of {@code hearth-history}.
 *
 * <p>Exit status 1: the file cannot be written. 78: wrong arguments.
 */
public final class HistoryExport {

    static final String HELP = """
            hearth-history: writes the temperatures that a sensor measured while the broker was away to a CSV file

            usage: hearth-history --node NAME --csv FILE [--broker URL] [--prefix WORD] [--account FOLDER]

              --node NAME       node.name of the sensor; in bin/demo it is sensor
              --csv FILE        lines taken_at,temperature_c,id; an existing file is continued. taken_at is empty if
                                the time of the reading is not known
              --broker URL      mqtt://HOST:PORT or mqtts://HOST:PORT; default: mqtt://localhost:1883
              --prefix WORD     the first level of all topics; default: home
              --account FOLDER  the folder of an owner's account that hearth-enrol created, such as
                                ~/hearth-keys/devices/history; then --broker is mqtts://HOST:8884

            From the first start of this program on the node keeps each stored reading until it is in FILE. The
            program runs until Ctrl-C.
            Exit status: 1 the file cannot be written; 78 wrong arguments.
            """;

    private static final Duration DISCONNECT_TIMEOUT = Duration.ofSeconds(2);

    private final Bus bus;
    private final String acknowledge;
    private final CsvFile file;
    private final InstantSource clock;

    private HistoryExport(Bus bus, String acknowledge, CsvFile file, InstantSource wall) {
        this.bus = bus;
        this.acknowledge = acknowledge;
        this.file = file;
        this.clock = wall;
    }

    public static void main(String[] args) throws InterruptedException {
        if (Arrays.asList(args).contains("--help")) {
            System.out.print(HELP);
            return;
        }
        String node = "";
        String csv = "";
        String broker = "mqtt://localhost:1883";
        String prefix = "home";
        String account = "";
        for (int i = 0; i < args.length; i += 2) {
            String value = i + 1 < args.length ? args[i + 1] : "";
            if (args[i].equals("--node") && value.matches("[a-z0-9-]{1,32}")) {
                node = value;
            } else if (args[i].equals("--csv") && !value.isEmpty()) {
                csv = value;
            } else if (args[i].equals("--broker") && value.matches("mqtts?://[^/:]+(:[0-9]{1,5})?")) {
                broker = value;
            } else if (args[i].equals("--prefix") && value.matches("[a-z0-9-]{1,32}")) {
                prefix = value;
            } else if (args[i].equals("--account") && !value.isEmpty()) {
                account = value;
            } else {
                exitWith((args[i] + " " + value).strip() + ": unknown option, or a value that is not allowed");
            }
        }
        if (node.isEmpty() || csv.isEmpty()) {
            exitWith("expected --node NAME and --csv FILE");
        }
        try (CsvFile file = new CsvFile(Path.of(csv).toAbsolutePath())) {
            System.out.println(csv + ": " + file.size() + " readings so far");
            Optional<NodeSettings> by = account.isEmpty()
                    ? Optional.empty()
                    : Optional.of(readAccount(Path.of(account).toAbsolutePath().normalize(), broker));
            String name = by.map(NodeSettings::name).orElse("history-of-" + node);
            Identity identity = by.map(NodeSettings::identity).orElse(Identity.NONE);
            collect(URI.create(broker), identity, name, prefix, node, file);
        } catch (BadSettings e) {
            exitWith(String.join("\n", e.problems()));
        } catch (IOException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static void exitWith(String problem) {
        System.err.println(problem + "; see hearth-history --help");
        System.exit(78);
    }

    /** The account that {@code hearth-enrol} created in this folder, whose name is the account's. */
    private static NodeSettings readAccount(Path folder, String broker) throws BadSettings {
        String text = "node.name = %s%nbroker.urls = %s%nbroker.ca = %s%nbroker.password-file = %s%n"
                .formatted(
                        folder.getFileName(), broker, folder.resolve("broker.ca"), folder.resolve("broker.password"));
        return Settings.of("--account", text).check(NodeSettings::read);
    }

    private static void collect(URI broker, Identity identity, String name, String prefix, String node, CsvFile file)
            throws InterruptedException {
        Bus bus = new HiveMqBus(
                List.of(broker),
                identity,
                name,
                CommonTopics.STATUS.of(prefix, name),
                new MonotonicClock(TimeScale.REAL_TIME),
                TimeScale.REAL_TIME);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> bus.disconnect(DISCONNECT_TIMEOUT)));
        HistoryExport collector =
                new HistoryExport(bus, HistoryReading.ACKNOWLEDGE.of(prefix, node), file, Clock.systemUTC());
        String status = CommonTopics.STATUS.of(prefix, node);
        bus.subscribe(
                new Subscription(HistoryReading.TOPIC.of(prefix, node), 1, false), collector::onReading, Duration.ZERO);
        bus.subscribe(new Subscription(status, 1, false), collector::onStatus, Duration.ZERO);
        bus.connect(Duration.ZERO);
        Thread.currentThread().join();
    }

    /** The node is online: requests the readings that it has stored. */
    private void onStatus(Incoming status) {
        if (new String(status.payload(), StandardCharsets.UTF_8).equals("online")) {
            acknowledge(HistoryReading.NOTHING_RECEIVED);
        }
    }

    private void onReading(Incoming message) {
        try {
            HistoryReading reading = HistoryReading.TOPIC.codec().read(Decoder.decode(message.payload()));
            if (file.add(reading, clock.instant())) {
                System.out.println(file.size() + ": " + reading.celsius().degrees() + " °C");
            }
            acknowledge(reading.id());
        } catch (Malformed e) {
            System.err.println(message.topic() + ": " + e.reason());
        } catch (IOException e) { // Without an acknowledgement the node sends this reading again after the next start.
            System.err.println("cannot write to the file: " + e.getMessage());
            Runtime.getRuntime().halt(1);
        }
    }

    private void acknowledge(String id) {
        bus.publish(new Outgoing(acknowledge, id.getBytes(StandardCharsets.UTF_8), 1, false, Instant.MAX));
    }
}

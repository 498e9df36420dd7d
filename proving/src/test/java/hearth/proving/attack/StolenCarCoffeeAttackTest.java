package hearth.proving.attack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import hearth.proving.attack.MqttPackets.ConnectOptions;
import hearth.testkit.MockBoard.OutputChange;
import hearth.testkit.fault.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A thief with the key of the car can announce arrivals, and so cause brews, but only within the limits. */
@Tag("broker")
@Timeout(180)
final class StolenCarCoffeeAttackTest {

    /** Two seconds for a brew, eight for the lock-out after it. */
    private static final int SPEED = 15;

    private static final int PER_DAY = 2;
    private static final String APPROACH = "{\"trip\":\"%s\",\"eta_s\":40}";

    @TempDir
    private Path folder;

    @Test
    @Fault("Gb")
    void aThiefGetsOneCupPerTripUpToTheDailyLimit() throws Exception {
        AttackTable table = new AttackTable("forgers");
        try (ShippedSystem house = new ShippedSystem(folder, SPEED);
                RawMqttClient thief = house.unconnectedDevice("car", 5)) {
            assertThat(thief.connect(ConnectOptions.withClientId("car"))).isZero();

            List<byte[]> malformed = malformed();
            for (byte[] nonsense : malformed) {
                assertThat(thief.publish("home/car/approach", nonsense, false)).isZero();
            }
            house.assertNothingChanged();
            table.row(
                    8,
                    "malformed arrival messages: no number, no JSON, truncated JSON, bytes that are not UTF-8",
                    malformed.size(),
                    cups(house),
                    "no brew, no crash");

            int same = 2000;
            for (int i = 0; i < same; i++) {
                thief.publishQos0("home/car/approach", APPROACH.formatted("stolen"));
            }
            assertThat(thief.isConnected()).isTrue();
            house.assertOwnerObeyed();
            ShippedSystem.awaitCondition(house.coffee(), () -> cups(house) == 1);
            ShippedSystem.awaitCondition(
                    house.coffee(),
                    () -> house.monitor().lastReceived("home/coffee/phase").equals("done"));
            ShippedSystem.awaitCondition(
                    house.coffee(),
                    () -> house.monitor().lastReceived("home/coffee/phase").equals("idle"));
            assertThat(thief.publish("home/car/approach", APPROACH.formatted("stolen"), false))
                    .isZero();
            house.assertOwnerObeyed();
            assertThat(cups(house)).isEqualTo(1);
            table.row(6, "announce the same trip again and again", same, cups(house), "one cup per trip");

            int others = 1000;
            for (int i = 0; i < others; i++) {
                thief.publishQos0("home/car/approach", APPROACH.formatted("forged-" + i));
            }
            assertThat(thief.isConnected()).isTrue();
            house.assertOwnerObeyed();
            ShippedSystem.awaitCondition(house.coffee(), () -> cups(house) == PER_DAY);
            ShippedSystem.awaitCondition(
                    house.coffee(),
                    () -> house.monitor().lastReceived("home/coffee/phase").equals("locked"));
            for (int i = 0; i < others; i++) {
                thief.publishQos0("home/car/approach", APPROACH.formatted("later-" + i));
            }
            assertThat(thief.isConnected()).isTrue();
            house.assertOwnerObeyed();
            assertThat(cups(house)).isEqualTo(PER_DAY);
            assertThat(house.monitor().received("home/airco/status")).containsOnly("online");
            table.row(
                    7,
                    "announce invented trips, each with a new id",
                    2 * others,
                    cups(house) - 1,
                    "`coffee.per-day` limits the cups: here it is 2, and row 6 used 1; none in quiet hours");
        }
        table.assertUpToDate();
    }

    private static int cups(ShippedSystem house) throws IOException {
        return (int) house.coffeeBoard().changes(ShippedSystem.MACHINE, 0).stream()
                .filter(OutputChange::on)
                .count();
    }

    private static List<byte[]> malformed() {
        List<byte[]> all = new ArrayList<>();
        for (String text : List.of(
                "",
                "coming",
                "NaN",
                "null",
                "{}",
                "[]",
                "{\"trip\":\"a\"}",
                "{\"trip\":\"a\",\"eta_s\":NaN}",
                "{\"trip\":\"a\",\"eta_s\":\"NaN\"}",
                "{\"trip\":\"a\",\"eta_s\":1e999}",
                "{\"trip\":\"a\",\"eta_s\":null}",
                "{\"trip\":\"a\",\"eta_s\":-5}",
                "{\"trip\":\"a\",\"eta_s\":40}garbage",
                "{\"trip\":\"a\",\"eta_s\":40,\"eta_s\":41}",
                "{\"trip\":\"a\",\"eta_s\":040}",
                "{trip:'a',eta_s:40}",
                "\uFEFF{\"trip\":\"a\",\"eta_s\":40}",
                "{\"trip\":\"" + "a".repeat(4500) + "\",\"eta_s\":40}",
                "[".repeat(4500))) {
            all.add(text.getBytes(UTF_8));
        }
        all.add(new byte[] {'{', (byte) 0xC3, (byte) 0x28, '}'});
        all.add(new byte[] {0, 1, 2, (byte) 0xFF});
        return all;
    }
}

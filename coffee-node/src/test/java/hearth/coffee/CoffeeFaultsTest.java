package hearth.coffee;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.mqtt.CommandClient;
import hearth.testkit.MockBoard;
import hearth.testkit.MockBoard.OutputChange;
import hearth.testkit.NodeProcess;
import hearth.testkit.bus.Mosquitto;
import hearth.testkit.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A power cut in the middle of a brew: a real process, a real broker. */
@Tag("broker")
@Timeout(180)
class CoffeeFaultsTest {

    private static final int MACHINE = 22;

    @TempDir
    Path folder;

    private Mosquitto broker;
    private CommandClient owner;
    private NodeProcess coffee;

    @BeforeEach
    void start() throws Exception {
        broker = Mosquitto.in(Files.createDirectory(folder.resolve("broker")));
        owner = new CommandClient(broker);
        assertThat(owner.messages("coffee/result")).isEmpty();
        assertThat(owner.messages("coffee/brewed")).isEmpty();
        coffee = startNode();
    }

    @AfterEach
    void end() {
        coffee.close();
        owner.close();
        broker.close();
    }

    @Test
    @Fault("C7")
    void aBrewByCommandInterruptedByAPowerCutIsReportedAndNotStartedAgain() throws Exception {
        String command = "{\"id\":\"mine\",\"value\":\"PRESS\"}";
        owner.command("coffee/brew/set", command);
        awaitBrew(1);

        restart();

        coffee.awaitCondition(() -> owner.last("coffee/result").contains("interrupted"));
        assertThat(owner.last("coffee/result")).contains("\"id\":\"mine\"", "rejected");
        owner.command("coffee/brew/set", command);
        assertIdleAndBrewsForAnotherCommand();
    }

    @Test
    @Fault("C7")
    void aBrewForACarInterruptedByAPowerCutIsReportedAndNotStartedAgain() throws Exception {
        owner.publishState("car/approach", "{\"trip\":\"trip-1\",\"eta_s\":60}");
        awaitBrew(1);

        restart(); // The car's approach is still retained by the broker.

        owner.publishState("car/approach", "{\"trip\":\"trip-1\",\"eta_s\":30}");
        assertIdleAndBrewsForAnotherCommand();
    }

    private void restart() throws Exception {
        coffee.kill();
        int before = board().changes().size();
        coffee = startNode();
        coffee.awaitCondition(() -> board().changes(MACHINE, before).size() == 1);
        assertThat(board().changes(MACHINE, before).get(0).on()).isFalse();
        coffee.awaitCondition(() -> owner.last("coffee/phase").equals("interrupted"));
    }

    /** After the interrupted brew only another command starts a brew. */
    private void assertIdleAndBrewsForAnotherCommand() throws Exception {
        coffee.awaitCondition(() -> owner.last("coffee/phase").equals("idle"));
        assertThat(board().level(MACHINE)).isEqualTo("0");
        assertThat(owner.messages("coffee/brewed")).isEmpty();

        owner.command("coffee/brew/set", "{\"id\":\"another\",\"value\":\"PRESS\"}");

        awaitBrew(2);
        assertThat(board().level(MACHINE)).isEqualTo("1"); // The level is written before the change is logged.
    }

    /** Waits for the log of the pin: a kill between level and log would lose a change. @param number since the first start */
    private void awaitBrew(int number) throws IOException {
        coffee.awaitCondition(() ->
                board().changes(MACHINE, 0).stream().filter(OutputChange::on).count() == number);
    }

    /** No faster: state that is not saved within 30 s of simulated time ends the brew, and disks are slow at times. */
    private NodeProcess startNode() throws IOException {
        Path config = Files.writeString(folder.resolve("coffee.conf"), """
                node.name = coffee
                broker.urls = %s
                coffee.gpio = %d
                coffee.brew-time = 1m
                coffee.keep-warm = 0s
                coffee.lock-out = 2m
                """.formatted(broker.url(), MACHINE));
        NodeProcess program = NodeProcess.start(
                Files.createTempFile(folder, "output", ".log"),
                CoffeeNode.class,
                "--config",
                config.toString(),
                "--mock",
                board().folder().toString(),
                "--speed",
                "6");
        program.awaitCondition(() -> owner.last("coffee/status").equals("online"));
        return program;
    }

    private MockBoard board() {
        return new MockBoard(folder.resolve("board"));
    }
}

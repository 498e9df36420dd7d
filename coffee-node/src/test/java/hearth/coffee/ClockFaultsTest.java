package hearth.coffee;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.hal.mock.MockHal;
import hearth.common.message.CommonTopics;
import hearth.common.mqtt.Bus;
import hearth.common.mqtt.Incoming;
import hearth.common.mqtt.MemoryBroker;
import hearth.common.runtime.NodeAssembly;
import hearth.common.runtime.NodePlatform;
import hearth.common.runtime.NodeStorage;
import hearth.common.runtime.WallClock;
import hearth.common.value.TimeScale;
import hearth.testkit.TestNodes;
import hearth.testkit.VirtualTimers;
import hearth.testkit.fault.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A whole coffee node with a clock that is not synchronised, or that changes to summer time. */
class ClockFaultsTest {

    private static final ZoneId AMSTERDAM = ZoneId.of("Europe/Amsterdam");

    @TempDir
    Path folder;

    private VirtualTimers timers = new VirtualTimers(Instant.EPOCH);
    private MemoryBroker broker = new MemoryBroker(timers.clock(), TimeScale.REAL_TIME, timers.worker("broker"));

    @Test
    @Fault("D2")
    void withoutASynchronisedClockItBrewsAndPublishesThatQuietHoursDoNotApply() throws IOException {
        startClock("2030-01-01T23:00:00Z");
        Path synchronised = folder.resolve("synchronized");
        start(WallClock.synchronisedBy(synchronised, timers.clock().withZone(ZoneOffset.UTC)), "22:00-06:30");
        assertThat(published("fault")).isEqualTo("clock-unsynced");

        press("a", 60);
        assertThat(published("phase")).isEqualTo("brewing");
        advance("1h");
        assertThat(published("phase")).isEqualTo("idle");
        assertThat(published("fault")).as("still published").isEqualTo("clock-unsynced");

        Files.createFile(synchronised);
        advance("31s");
        assertThat(published("fault")).isEqualTo("none");
        press("b", 60);
        assertThat(published("phase")).as("it is midnight").isEqualTo("idle");
    }

    @Test
    @Fault("D2")
    void anExpiredCommandIsTooLateWhateverTheClockShows() {
        startClock("1970-01-01T00:00:00Z"); // The time at the start of a board without a battery-backed clock.
        start(Optional::empty, "22:00-06:30");

        press("late", 0);
        assertThat(published("phase")).isEqualTo("idle");

        press("punctual", 1);
        assertThat(published("phase")).isEqualTo("brewing");
    }

    @ParameterizedTest(name = "{0}, quiet {1}: {2}")
    @CsvSource({
        // An ordinary night, the night that is an hour shorter, the night that is an hour longer.
        "2030-03-30T05:29:00Z, 22:00-06:30, idle",
        "2030-03-30T05:30:00Z, 22:00-06:30, brewing",
        "2030-03-31T04:29:00Z, 22:00-06:30, idle",
        "2030-03-31T04:30:00Z, 22:00-06:30, brewing",
        "2030-10-27T05:29:00Z, 22:00-06:30, idle",
        "2030-10-27T05:30:00Z, 22:00-06:30, brewing",
        // The hour that does not exist: from 02:00 to 03:00.
        "2030-03-31T00:59:00Z, 22:00-02:30, idle",
        "2030-03-31T01:00:00Z, 22:00-02:30, brewing",
        // The hour that comes twice: 02:15 and 02:45, each two times.
        "2030-10-27T00:15:00Z, 22:00-02:30, idle",
        "2030-10-27T00:45:00Z, 22:00-02:30, brewing",
        "2030-10-27T01:15:00Z, 22:00-02:30, idle",
        "2030-10-27T01:45:00Z, 22:00-02:30, brewing"
    })
    @Fault("D4")
    void quietHoursFollowTheLocalTime(String time, String quiet, String phase) {
        startClock(time);
        start(WallClock.simulated(timers.clock(), AMSTERDAM), quiet);

        press("a", 60);

        assertThat(published("phase")).isEqualTo(phase);
    }

    @Test
    @Fault("D4")
    void inTheRepeatedHourOfAutumnATripGetsOneCup() throws IOException {
        startClock("2030-10-26T23:30:00Z");
        start(WallClock.simulated(timers.clock(), AMSTERDAM), "03:00-06:30");

        for (int minute = 0; minute < 150; minute++) {
            int etaS = Math.max(60, 600 - 60 * minute);
            send("car/approach", "{\"trip\":\"trip-1\",\"eta_s\":" + etaS + "}", true, 600);
            advance("60s");
        }

        assertThat(Files.readAllLines(folder.resolve("gpio.log")).stream().filter(line -> line.endsWith(" 22 1")))
                .hasSize(1);
    }

    private void startClock(String instant) {
        timers = new VirtualTimers(Instant.parse(instant));
        broker = new MemoryBroker(timers.clock(), TimeScale.REAL_TIME, timers.worker("broker"));
    }

    private void start(WallClock wallClock, String quietHours) {
        VirtualTimers.Machine machine = timers.machine(Duration.ZERO);
        Bus bus = broker.bus("coffee", CommonTopics.STATUS.of("home", "coffee"));
        NodePlatform platform = TestNodes.platform(
                new MockHal(folder, machine.clock()), bus, machine, wallClock, NodeStorage.in(folder), "boot");
        var configured = TestNodes.configured(
                new CoffeeNode(), "coffee", "coffee.gpio = 22", "coffee.quiet-hours = " + quietHours);
        machine.run(NodeAssembly.of(configured, platform).node());
        bus.connect(Duration.ZERO);
        broker.plugIn("coffee");
        advance("1s");
    }

    private void press(String id, long leftS) {
        send("coffee/brew/set", "{\"id\":\"" + id + "\",\"value\":\"PRESS\"}", false, leftS);
        advance("1s");
    }

    private void send(String topic, String payload, boolean retained, long leftS) {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        broker.publish(new Incoming("home/" + topic, bytes, retained, 600, leftS), 1);
    }

    private String published(String topic) {
        return broker.stored("home/coffee/" + topic)
                .map(message -> new String(message.payload(), StandardCharsets.UTF_8))
                .orElse("nothing");
    }

    private void advance(String time) {
        timers.advance(Duration.parse("PT" + time));
    }
}

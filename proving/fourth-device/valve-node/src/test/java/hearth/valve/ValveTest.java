package hearth.valve;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.core.EffectReport.DriveFailed;
import hearth.common.message.Command;
import hearth.common.message.Command.Press;
import hearth.common.message.CommonTopics;
import hearth.testkit.ControllerScenario;
import hearth.testkit.TestNodes;
import hearth.valve.Valve.Soil;
import hearth.valve.ValveInput.ClockRead;
import hearth.valve.ValveInput.CloseRequested;
import hearth.valve.ValveInput.MoistureRead;
import hearth.valve.ValveInput.OpenRequested;
import hearth.valve.ValveInput.Reported;
import java.time.Instant;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;

class ValveTest {

    private static final OpenRequested OPEN =
            new OpenRequested(new Command<>("open/set", "", Press.PRESS, Instant.MAX));
    private static final CloseRequested CLOSE =
            new CloseRequested(new Command<>("close/set", "", Press.PRESS, Instant.MAX));

    @Test
    void itClosesAfterItsTime() {
        assertThat(valve().at("1m", OPEN).until("1h").switchings()).isEqualTo("valve off@0s valve on@1m valve off@21m");
    }

    @Test
    void itClosesOnCommand() {
        assertThat(valve().at("1m", OPEN).at("5m", CLOSE).until("1h").switchings())
                .isEqualTo("valve off@0s valve on@1m valve off@5m");
    }

    @Test
    void itClosesWhenTheSoilIsWetAndDoesNotOpenThen() {
        var valve = valve("valve.moisture.gpio = 5").at("10s", new MoistureRead(false));

        valve.at("1m", OPEN).at("5m", new MoistureRead(true)).at("6m", OPEN).until("1h");

        assertThat(valve.switchings()).isEqualTo("valve off@0s valve on@1m valve off@5m");
        assertThat(valve.latest(ValveTopics.SOIL)).isEqualTo(Soil.WET);
    }

    @Test
    void itDoesNotOpenBeforeTheContactWasRead() {
        assertThat(valve("valve.moisture.gpio = 5").at("1s", OPEN).until("1h").switchings())
                .isEqualTo("valve off@0s");
    }

    @Test
    void itOpensOncePerDayAtItsTime() {
        var valve = valve("valve.opens-at = 06:30")
                .at("1m", new ClockRead(LocalTime.of(6, 29)))
                .at("2m", new ClockRead(LocalTime.of(6, 30)))
                .at("3m", new ClockRead(LocalTime.of(6, 31)));

        assertThat(valve.until("1h").switchings()).isEqualTo("valve off@0s valve on@2m valve off@22m");
    }

    @Test
    void aRelayThatDoesNotSwitchIsAFaultForTenMinutes() {
        var valve = valve().at("1m", OPEN).at("1m", new Reported(new DriveFailed("valve", "line busy")));

        assertThat(valve.latest(CommonTopics.FAULT)).isEqualTo("relay-valve");
        assertThat(valve.until("12m").latest(CommonTopics.FAULT)).isEqualTo("none");
    }

    private static ControllerScenario<ValveState, ValveInput> valve(String... more) {
        return ControllerScenario.of(new Valve(settings(more)), Reported::new);
    }

    static ValveSettings settings(String... more) {
        return TestNodes.read(ValveSettings::read, "valve.gpio = 22\n" + String.join("\n", more));
    }
}

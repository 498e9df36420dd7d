package hearth.simulator.plant;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CoffeeMachineTest {

    private final CoffeeMachine machine = new CoffeeMachine();

    @Test
    void afterAColdStartTheCoffeeIsReadyInAboutFiveMinutes() {
        int seconds = 0;
        while (!machine.ready()) {
            machine.advance(Duration.ofSeconds(1), true);
            seconds++;
        }

        assertThat(seconds).isBetween(270, 330);
    }

    @Test
    void aMachineSwitchedOffTooEarlyNeverHasCoffeeReady() {
        machine.advance(Duration.ofMinutes(4), true);
        machine.advance(Duration.ofHours(5), false);

        assertThat(machine.ready()).isFalse();
        assertThat(machine.waterC()).isLessThan(25);
    }

    @Test
    void theTimeSinceTheCoffeeIsReadyIsCounted() {
        machine.advance(Duration.ofMinutes(6), true);
        Duration before = machine.readyFor();
        machine.advance(Duration.ofMinutes(3), false);

        assertThat(machine.ready()).isTrue();
        assertThat(machine.readyFor()).isEqualTo(before.plusMinutes(3));
    }

    @Test
    void theNextCupStartsFromColdWater() {
        machine.advance(Duration.ofMinutes(6), true);

        machine.takeCup();

        assertThat(machine.ready()).isFalse();
        assertThat(machine.readyFor()).isZero();
        assertThat(machine.waterC()).isEqualTo(20);
    }
}

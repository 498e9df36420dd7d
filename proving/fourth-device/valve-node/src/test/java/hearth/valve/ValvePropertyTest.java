package hearth.valve;

import hearth.common.core.Controller;
import hearth.common.core.Decision;
import hearth.common.core.Effect;
import hearth.common.core.EffectReport;
import hearth.common.message.Command;
import hearth.common.message.Command.Press;
import hearth.testkit.ControllerPropertyTest;
import hearth.valve.Valve.Soil;
import hearth.valve.ValveInput.ClockRead;
import hearth.valve.ValveInput.CloseRequested;
import hearth.valve.ValveInput.MoistureRead;
import hearth.valve.ValveInput.OpenRequested;
import hearth.valve.ValveInput.Reported;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Random;
import java.util.function.Function;

class ValvePropertyTest extends ControllerPropertyTest<ValveState, ValveInput> {

    @Override
    protected Controller<ValveState, ValveInput> controller() {
        return new Valve(ValveTest.settings("valve.moisture.gpio = 5", "valve.opens-at = 06:30"));
    }

    @Override
    protected Function<EffectReport, ValveInput> toInput() {
        return Reported::new;
    }

    @Override
    protected Duration maxOnTime() {
        return Duration.ofMinutes(20);
    }

    @Override
    protected ValveInput randomInput(Random random, Instant now) {
        String id = random.nextBoolean() ? "" : "id" + random.nextInt(100);
        Instant goodUntil = random.nextInt(10) == 0 ? now : now.plusSeconds(60);
        return switch (random.nextInt(5)) {
            case 0, 1 -> new OpenRequested(new Command<>("open/set", id, Press.PRESS, goodUntil));
            case 2 -> new CloseRequested(new Command<>("close/set", id, Press.PRESS, goodUntil));
            case 3 -> new MoistureRead(random.nextInt(4) == 0);
            default -> new ClockRead(LocalTime.ofSecondOfDay(random.nextInt(86_400)));
        };
    }

    @Override
    protected void check(ValveState state, Decision<ValveState> decision, Instant now, String where) {
        boolean on = decision.effects().contains(new Effect.Drive(Valve.OUTPUT, true));
        require(!on || decision.state().soil() == Soil.DRY, "the valve is open only while the soil is dry", where);
    }
}

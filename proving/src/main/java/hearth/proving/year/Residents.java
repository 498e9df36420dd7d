package hearth.proving.year;

import java.time.Duration;
import java.util.Random;

/** The residents: they set the thermostat, open windows, go on holiday, order coffee, and reset faults. */
final class Residents {

    private static final String[] WINTER = {"19.0", "20.0", "20.5", "21.0", "22.0"};
    private static final String[] SUMMER = {"20.0", "21.0", "22.0", "23.0", "24.0"};
    private static final int YEAR = 365;
    private static final int WINTER_HOLIDAY = 38;
    private static final int WINTER_HOLIDAY_ENDS = 47;
    private static final int SUMMER_HOLIDAY = 198;
    private static final int SUMMER_HOLIDAY_ENDS = 208;
    private static final long COMMAND_EXPIRY_S = 60;

    private final SimulationContext simulation;
    private final YearHouse house;
    private final Random random;
    private long commands;

    Residents(SimulationContext simulation, YearHouse houseModel) {
        this.simulation = simulation;
        this.house = houseModel;
        this.random = simulation.randomFor("people");
    }

    /** Schedules the day that begins now. @param day counted from 1 January, the start */
    void plan(int day) {
        int ofYear = day % YEAR;
        boolean winterAway = ofYear >= WINTER_HOLIDAY && ofYear < WINTER_HOLIDAY_ENDS;
        boolean summerAway = ofYear >= SUMMER_HOLIDAY && ofYear < SUMMER_HOLIDAY_ENDS;
        schedule(hours(20), 30, this::resetLatchedFaults);
        if (winterAway) {
            schedule(hours(9), 60, () -> sendCommand("airco/mode/set", "off"));
            return;
        }
        if (summerAway) {
            schedule(hours(9), 60, () -> sendCommand("airco/preset/set", "away"));
            return;
        }
        schedule(hours(6), 40, () -> sendCommand("airco/preset/set", "home"));
        schedule(hours(6), 50, () -> sendCommand("airco/mode/set", random.nextInt(40) == 0 ? "heat" : "heat_cool"));
        if (random.nextInt(6) == 0) {
            boolean warm = ofYear > 120 && ofYear < 270;
            String[] targets = warm ? SUMMER : WINTER;
            schedule(hours(7), 900, () -> sendCommand("airco/target/set", targets[random.nextInt(targets.length)]));
        }
        if (random.nextInt(5) == 0) {
            schedule(hours(8), 700, this::openWindow);
        }
        if (random.nextInt(2) == 0) {
            schedule(hours(6), 180, () -> sendCommand("coffee/brew/set", "PRESS"));
        }
        if (random.nextInt(25) == 0) {
            schedule(hours(8), 800, () -> sendCommand("coffee/cancel/set", "PRESS"));
        }
    }

    /** Sends a command without or with an id; some with an id are sent twice, as a phone does without an answer. */
    private void sendCommand(String topic, String value) {
        if (random.nextInt(3) == 0) {
            simulation.publish(topic, value, false, random.nextBoolean() ? COMMAND_EXPIRY_S : -1);
            return;
        }
        String json = "{\"id\":\"phone-" + ++commands + "\",\"value\":" + quoted(value) + "}";
        simulation.publish(topic, json, false, COMMAND_EXPIRY_S);
        if (random.nextInt(5) == 0) {
            simulation.after(
                    Duration.ofSeconds(1 + random.nextInt(30)),
                    () -> simulation.publish(topic, json, false, COMMAND_EXPIRY_S));
        }
    }

    private static String quoted(String value) {
        return Character.isDigit(value.charAt(0)) ? value : '"' + value + '"';
    }

    private void openWindow() {
        house.advanceTo(simulation.elapsed());
        house.window(true);
        simulation.recordFault("window open", "");
        simulation.after(Duration.ofMinutes(5 + random.nextInt(40)), () -> {
            house.advanceTo(simulation.elapsed());
            house.window(false);
        });
    }

    private void resetLatchedFaults() {
        for (String node : new String[] {"airco", "coffee", "car", "sensor"}) {
            String fault = simulation.retained(node + "/fault");
            if (fault.equals("no-response-latched") || fault.equals("state-lost")) {
                sendCommand(node + "/reset/set", "PRESS");
            }
        }
    }

    private void schedule(Duration time, int withinMinutes, Runnable task) {
        simulation.after(time.plusSeconds(random.nextInt(withinMinutes * 60)), task);
    }

    private static Duration hours(int hour) {
        return Duration.ofHours(hour);
    }
}

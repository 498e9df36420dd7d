package hearth.proving.year;

import java.time.Duration;
import java.util.Random;

/** Who lives there: sets the thermostat, opens windows, goes on holiday, asks for coffee, and looks after faults. */
final class People {

    private static final String[] WINTER = {"19.0", "20.0", "20.5", "21.0", "22.0"};
    private static final String[] SUMMER = {"20.0", "21.0", "22.0", "23.0", "24.0"};
    private static final int YEAR = 365;
    private static final int WINTER_HOLIDAY = 38;
    private static final int WINTER_HOLIDAY_ENDS = 47;
    private static final int SUMMER_HOLIDAY = 198;
    private static final int SUMMER_HOLIDAY_ENDS = 208;
    private static final long COMMAND_LIVES_S = 60;

    private final World world;
    private final Household household;
    private final Random random;
    private long commands;

    People(World world, Household household) {
        this.world = world;
        this.household = household;
        this.random = world.chance("people");
    }

    /** Plans the day that begins now. @param day since the begin, a 1st of January */
    void plan(int day) {
        int ofYear = day % YEAR;
        boolean winterAway = ofYear >= WINTER_HOLIDAY && ofYear < WINTER_HOLIDAY_ENDS;
        boolean summerAway = ofYear >= SUMMER_HOLIDAY && ofYear < SUMMER_HOLIDAY_ENDS;
        at(hours(20), 30, this::lookAfterFaults);
        if (winterAway) {
            at(hours(9), 60, () -> set("airco/mode/set", "off"));
            return;
        }
        if (summerAway) {
            at(hours(9), 60, () -> set("airco/preset/set", "away"));
            return;
        }
        at(hours(6), 40, () -> set("airco/preset/set", "home"));
        at(hours(6), 50, () -> set("airco/mode/set", random.nextInt(40) == 0 ? "heat" : "heat_cool"));
        if (random.nextInt(6) == 0) {
            boolean warm = ofYear > 120 && ofYear < 270;
            String[] wishes = warm ? SUMMER : WINTER;
            at(hours(7), 900, () -> set("airco/target/set", wishes[random.nextInt(wishes.length)]));
        }
        if (random.nextInt(5) == 0) {
            at(hours(8), 700, this::airTheRoom);
        }
        if (random.nextInt(2) == 0) {
            at(hours(6), 180, () -> set("coffee/brew/set", "PRESS"));
        }
        if (random.nextInt(25) == 0) {
            at(hours(8), 800, () -> set("coffee/cancel/set", "PRESS"));
        }
    }

    /** A command, now plain, now with an id, and then perhaps once more, as a telephone does that heard no answer. */
    private void set(String topic, String value) {
        if (random.nextInt(3) == 0) {
            world.publish(topic, value, false, random.nextBoolean() ? COMMAND_LIVES_S : -1);
            return;
        }
        String json = "{\"id\":\"phone-" + ++commands + "\",\"value\":" + quoted(value) + "}";
        world.publish(topic, json, false, COMMAND_LIVES_S);
        if (random.nextInt(5) == 0) {
            world.after(
                    Duration.ofSeconds(1 + random.nextInt(30)),
                    () -> world.publish(topic, json, false, COMMAND_LIVES_S));
        }
    }

    private static String quoted(String value) {
        return Character.isDigit(value.charAt(0)) ? value : '"' + value + '"';
    }

    private void airTheRoom() {
        household.pass(world.age());
        household.window(true);
        world.mishap("window open", "");
        world.after(Duration.ofMinutes(5 + random.nextInt(40)), () -> {
            household.pass(world.age());
            household.window(false);
        });
    }

    private void lookAfterFaults() {
        for (String node : new String[] {"airco", "coffee", "car", "sensor"}) {
            String fault = world.stored(node + "/fault");
            if (fault.equals("no-response-latched") || fault.equals("state-lost")) {
                set(node + "/reset/set", "PRESS");
            }
        }
    }

    private void at(Duration time, int withinMinutes, Runnable task) {
        world.after(time.plusSeconds(random.nextInt(withinMinutes * 60)), task);
    }

    private static Duration hours(int hour) {
        return Duration.ofHours(hour);
    }
}

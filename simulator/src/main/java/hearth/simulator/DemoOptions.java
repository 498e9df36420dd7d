package hearth.simulator;

import hearth.common.settings.BadSettings;
import hearth.common.value.TimeScale;
import hearth.simulator.page.PageServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the demo is asked for.
 *
 * @param broker {@code mosquitto}, {@code embedded}, {@code HOST:PORT}, or empty: Mosquitto where it is installed
 * @param folder where everything is kept; none for one that goes with the demo
 * @param pagePort   the port of the page that shows the house; 0 for any that is free
 */
record DemoOptions(
        boolean help, boolean story, TimeScale timeScale, String broker, Optional<Path> folder, int pagePort) {

    static final String HELP = """
            demo: four devices of Hearth in a simulated house, without hardware

            usage: bin/demo [--story] [--speed N] [--broker mosquitto|embedded|HOST:PORT] [--dir DIR]
                       [--page PORT]
                   bin/demo --year …       a year of the house in a minute; see bin/demo --year --help
                   bin/demo --replay FILE  a recorded journal through today's controllers

              --story       without a person: ends as soon as the room was heated from 18 to 20 °C, cooled
                            from 22 to 20 °C, and the coffee was ready when the car came home (exit 0), or
                            after five minutes, saying what did not happen (exit 1)
              --speed N     N times real time, 1 to 240; 60 if not given
              --broker …    mosquitto, or embedded: a HiveMQ of its own, 100 MB to fetch the first time, or
                            one that runs already; if not given mosquitto where it is installed, else embedded
              --dir DIR     keep settings, logs and the mock hardware in DIR: DIR/airco/gpio/17 is the
                            heating relay, DIR/airco.log what the airco said
              --page PORT   where the page is that shows the house, on this machine only; 4327 if not given,
                            and another if that is taken; 0 for any

            Ctrl-C ends the demo and everything it started.
            """;

    private static final int DEFAULT_SPEED = 60;

    /** Faster, and the 30 s that a reading lives are shorter than a laptop's hiccups. */
    private static final int MAX_SPEED = 240;

    /** Slower, and the story, which takes 80 minutes in the house, does not fit in five. */
    private static final int MIN_STORY_SPEED = 20;

    private static final Pattern BROKER_ADDRESS = Pattern.compile("mosquitto|embedded|[^:]+:([0-9]{1,5})");
    private static final int MAX_PORT = 65_535;

    static DemoOptions parse(String... args) throws BadSettings {
        boolean help = false;
        boolean story = false;
        int speed = DEFAULT_SPEED;
        String broker = "";
        Optional<Path> folder = Optional.empty();
        int page = PageServer.DEFAULT_PORT;
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--help" -> help = true;
                case "--story" -> story = true;
                case "--speed" -> speed = speed(value(args, ++i));
                case "--broker" -> broker = broker(value(args, ++i));
                case "--page" -> page = port(value(args, ++i));
                case "--dir" -> folder = Optional.of(Path.of(value(args, ++i)).toAbsolutePath());
                default -> throw badOption(args[i] + ": no such option; see bin/demo --help");
            }
        }
        if (story && speed < MIN_STORY_SPEED) {
            throw badOption(
                    "--speed " + speed + ": the story needs " + MIN_STORY_SPEED + " or more to fit in five minutes");
        }
        return new DemoOptions(help, story, new TimeScale(speed), broker, folder, page);
    }

    private static String value(String[] args, int i) throws BadSettings {
        if (i >= args.length) {
            throw badOption(args[i - 1] + ": expected a value behind it; see bin/demo --help");
        }
        return args[i];
    }

    private static int speed(String text) throws BadSettings {
        if (text.matches("[0-9]{1,3}")) {
            int speed = Integer.parseInt(text);
            if (speed >= 1 && speed <= MAX_SPEED) {
                return speed;
            }
        }
        throw badOption("--speed " + text + ": expected a whole number from 1 to " + MAX_SPEED);
    }

    private static int port(String text) throws BadSettings {
        if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= MAX_PORT) {
            return Integer.parseInt(text);
        }
        throw badOption("--page " + text + ": expected a port, from 0 to " + MAX_PORT);
    }

    private static String broker(String text) throws BadSettings {
        Matcher matcher = BROKER_ADDRESS.matcher(text);
        if (!matcher.matches() || (matcher.group(1) != null && Integer.parseInt(matcher.group(1)) > MAX_PORT)) {
            throw badOption("--broker " + text + ": expected mosquitto, embedded, or HOST:PORT of one that runs");
        }
        return text;
    }

    private static BadSettings badOption(String problem) {
        return new BadSettings(List.of(problem));
    }
}

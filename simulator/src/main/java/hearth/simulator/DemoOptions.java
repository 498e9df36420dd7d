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
 * The command line options of the demo.
 *
 * @param broker   {@code mosquitto}, {@code embedded}, {@code HOST:PORT}, or empty: Mosquitto if it is installed
 * @param folder   for all files; without it a temporary folder that is deleted at the end
 * @param pagePort the port of the page; 0 for any free port
 */
record DemoOptions(
        boolean help, boolean story, TimeScale timeScale, String broker, Optional<Path> folder, int pagePort) {

    static final String HELP = """
            demo: four Hearth nodes in a simulated house, without hardware

            usage: bin/demo [--story] [--speed N] [--broker mosquitto|embedded|HOST:PORT] [--dir DIR]
                       [--page PORT]
                   bin/demo --year …       simulates a year in a minute; see bin/demo --year --help
                   bin/demo --replay FILE  sends a recorded journal through the present controllers

              --story       runs without input and ends when the room was heated from 18 to 20 °C, cooled
                            from 22 to 20 °C, and the coffee was ready when the car came home (exit 0); or
                            after five minutes, and prints what did not happen (exit 1)
              --speed N     N times real time, 1 to 240; default 60, with --story 120
              --broker …    mosquitto; embedded: a HiveMQ that Maven downloads the first time (100 MB); or the
                            HOST:PORT of a running broker. Default: mosquitto if installed, else embedded
              --dir DIR     keeps settings, logs and the mock hardware in DIR, an empty or new folder:
                            DIR/airco/gpio/17 is the heating relay, DIR/airco.log the log of the airco
              --page PORT   port of the page, on this machine only; default 4327, or another if that port is
                            in use; 0 for any free port

            Ctrl-C ends the demo and everything it started.
            """;

    private static final int DEFAULT_SPEED = 60;

    /** Nobody experiments during a story, so it need not be slow enough to watch a relay. */
    private static final int DEFAULT_STORY_SPEED = 120;

    /** At a higher speed the 30 s message expiry of a reading is shorter than a pause of a busy laptop. */
    private static final int MAX_SPEED = 240;

    /** At a lower speed the story, 80 minutes of simulated time, takes longer than its limit of five minutes. */
    private static final int MIN_STORY_SPEED = 20;

    private static final Pattern BROKER_ADDRESS = Pattern.compile("mosquitto|embedded|[^:]+:([0-9]{1,5})");
    private static final int MAX_PORT = 65_535;

    static DemoOptions parse(String... args) throws BadSettings {
        boolean help = false;
        boolean story = false;
        int speed = 0;
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
        if (speed == 0) {
            speed = story ? DEFAULT_STORY_SPEED : DEFAULT_SPEED;
        }
        if (story && speed < MIN_STORY_SPEED) {
            throw badOption(
                    "--speed " + speed + ": the story needs " + MIN_STORY_SPEED + " or more to fit in five minutes");
        }
        return new DemoOptions(help, story, new TimeScale(speed), broker, folder, page);
    }

    private static String value(String[] args, int i) throws BadSettings {
        if (i >= args.length) {
            throw badOption(args[i - 1] + ": requires a value; see bin/demo --help");
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
            throw badOption("--broker " + text + ": expected mosquitto, embedded, or HOST:PORT of a running broker");
        }
        return text;
    }

    private static BadSettings badOption(String problem) {
        return new BadSettings(List.of(problem));
    }
}

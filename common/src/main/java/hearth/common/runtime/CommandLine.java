package hearth.common.runtime;

import hearth.common.settings.BadSettings;
import hearth.common.value.TimeScale;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The parsed command line of a node. @param output the output for {@code relay-test}, otherwise empty */
record CommandLine(Verb verb, String output, Path config, Optional<Path> mock, TimeScale timeScale) {

    enum Verb {
        RUN,
        TRAIN_CDS,
        CHECK,
        INIT,
        RELAY_TEST,
        HELP,
        VERSION
    }

    static CommandLine parse(String program, String... args) throws BadSettings {
        Verb verb = Verb.RUN;
        String output = "";
        Path config = Path.of("/etc/hearth", program.replace("-node", "") + ".conf");
        Optional<Path> mock = Optional.empty();
        Optional<TimeScale> timeScale = Optional.empty();
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--help" -> verb = Verb.HELP;
                case "--version" -> verb = Verb.VERSION;
                case "--check" -> verb = Verb.CHECK;
                case "--rehearse" -> verb = Verb.TRAIN_CDS;
                case "init" -> verb = Verb.INIT;
                case "relay-test" -> {
                    verb = Verb.RELAY_TEST;
                    output = value(args, ++i, "the name of an output");
                }
                case "--config" -> config = Path.of(value(args, ++i, "a settings file"));
                case "--mock" -> mock = Optional.of(Path.of(value(args, ++i, "a folder")));
                case "--speed" -> timeScale = Optional.of(timeScale(value(args, ++i, "a whole number")));
                default -> throw invalid(args[i] + ": no such option; see " + program + " --help");
            }
        }
        if (timeScale.isPresent() && mock.isEmpty()) {
            throw invalid("--speed requires --mock DIR: real hardware runs in real time");
        }
        if (verb == Verb.TRAIN_CDS && mock.isEmpty()) {
            throw invalid("--rehearse requires --mock DIR: it uses no real hardware");
        }
        return new CommandLine(verb, output, config, mock, timeScale.orElse(TimeScale.REAL_TIME));
    }

    static String help(String program, String purpose) {
        return """
                %s: %s

                usage: %s [init | relay-test OUTPUT] [--config FILE] [--mock DIR [--speed N] [--rehearse]]
                       [--check] [--help] [--version]

                  init           ask a few questions and write the settings
                  relay-test OUTPUT
                                 switch one output on for a second, after a confirmation

                  --config FILE settings file, default /etc/hearth/%s.conf
                  --mock DIR use files in DIR instead of hardware: DIR/w1/28-…/w1_slave is the sensor,
                                 DIR/gpio/17 is the level of pin 17, DIR/gpio.log lists each change of an output
                  --speed N      with --mock: run N times as fast as real time
                  --rehearse     with --mock: also load the drivers of real hardware, but do not use them;
                                 train-cds uses this to create the CDS archive, which shortens the start
                  --check        check the settings and the hardware without switching an output, then exit

                Exit: %s; %s;
                %s.
                """.formatted(
                        program,
                        purpose,
                        program,
                        program.replace("-node", ""),
                        ExitStatus.OK,
                        ExitStatus.BAD_SETTINGS,
                        ExitStatus.FAILED);
    }

    private static String value(String[] args, int i, String expected) throws BadSettings {
        if (i >= args.length) {
            throw invalid(args[i - 1] + ": expected " + expected + " after it");
        }
        return args[i];
    }

    private static TimeScale timeScale(String text) throws BadSettings {
        try {
            return new TimeScale(Integer.parseInt(text));
        } catch (IllegalArgumentException e) {
            throw invalid("--speed " + text + ": expected a whole number from 1 to 10000");
        }
    }

    private static BadSettings invalid(String problem) {
        return new BadSettings(List.of(problem));
    }
}

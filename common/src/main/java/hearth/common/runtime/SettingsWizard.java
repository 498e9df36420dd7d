package hearth.common.runtime;

import hearth.common.hal.Hal;
import hearth.common.hal.Inventory;
import hearth.common.hal.Problem;
import hearth.common.settings.BadSettings;
import hearth.common.settings.Setting;
import hearth.common.settings.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Asks for the settings that an owner must decide: those without a default, the address of the broker, the pins, and
 * the sensor if there are several. All other settings keep their value and comment.
 */
final class SettingsWizard<C> {

    private static final String PIN = ".gpio";
    private static final String ACTIVE_LOW = ".active-low";
    private static final String SENSOR = "sensor.address";

    /** Pins of the header without another use; first those without a pull-up while the Pi starts. */
    private static final int[] PREFERRED_PINS = {17, 27, 22, 23, 24, 25, 16, 26, 12, 13, 19, 20, 21, 5, 6};

    private final NodeType<C> nodeType;
    private final Hal hal;
    private final BufferedReader in;
    private final PrintStream out;
    private final Inventory inventory;

    /** Answers by key; before an answer, the value in the file. */
    private final Map<String, String> answers = new LinkedHashMap<>();

    SettingsWizard(NodeType<C> nodeType, Hal hal, BufferedReader in, PrintStream out) {
        this.nodeType = nodeType;
        this.hal = hal;
        this.in = in;
        this.out = out;
        this.inventory = hal.inventory();
    }

    /**
     * Asks until the settings have no errors.
     *
     * @param name name of the file, for error messages
     * @param text content of the file; may be empty
     * @return the new content
     * @throws IOException if the input ends before all questions are answered
     */
    String ask(String name, String text) throws IOException {
        Settings previous = Settings.of(name, text);
        read(previous);
        previous.requestedSettings()
                .forEach(setting -> previous.text(setting.key()).ifPresent(value -> answers.put(setting.key(), value)));
        while (true) {
            for (Setting<?> setting : previous.requestedSettings()) {
                if (isAsked(setting)) {
                    ask(setting);
                }
            }
            String after = written(text, previous.requestedSettings());
            try {
                Settings settings = Settings.of(name, after);
                C value = settings.check(this::read);
                for (Problem problem : hal.problems(nodeType.wiring(value))) {
                    out.println("Note: " + problem.message());
                }
                return after;
            } catch (BadSettings e) {
                out.println();
                e.problems().forEach(out::println);
                out.println("Please answer again; Enter keeps the previous answer.");
            }
        }
    }

    private C read(Settings settings) {
        NodeSettings.read(settings);
        return nodeType.readSettings(settings);
    }

    private boolean isAsked(Setting<?> setting) {
        String key = setting.key();
        if (key.endsWith(ACTIVE_LOW)) {
            String pin = answers.get(key.substring(0, key.length() - ACTIVE_LOW.length()) + PIN);
            return pin != null && !pin.equals("none");
        }
        boolean whichSensor = key.equals(SENSOR) && inventory.sensors().size() > 1;
        return setting.required() || key.endsWith(PIN) || key.equals(NodeSettings.BROKERS.key()) || whichSensor;
    }

    private void ask(Setting<?> setting) throws IOException {
        out.println();
        out.println(capital(setting.description()) + " (" + setting.bounds() + ").");
        if (setting.key().endsWith(PIN)) {
            out.println("Free pins: " + freePins() + ".");
        } else if (setting.key().equals(SENSOR)) {
            out.println("Connected sensors: " + inventory.sensors() + ". To identify one, warm it in your hand and"
                    + " compare the t= values in /sys/bus/w1/devices/*/w1_slave.");
        }
        while (true) {
            String current = answers.getOrDefault(setting.key(), setting.required() ? "" : setting.defaultText());
            out.print(setting.key() + (current.isEmpty() ? "" : " [" + current + "]") + ": ");
            out.flush();
            String line = in.readLine();
            if (line == null) {
                throw new IOException("the input ended at " + setting.key() + ": no settings were written");
            }
            String answer = line.isBlank() ? current : line.strip();
            try {
                setting.parser().parse(answer);
                answers.put(setting.key(), answer);
                return;
            } catch (IllegalArgumentException e) {
                out.println(e.getMessage());
            }
        }
    }

    /** A pin is free if no answer names it and no program on this board uses it. */
    private String freePins() {
        return IntStream.of(PREFERRED_PINS)
                .filter(pin -> !isPinAnswered(pin) && !inventory.pinsInUse().contains(pin))
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(", "));
    }

    private boolean isPinAnswered(int pin) {
        return answers.entrySet().stream()
                .anyMatch(answer ->
                        answer.getKey().endsWith(PIN) && answer.getValue().equals(Integer.toString(pin)));
    }

    /**
     * The file with the answers in the lines of their keys, which may be commented out; missing keys are added at the
     * end.
     */
    private String written(String text, List<Setting<?>> settings) {
        StringBuilder after = new StringBuilder(text);
        for (Setting<?> setting : settings) {
            String answer = answers.get(setting.key());
            if (answer == null) {
                continue;
            }
            String line = setting.key() + " = " + answer;
            Matcher keyLine = Pattern.compile("(?m)^#?[ \\t]*" + Pattern.quote(setting.key()) + "[ \\t]*=.*$")
                    .matcher(after);
            if (keyLine.find()) {
                after.replace(keyLine.start(), keyLine.end(), line);
            } else {
                after.append(after.isEmpty() || after.charAt(after.length() - 1) == '\n' ? "" : "\n");
                after.append("# ")
                        .append(capital(setting.description()))
                        .append(".\n")
                        .append(line)
                        .append('\n');
            }
        }
        return after.toString();
    }

    private static String capital(String sentence) {
        return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
    }
}

package hearth.common.settings;

import java.util.List;

/** Everything wrong with a settings file, one line each: file, line, key, value, what was expected. */
public final class BadSettings extends Exception {

    private static final long serialVersionUID = 1;

    @SuppressWarnings("serial") // Always an immutable list of strings.
    private final List<String> problems;

    public BadSettings(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}

package hearth.common.settings;

import java.util.List;

/** All errors of a settings file, one line each: file, line, key, value, expectation. */
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

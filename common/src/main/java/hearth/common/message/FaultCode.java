package hearth.common.message;

/**
 * A value of the topic {@code fault}, with its meaning and remedy for an owner.
 *
 * @param code    stable, lower case with hyphens
 * @param meaning for {@code docs/troubleshooting.md}, which lists every constant of this type
 * @param remedy  the action that an owner can take
 */
public record FaultCode(String code, String meaning, String remedy) {}

package hearth.common.message;

/**
 * A value of the topic {@code fault}, and what there is to say of it to an owner.
 *
 * @param code   stable, lower case with hyphens
 * @param meaning  what is so, for {@code docs/troubleshooting.md}, which has every constant of this type
 * @param remedy what an owner can do
 */
public record FaultCode(String code, String meaning, String remedy) {}

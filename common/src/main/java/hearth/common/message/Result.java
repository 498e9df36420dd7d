package hearth.common.message;

import java.util.Locale;

/**
 * The result of a command.
 *
 * @param command its topic below the node, such as {@code target/set}
 * @param id      the command's id; empty, and {@code null} on the wire, if it had none
 * @param reason  for people: the cause and the remedy; empty if there is nothing to add
 */
public record Result(String command, String id, Outcome outcome, String reason) {

    /** The outcome of a command; each accepted command has exactly one. */
    public enum Outcome {
        DONE,
        REJECTED,
        EXPIRED,
        SUPERSEDED
    }

    public static final Topic<Result> TOPIC = Topic.announcement(
            "result",
            1,
            PayloadCodec.fields(
                    result -> Payload.Fields.of(
                            "command",
                            result.command,
                            "id",
                            result.id.isEmpty() ? Payload.JSON_NULL : result.id,
                            "outcome",
                            result.outcome.name().toLowerCase(Locale.ROOT),
                            "because",
                            result.reason),
                    fields -> {
                        fields.requireOnly("command", "id", "outcome", "because");
                        String id = fields.values().get("id") == Payload.JSON_NULL ? "" : fields.text("id");
                        Outcome outcome =
                                PayloadCodec.oneOf(Outcome.class, '-').read(new Payload.Text(fields.text("outcome")));
                        return new Result(fields.text("command"), id, outcome, fields.text("because"));
                    }),
            "result of a command: `{\"command\":\"target/set\", \"id\":\"a1\", \"outcome\":\"done\", \"because\":\"\"}`; outcome:"
                    + " `done`, `rejected`, `expired` or `superseded`; `because`: the reason, if there is one; `id` is null if"
                    + " the command had none");
}

package hearth.common.core;

import hearth.common.message.Command;
import hearth.common.message.Result.Outcome;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A controller's whole state: a record of the node's own parts and the {@link CommonState}. An input changes it with
 * the methods below, so that every node treats commands in the same way:
 *
 * <ul>
 *   <li>a repeated id changes nothing; it is rejected if its first command had another content,
 *   <li>a command past its expiry gets the result {@code expired} and changes nothing else,
 *   <li>any other command is logged, so that its repeat is recognised, and the given change is made.
 * </ul>
 *
 * <pre>{@code
 * record TargetSet(Command<Celsius> command) implements ThermostatInput {
 *     public ThermostatState applyTo(ThermostatState state, Instant now, ThermostatSettings settings) {
 *         return state.apply(command, now, accepted -> accepted.withTarget(command.value()));
 *     }
 * }
 * }</pre>
 *
 * @param <S> the record itself
 */
public interface NodeState<S extends NodeState<S>> {

    CommonState common();

    S with(CommonState common);

    /** Makes the change and adds the result {@code done}. */
    default S apply(Command<?> command, Instant now, UnaryOperator<S> change) {
        return accept(command, now, accepted -> {
            S changed = change.apply(accepted);
            return changed.with(changed.common().withResult(command, Outcome.DONE, "", now));
        });
    }

    /** Changes nothing and adds the result {@code rejected}. @param reason a sentence for people */
    default S reject(Command<?> command, Instant now, String reason) {
        return accept(
                command,
                now,
                accepted -> accepted.with(accepted.common().withResult(command, Outcome.REJECTED, reason, now)));
    }

    /** Makes the change without a result. The change adds the result itself, or starts work that will add it later. */
    default S accept(Command<?> command, Instant now, UnaryOperator<S> change) {
        CommandLog log = common().commandLog();
        Optional<CommandLog> answered = log.rejectRepeatedOrExpired(command, now);
        return answered.isPresent()
                ? with(common().with(answered.get()))
                : change.apply(with(common().with(log.withCommand(command))));
    }

    /** The command {@code reset/set}: clears the fault {@code state-lost} and what {@code change} clears. */
    default S reset(Command<?> command, Instant now, UnaryOperator<S> change) {
        return apply(command, now, accepted -> {
            S changed = change.apply(accepted);
            return changed.with(changed.common().acknowledged());
        });
    }

    /** The shell reports the outcome of an effect. */
    default S after(EffectReport report) {
        return with(common().after(report));
    }
}

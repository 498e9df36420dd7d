package hearth.common.mqtt;

import hearth.common.message.Command;
import hearth.common.message.Malformed;
import hearth.common.message.Payload;
import hearth.common.message.Topic;
import java.time.Instant;

/** Decides which commands a node accepts. Called on the bus's thread, one command at a time. */
public interface CommandPolicy {

    /** All commands: only the access rights at the broker decide who may send them. */
    CommandPolicy ALLOW_ALL = new CommandPolicy() {
        @Override
        public <T> Command<T> authorize(String fullTopic, Topic<T> topic, Payload payload, Instant latestExpiry)
                throws Malformed {
            return Command.read(topic.name(), topic.codec(), payload, latestExpiry);
        }
    };

    /**
     * @param fullTopic    the complete topic of the command, such as {@code home/airco/target/set}
     * @param latestExpiry the latest possible expiry
     * @throws CommandRefused if the sender is not authorized, or the command is not valid now
     */
    <T> Command<T> authorize(String fullTopic, Topic<T> topic, Payload payload, Instant latestExpiry)
            throws Malformed, CommandRefused;
}

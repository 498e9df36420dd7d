package hearth.common.mqtt;

import hearth.common.message.Command;
import hearth.common.message.Malformed;
import hearth.common.message.Payload;
import hearth.common.message.Topic;
import java.time.Instant;

/** Whose commands a node obeys. Asked on the bus's thread, one command at a time. */
public interface CommandPolicy {

    /** Everybody's: who may say what is the broker's to decide. */
    CommandPolicy ALLOW_ALL = new CommandPolicy() {
        @Override
        public <T> Command<T> authorize(String fullTopic, Topic<T> topic, Payload payload, Instant latestExpiry)
                throws Malformed {
            return Command.read(topic.name(), topic.codec(), payload, latestExpiry);
        }
    };

    /**
     * @param fullTopic     the whole topic it came on, such as {@code home/airco/target/set}
     * @param latestExpiry when it is too old at the latest
     * @throws Refused if nobody who may has sent it, or not now
     */
    <T> Command<T> authorize(String fullTopic, Topic<T> topic, Payload payload, Instant latestExpiry)
            throws Malformed, CommandRefused;
}

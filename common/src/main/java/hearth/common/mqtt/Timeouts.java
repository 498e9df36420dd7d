package hearth.common.mqtt;

import java.time.Duration;

/**
 * The timeouts of a bus, in real time. Only tests use shorter ones than {@link #STANDARD}.
 *
 * @param keepAliveS      whole seconds, as MQTT requires; after twice this time without an answer the connection counts
 *     as lost
 * @param connect         for the answer of TCP, and again for that of MQTT
 * @param online          from the attempt to {@code online}; a slow broker may use it up in a single step
 * @param acknowledgement a message without acknowledgement is sent again over a new connection after one to two times
 *     this duration
 * @param stable          a connection that lasts this long resets the backoff
 * @param afterTakeover   delay before reconnecting after another client with the same client id took over; without it
 *     the two would disconnect each other for ever
 */
record Timeouts(
        int keepAliveS,
        Duration connect,
        Duration online,
        Duration acknowledgement,
        Duration stable,
        Duration afterTakeover) {

    static final Timeouts STANDARD = new Timeouts(
            10,
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(15),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30));

    Timeouts afterTakeover(Duration other) {
        return new Timeouts(keepAliveS, connect, online, acknowledgement, stable, other);
    }
}

package hearth.common.mqtt;

import java.time.Duration;

/**
 * How long a bus waits for what, in real time. Only tests are less patient than {@link #STANDARD}.
 *
 * @param keepAliveS    whole seconds, as MQTT has it: with twice that without an answer the connection is taken for dead
 * @param connect       for TCP's answer, and again for MQTT's
 * @param online    from the attempt to being online; a broker that is so slow may be so for one step only
 * @param acknowledgement       what is not acknowledged after once or twice this is sent again over a new connection
 * @param stable          a connection that lasts this long was a good one
 * @param afterTakeover somebody else has our name: fighting for it would cut both off for ever
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

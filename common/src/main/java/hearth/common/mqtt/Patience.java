package hearth.common.mqtt;

import java.time.Duration;

/**
 * How long a bus waits for what, in real time. Only tests are less patient than {@link #STANDARD}.
 *
 * @param keepAliveS    whole seconds, as MQTT has it: with twice that without an answer the connection is taken for dead
 * @param attempt       for TCP's answer, and again for MQTT's
 * @param toBeOnline    from the attempt to being online; a broker that is so slow may be so for one step only
 * @param answers       what is not acknowledged after once or twice this is sent again over a new connection
 * @param good          a connection that lasts this long was a good one
 * @param afterTakeover somebody else has our name: fighting for it would cut both off for ever
 */
record Patience(
        int keepAliveS,
        Duration attempt,
        Duration toBeOnline,
        Duration answers,
        Duration good,
        Duration afterTakeover) {

    static final Patience STANDARD = new Patience(
            10,
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(15),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30));

    Patience afterTakeover(Duration other) {
        return new Patience(keepAliveS, attempt, toBeOnline, answers, good, other);
    }
}

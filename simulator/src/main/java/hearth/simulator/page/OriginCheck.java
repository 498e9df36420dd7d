package hearth.simulator.page;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Set;

/**
 * Who is let in. Any page in the browser of this machine may try to reach 127.0.0.1, and a name of somebody else's may
 * be made to point here (DNS rebinding); the browser says in Host and Origin what it was asked for.
 *
 * <p>What is no browser says what it likes, but it is a program on this machine, and reaches the broker without us.
 */
final class OriginCheck {

    private final Set<String> hosts;

    /** @param port where we listen, on 127.0.0.1 */
    OriginCheck(int port) {
        this.hosts = Set.of("127.0.0.1:" + port, "localhost:" + port);
    }

    /** True if the request was meant for this machine, by one of the two names it has for itself. */
    boolean isForThisHost(HttpHeaders headers) {
        List<String> host = headers.getAll(HttpHeaderNames.HOST);
        return host.size() == 1 && hosts.contains(host.get(0));
    }

    /** True if our own page asks; a page of somebody else's has another origin. */
    boolean isSameOrigin(HttpHeaders headers) {
        List<String> origin = headers.getAll(HttpHeaderNames.ORIGIN);
        return isForThisHost(headers)
                && origin.size() == 1
                && origin.get(0).equals("http://" + headers.get(HttpHeaderNames.HOST));
    }
}

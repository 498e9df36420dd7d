package hearth.simulator.page;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Set;

/**
 * Rejects requests of other web pages. Any page in a browser on this machine can send requests to 127.0.0.1, and a
 * foreign host name can resolve to 127.0.0.1 (DNS rebinding); the headers Host and Origin show both.
 *
 * <p>Other programs can forge both headers, but they run on this machine and reach the broker directly.
 */
final class OriginCheck {

    private final Set<String> hosts;

    /** @param port the port of this server on 127.0.0.1 */
    OriginCheck(int port) {
        this.hosts = Set.of("127.0.0.1:" + port, "localhost:" + port);
    }

    /** @return true if Host is 127.0.0.1 or localhost, with the port of this server */
    boolean isForThisHost(HttpHeaders headers) {
        List<String> host = headers.getAll(HttpHeaderNames.HOST);
        return host.size() == 1 && hosts.contains(host.get(0));
    }

    /** @return true if the request comes from the page of this server; any other page has another origin */
    boolean isSameOrigin(HttpHeaders headers) {
        List<String> origin = headers.getAll(HttpHeaderNames.ORIGIN);
        return isForThisHost(headers)
                && origin.size() == 1
                && origin.get(0).equals("http://" + headers.get(HttpHeaderNames.HOST));
    }
}

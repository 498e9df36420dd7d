package hearth.simulator.page;

import hearth.simulator.page.PageFiles.PageFile;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Handles the HTTP requests of one browser connection: serves the files, or upgrades to a WebSocket to the broker. */
@SuppressWarnings("FutureReturnValueIgnored") // A failed write means that the browser has disconnected.
final class PageRequestHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

    static final String IDLE_HANDLER = "idle";

    private static final String MQTT = "/mqtt";
    private static final int MAX_FRAME = 64 * 1024;
    private static final int CONNECT_TIMEOUT_MS = 5_000;

    private final PageFiles files;
    private final OriginCheck originCheck;
    private final InetSocketAddress broker;

    PageRequestHandler(PageFiles files, OriginCheck originCheck, InetSocketAddress broker) {
        this.files = files;
        this.originCheck = originCheck;
        this.broker = broker;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext browser, FullHttpRequest request) {
        if (!request.decoderResult().isSuccess()) {
            sendError(browser, request, HttpResponseStatus.BAD_REQUEST, "not HTTP");
        } else if (!originCheck.isForThisHost(request.headers())) {
            sendError(
                    browser,
                    request,
                    HttpResponseStatus.MISDIRECTED_REQUEST,
                    "the host must be 127.0.0.1 or localhost");
        } else if (request.headers().contains(HttpHeaderNames.UPGRADE)) {
            connectToBroker(browser, request);
        } else if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
            sendError(browser, request, HttpResponseStatus.METHOD_NOT_ALLOWED, "only GET and HEAD are allowed");
        } else {
            String path = request.uri().split("[?#]", 2)[0];
            Optional<PageFile> file = files.at(path);
            if (file.isPresent()) {
                send(browser, request, HttpResponseStatus.OK, file.get());
            } else {
                sendError(browser, request, HttpResponseStatus.NOT_FOUND, "no such file");
            }
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext browser, Throwable cause) {
        browser.close(); // The browser disconnected or was idle for too long; it connects again when it needs to.
    }

    /** Connects to the broker before the upgrade, so that the page gets no open WebSocket while the broker is away. */
    private void connectToBroker(ChannelHandlerContext browser, FullHttpRequest request) {
        if (!request.uri().equals(MQTT)) {
            sendError(browser, request, HttpResponseStatus.NOT_FOUND, "WebSockets are served at " + MQTT + " only");
            return;
        }
        if (!originCheck.isSameOrigin(request.headers())) {
            sendError(
                    browser,
                    request,
                    HttpResponseStatus.FORBIDDEN,
                    "only the page of this server may connect to the broker");
            return;
        }
        WebSocketServerHandshaker handshaker = new WebSocketServerHandshakerFactory(
                        "ws://" + request.headers().get(HttpHeaderNames.HOST) + MQTT, "mqtt", false, MAX_FRAME)
                .newHandshaker(request);
        if (handshaker == null) {
            WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(browser.channel());
            return;
        }
        browser.channel().config().setAutoRead(false); // Reads no MQTT before the broker is connected.
        request.retain();
        new Bootstrap()
                .group(browser.channel().eventLoop())
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MS)
                .option(ChannelOption.AUTO_READ, false)
                .handler(new WebSocketBridge.BrokerToBrowser(browser.channel()))
                .connect(InetSocketAddress.createUnresolved(broker.getHostString(), broker.getPort()))
                .addListener((ChannelFutureListener) connected -> {
                    if (connected.isSuccess()) {
                        openWebSocket(browser, request, handshaker, connected.channel());
                    } else {
                        sendError(browser, request, HttpResponseStatus.BAD_GATEWAY, "the broker does not answer");
                        browser.channel().config().setAutoRead(true);
                    }
                    request.release();
                });
    }

    private void openWebSocket(
            ChannelHandlerContext browser,
            FullHttpRequest request,
            WebSocketServerHandshaker handshaker,
            Channel toBroker) {
        browser.pipeline().remove(IDLE_HANDLER); // The keep-alive of MQTT replaces it.
        handshaker.handshake(browser.channel(), request).addListener(upgraded -> {
            if (upgraded.isSuccess()) {
                browser.pipeline().replace(this, "bridge", new WebSocketBridge.BrowserToBroker(handshaker, toBroker));
                browser.channel().config().setAutoRead(true);
                toBroker.config().setAutoRead(true);
            } else {
                toBroker.close();
                browser.close();
            }
        });
    }

    private static void sendError(
            ChannelHandlerContext browser, FullHttpRequest request, HttpResponseStatus status, String why) {
        send(browser, request, status, new PageFile("text/plain", (why + "\n").getBytes(StandardCharsets.UTF_8)));
    }

    private static void send(
            ChannelHandlerContext browser, FullHttpRequest request, HttpResponseStatus status, PageFile file) {
        boolean bodyless = request.method().equals(HttpMethod.HEAD);
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                status,
                bodyless ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(file.content()));
        HttpHeaders headers = response.headers();
        headers.set(HttpHeaderNames.CONTENT_TYPE, file.type());
        headers.setInt(HttpHeaderNames.CONTENT_LENGTH, file.content().length);
        headers.set(HttpHeaderNames.CACHE_CONTROL, "no-cache");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Content-Security-Policy", "frame-ancestors 'none'"); // index.html has the other directives.
        boolean keepOpen = HttpUtil.isKeepAlive(request) && status.equals(HttpResponseStatus.OK);
        if (!keepOpen) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        var written = browser.writeAndFlush(response);
        if (!keepOpen) {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }
}

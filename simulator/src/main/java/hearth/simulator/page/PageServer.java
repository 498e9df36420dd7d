package hearth.simulator.page;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Serves the page to browsers on this machine, and forwards bytes unchanged between their WebSockets and the broker's
 * TCP port. Listens on 127.0.0.1 only, which Mosquitto's WebSocket listener cannot; see {@code docs/adr/0015}. Uses
 * one thread.
 */
public final class PageServer implements AutoCloseable {

    /** The default port of the page: HEAR on the keys of a telephone. */
    public static final int DEFAULT_PORT = 4327;

    private static final int MAX_REQUEST = 8 * 1024;
    private static final int IDLE_TIMEOUT_S = 30;

    private final NioEventLoopGroup loop =
            new NioEventLoopGroup(1, new DefaultThreadFactory("page", true)); // A daemon thread.

    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final int port;

    private PageServer(PageFiles files, int requestedPort, InetSocketAddress broker) throws IOException {
        ServerBootstrap server = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel client) {
                        channels.add(client);
                        OriginCheck originCheck =
                                new OriginCheck(client.localAddress().getPort());
                        client.pipeline()
                                .addLast(new HttpServerCodec())
                                .addLast(new HttpObjectAggregator(MAX_REQUEST))
                                .addLast(
                                        PageRequestHandler.IDLE_HANDLER,
                                        new ReadTimeoutHandler(IDLE_TIMEOUT_S, TimeUnit.SECONDS))
                                .addLast(new PageRequestHandler(files, originCheck, broker));
                    }
                });
        Channel listening = bind(server, requestedPort);
        channels.add(listening);
        this.port = ((InetSocketAddress) listening.localAddress()).getPort();
    }

    /**
     * @param folder the files of the page, which are read now
     * @param port   if it is in use, any free port; 0 for any free port
     * @param broker its name is resolved at each connection
     */
    public static PageServer start(Path folder, int port, InetSocketAddress broker) throws IOException {
        return new PageServer(PageFiles.in(folder), port, broker);
    }

    public String address() {
        return "http://127.0.0.1:" + port + "/";
    }

    @Override
    public void close() {
        channels.close().awaitUninterruptibly();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private static Channel bind(ServerBootstrap server, int requestedPort) throws IOException {
        InetAddress here = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        var first = server.bind(here, requestedPort).awaitUninterruptibly();
        var bound = first.isSuccess() || requestedPort == 0
                ? first
                : server.bind(here, 0).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException("found no free port on 127.0.0.1 for the page", bound.cause());
        }
        return bound.channel();
    }
}

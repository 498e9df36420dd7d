package hearth.simulator.page;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;

/**
 * Forwards bytes unchanged between a WebSocket and the broker's TCP connection, and closes one when the other closes.
 * Stops reading from one while the other cannot take more bytes, so that no queue grows here.
 *
 * <p>Frame boundaries have no meaning for MQTT (MQTT 5, 6.0) and are not kept.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A failed write means that the other end has disconnected.
final class WebSocketBridge {

    private WebSocketBridge() {}

    static final class BrowserToBroker extends SimpleChannelInboundHandler<WebSocketFrame> {
        private final WebSocketServerHandshaker handshaker;
        private final Channel broker;

        BrowserToBroker(WebSocketServerHandshaker handshaker, Channel broker) {
            this.handshaker = handshaker;
            this.broker = broker;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext browser, WebSocketFrame frame) {
            if (frame instanceof BinaryWebSocketFrame || frame instanceof ContinuationWebSocketFrame) {
                broker.writeAndFlush(frame.content().retain());
            } else if (frame instanceof PingWebSocketFrame) {
                browser.writeAndFlush(new PongWebSocketFrame(frame.content().retain()));
            } else if (frame instanceof CloseWebSocketFrame close) {
                handshaker.close(browser.channel(), close.retain());
            } else if (!(frame instanceof PongWebSocketFrame)) {
                browser.close(); // Text: MQTT is binary.
            }
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext browser) {
            broker.config().setAutoRead(browser.channel().isWritable());
        }

        @Override
        public void channelInactive(ChannelHandlerContext browser) {
            broker.close();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext browser, Throwable cause) {
            browser.close(); // Not a valid WebSocket frame, or disconnected. The page reconnects automatically.
        }
    }

    static final class BrokerToBrowser extends ChannelInboundHandlerAdapter {
        private final Channel browser;

        BrokerToBrowser(Channel browser) {
            this.browser = browser;
        }

        @Override
        public void channelRead(ChannelHandlerContext broker, Object bytes) {
            browser.writeAndFlush(new BinaryWebSocketFrame((ByteBuf) bytes));
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext broker) {
            browser.config().setAutoRead(broker.channel().isWritable());
        }

        @Override
        public void channelInactive(ChannelHandlerContext broker) {
            browser.close();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext broker, Throwable cause) {
            broker.close(); // The broker has disconnected; channelInactive then closes the WebSocket of the page.
        }
    }
}

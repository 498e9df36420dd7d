package hearth.common.port;

import java.io.IOException;

/** Work that goes on until a socket is closed, on a thread of its own that keeps no process alive. */
public final class Daemon {

    /** It ends by the first exception: whoever it talked to has gone, or its own side is closed. */
    public interface Work {
        void run() throws IOException;
    }

    private Daemon() {}

    public static void run(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // That is its end.
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }
}

package hearth.testkit.net;

import java.io.IOException;

/** Work that goes on until a socket is closed, on a thread of its own that keeps no process alive. */
public final class DaemonThread {

    /** It ends by the first exception: whoever it talked to has gone, or its own side is closed. */
    public interface DaemonTask {
        void run() throws IOException;
    }

    private DaemonThread() {}

    public static void run(String name, DaemonTask task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (IOException e) {
                        // That is its end.
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }
}

package hearth.testkit.net;

import java.io.IOException;

/** A task that runs until a socket is closed, on a separate daemon thread. */
public final class DaemonThread {

    /** The task ends with the first exception, when either side closes the socket. */
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
                        // The task has ended.
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }
}

import java.io.File;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;

/**
 * An agent in the JVM of a node in the guest: injects the fault that it reads from a file into the loop of the node. So
 * the node needs no test code, and its reaction to a bug is visible from outside.
 *
 * <p>{@code throw}: an unexpected error is thrown at the present place of the loop. {@code freeze}: the loop stops at
 * its present place, as in a deadlock, while all other threads run. Both require Java 17; newer versions cannot do it.
 */
public final class FaultAgent {

    private static final long LOOK_MS = 100;

    private FaultAgent() {}

    public static void premain(String file, Instrumentation unused) {
        Thread loop = Thread.currentThread(); // The agent starts on the thread that runs main afterwards.
        Thread agent = new Thread(() -> wait(new File(file), loop), "fault-agent");
        agent.setDaemon(true);
        agent.start();
    }

    @SuppressWarnings({"deprecation", "removal"})
    private static void wait(File file, Thread loop) {
        try {
            while (true) {
                Thread.sleep(LOOK_MS);
                String what = file.exists() ? Files.readString(file.toPath()).strip() : "";
                if (what.equals("throw")) {
                    loop.stop();
                    return;
                } else if (what.equals("freeze")) {
                    loop.suspend();
                    return;
                }
            }
        } catch (Exception e) {
            e.printStackTrace();
        }
    }
}

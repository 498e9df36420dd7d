import java.io.File;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;

/**
 * An agent that is loaded into a node's JVM in the guest, and only there: what it finds in a file happens to the node's
 * loop. So the node needs no code for being tested, and what it does about a bug of its own can be seen from outside.
 *
 * <p>{@code throw}: an error nobody has thought of is thrown wherever the loop is just now. {@code freeze}: the loop stops
 * where it is, as in a deadlock, while all other threads live on. Java 17 can do both; newer ones cannot.
 */
public final class FaultAgent {

    private static final long LOOK_MS = 100;

    private FaultAgent() {}

    public static void premain(String file, Instrumentation unused) {
        Thread loop = Thread.currentThread(); // An agent begins on the thread that runs main next.
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

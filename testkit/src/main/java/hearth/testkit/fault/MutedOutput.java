package hearth.testkit.fault;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Runs a task without output: the log of thousands of nodes would hide the output of the build. */
public final class MutedOutput {

    private MutedOutput() {}

    /** The task. */
    public interface MutedTask {
        void run() throws IOException;
    }

    public static void run(MutedTask task) throws IOException {
        PrintStream out = System.out;
        PrintStream err = System.err;
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        System.setOut(nowhere);
        System.setErr(nowhere);
        try {
            task.run();
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}

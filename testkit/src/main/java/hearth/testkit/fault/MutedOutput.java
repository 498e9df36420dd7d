package hearth.testkit.fault;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Lets thousands of nodes live and die without a word: what they log would be all there is to see of a build. */
public final class MutedOutput {

    private MutedOutput() {}

    /** What is to be done without a word. */
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

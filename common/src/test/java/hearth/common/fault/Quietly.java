package hearth.common.fault;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Lets thousands of nodes live and die without a word: what they log would be all there is to see of a build. */
public final class Quietly {

    private Quietly() {}

    /** What is to be done without a word. */
    public interface Task {
        void run() throws IOException;
    }

    public static void run(Task task) throws IOException {
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

package hearth.car;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;

/** A receiver on a real terminal line of the kernel; a small program writes to its other end. Closing it unplugs it. */
final class SerialReceiver implements AutoCloseable {

    /** Opens a pair of terminals, prints the name of one and writes its input to it. gpsd runs as another user. */
    private static final String PROGRAM = """
            import os, sys, tty
            ours, theirs = os.openpty()
            tty.setraw(theirs)
            os.chmod(os.ttyname(theirs), 0o666)
            print(os.ttyname(theirs), flush=True)
            for line in sys.stdin:
                os.write(ours, line.encode())
            """;

    private final Process process;
    private final Path device;

    private SerialReceiver(Process process, Path device) {
        this.process = process;
        this.device = device;
    }

    static SerialReceiver plugIn() throws IOException {
        Process process = new ProcessBuilder("python3", "-c", PROGRAM).start();
        return new SerialReceiver(process, Path.of(process.inputReader().readLine()));
    }

    /** The name of the line while it is plugged in. */
    Path device() {
        return device;
    }

    void write(String lines) throws IOException {
        Writer in = process.outputWriter();
        in.write(lines);
        in.flush();
    }

    /** Ends the line, as if the receiver were unplugged. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}

package hearth.car;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;

/** A receiver on a real terminal line of the kernel's, the other end of which is a small program; unplugged by closing. */
final class SerialReceiver implements AutoCloseable {

    /** Opens a pair of terminals, says the name of one and writes to it what it is told. A gpsd is another user. */
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

    /** The line's name for as long as it is plugged in. */
    Path device() {
        return device;
    }

    void write(String lines) throws IOException {
        Writer in = process.outputWriter();
        in.write(lines);
        in.flush();
    }

    /** The line hangs up. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}

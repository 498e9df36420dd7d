package hearth.proving.journal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Consumer;

/** The SHA-256 of a journal: two runs that did the same in every detail have the same. */
public final class JournalDigest implements Consumer<JournalEntry> {

    private static final int BLOCK = 1 << 16;

    private final MessageDigest sha256;
    private final StringBuilder lines = new StringBuilder(2 * BLOCK);
    private long entries;

    public JournalDigest() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public void accept(JournalEntry entry) {
        entries++;
        JournalFormat.write(entry, lines);
        if (lines.length() >= BLOCK) {
            digest();
        }
    }

    public long entries() {
        return entries;
    }

    /** In hexadecimal, of all that was seen. Call it once, at the end. */
    public String hex() {
        digest();
        return HexFormat.of().formatHex(sha256.digest());
    }

    private void digest() {
        sha256.update(lines.toString().getBytes(StandardCharsets.UTF_8));
        lines.setLength(0);
    }
}

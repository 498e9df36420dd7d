package hearth.proving.journal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Consumer;

/** The SHA-256 of a journal: equal for two simulations that are equal in every detail. */
public final class JournalDigest implements Consumer<JournalEntry> {

    private static final int BLOCK = 1 << 16;

    private final MessageDigest sha256;
    private final StringBuilder lines = new StringBuilder(2 * BLOCK);
    private long entries;

    public JournalDigest() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256, which every Java must have", e);
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

    /** The hash of all entries in hexadecimal. Call it once, at the end. */
    public String hex() {
        digest();
        return HexFormat.of().formatHex(sha256.digest());
    }

    private void digest() {
        sha256.update(lines.toString().getBytes(StandardCharsets.UTF_8));
        lines.setLength(0);
    }
}

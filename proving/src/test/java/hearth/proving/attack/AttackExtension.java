package hearth.proving.attack;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One house that is attacked by all tests of a class. After none of them has anything moved; after the last the table of
 * what was tried is held to {@code docs/evidence/attacks.md}.
 */
final class AttackExtension implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

    private static final int SPEED = 6;

    private final AttackTable table;
    private final Supplier<Path> folder;
    private ShippedSystem system;

    /** @param table its name in the document @param folder there when the first test begins */
    AttackExtension(String table, Supplier<Path> folder) {
        this.table = new AttackTable(table);
        this.folder = folder;
    }

    ShippedSystem system() {
        return system;
    }

    /** Notes what was tried, none of which may have got what it wanted. */
    void held(int line, String what, int tries, int through, String so) {
        table.held(line, what, tries, through, so);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        system = new ShippedSystem(folder.get(), SPEED);
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        system.saveBaseline();
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        system.assertNothingChanged();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        system.close();
        table.assertUpToDate();
    }
}

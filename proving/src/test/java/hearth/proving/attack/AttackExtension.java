package hearth.proving.attack;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One system that all tests of a class attack. After each test nothing must have changed; after the last one the table
 * of attacks is compared with {@code docs/evidence/attacks.md}.
 */
final class AttackExtension implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

    private static final int SPEED = 6;

    private final AttackTable table;
    private final Supplier<Path> folder;
    private ShippedSystem system;

    /** @param table its name in the document @param folder must exist before the first test */
    AttackExtension(String table, Supplier<Path> folder) {
        this.table = new AttackTable(table);
        this.folder = folder;
    }

    ShippedSystem system() {
        return system;
    }

    /** Records an attack, of which no attempt may have succeeded. */
    void held(int line, String what, int tries, int through, String result) {
        table.held(line, what, tries, through, result);
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

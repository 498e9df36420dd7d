package hearth.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleTest {

    @TempDir
    private Path modules;

    @TempDir
    private Path project;

    @Test
    void eachModuleIsAFunctionAfterTheModulesItImports() throws Exception {
        module("main", "import { half } from \"./numbers.mjs\";\nconsole.log(half(4));\n");
        module("numbers", "const TWO = 2;\n\n/** Half. */\nexport function half(n) {\n  return n / TWO;\n}\n");

        assertThat(Bundle.of(modules, project)).isEqualTo("""
                        // Built from js/*.mjs by hearth.page.Bundle. Change the modules, not this file.
                        "use strict";
                        (async () => {
                        // js/numbers.mjs
                        const numbers$ = (() => {
                        const TWO = 2;

                        /** Half. */
                        function half(n) {
                          return n / TWO;
                        }
                        return { half };
                        })();

                        // js/main.mjs
                        const main$ = (() => {
                        const { half } = numbers$;
                        console.log(half(4));
                        })();
                        })();
                        """);
    }

    @Test
    void theWordsForFaultsOfADeviceAreTakenFromItsFolder() throws Exception {
        module("main", "import { DEVICE_FAULTS } from \"./devicefaults.mjs\";\nconsole.log(DEVICE_FAULTS);\n");
        module("devicefaults", "export const DEVICE_FAULTS = {};\n");
        Path words = project.resolve("valve-node/src/main/page/faults.json");
        Files.createDirectories(words.getParent());
        Files.writeString(words, "{\"leak\": \"water is on the floor\"}\n");

        assertThat(Bundle.of(modules, project))
                .containsSubsequence(
                        "const DEVICE_FAULTS = {};",
                        "Object.assign(DEVICE_FAULTS, {\"leak\": \"water is on the floor\"});",
                        "console.log(DEVICE_FAULTS)");
    }

    @Test
    void aModuleThatTwoOthersImportIsIncludedOnce() throws Exception {
        module("main", "import { a } from \"./a.mjs\";\nimport { b } from \"./b.mjs\";\n");
        module("a", "import { c } from \"./c.mjs\";\nexport const a = c;\n");
        module("b", "import { c } from \"./c.mjs\";\nexport class b extends c {}\n");
        module("c", "export async function c() {}\n");

        assertThat(Bundle.of(modules, project))
                .containsOnlyOnce("const c$ = ")
                .containsSubsequence("const c$", "const a$", "const b$");
    }

    @Test
    void aMainModuleWithAwaitIsAwaited() throws Exception {
        module("main", "await start();\n");

        assertThat(Bundle.of(modules, project)).contains("const main$ = await (async () => {\nawait start();\n})();\n");
    }

    @Test
    void circularImportsAreRejectedWithTheirPath() throws Exception {
        module("main", "import { a } from \"./a.mjs\";\n");
        module("a", "import { b } from \"./b.mjs\";\nexport const a = b;\n");
        module("b", "import { a } from \"./a.mjs\";\nexport const b = a;\n");

        assertThatThrownBy(() -> Bundle.of(modules, project))
                .hasMessage("circular import of modules: main -> a -> b -> a");
    }

    @Test
    void anImportOrExportInAnotherFormIsRejected() throws Exception {
        for (String line :
                new String[] {"import all from \"./a.mjs\";", "export default 5;", "export * from \"./a.mjs\";"}) {
            module("main", line + "\n");

            assertThatThrownBy(() -> Bundle.of(modules, project))
                    .hasMessageStartingWith("main.mjs: unsupported: " + line);
        }
    }

    @Test
    void aMissingModuleIsNamed() throws Exception {
        module("main", "import { a } from \"./elsewhere.mjs\";\n");

        assertThatThrownBy(() -> Bundle.of(modules, project))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("elsewhere.mjs");
    }

    private void module(String name, String source) throws IOException {
        Files.writeString(modules.resolve(name + ".mjs"), source);
    }
}

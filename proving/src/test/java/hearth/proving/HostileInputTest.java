package hearth.proving;

import hearth.testkit.fault.DocumentedFigures;
import hearth.testkit.fault.Fault;
import hearth.testkit.fault.MutedOutput;
import hearth.testkit.fuzz.FuzzRun;
import hearth.testkit.fuzz.InputMutator;
import hearth.testkit.fuzz.JazzerRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Millions of random payloads and settings files. */
@Tag("slow")
class HostileInputTest {

    private static final List<String> PAYLOAD_WORDS = List.of(
            "NaN",
            "Infinity",
            "1e999",
            "null",
            "true",
            "{}",
            "[]",
            "{",
            "}",
            "\"",
            "\"id\":\"a2\",",
            "\"value\":",
            "\\ud800",
            "\\u0000",
            "\uFEFF",
            "-",
            "0",
            "999999",
            ".5",
            "PRESS",
            "heat",
            "off",
            "away",
            "\u0000",
            "#",
            "+",
            "\"trip\":\"t2\"",
            "\"eta_s\":1",
            "\"called_off\":true",
            ",",
            " ",
            "\n");
    private static final List<String> SETTINGS_WORDS = List.of(
            "=",
            "#",
            "\n",
            " ",
            "\t",
            "\u0000",
            "NaN",
            "1e9",
            "-1",
            "999999999d",
            "0s",
            "none",
            "true",
            "°C",
            "K",
            "\uFEFF",
            "airco.",
            "coffee.",
            "gpio",
            "4",
            "mqtts://",
            "?",
            ",",
            "\u2028",
            "é");

    @TempDir
    private Path folder;

    @Test
    @Fault("F11")
    void aMillionPayloadsAreAcceptedOrHaveNoEffect() throws Exception {
        FuzzRun[] payloads = new FuzzRun[1];
        MutedOutput.run(() -> {
            NodesFuzzTarget victims = new NodesFuzzTarget(folder);
            List<byte[]> models = onEveryTopic(
                    InputMutator.corpus("payload"), victims.topics().size());
            payloads[0] = FuzzRun.of("payloads", victims, models, PAYLOAD_WORDS);
        });
        System.out.println(payloads[0]);
        String table = FuzzRun.HEAD + payloads[0].checked().line();

        if (FuzzRun.matchDocument()) {
            DocumentedFigures.compare("evidence/hostile-input.md", "payloads", table);
        }
    }

    @Test
    @Fault("F11")
    void aMillionSettingsFilesAreAcceptedOrRejectedWithErrors() throws Exception {
        String table = FuzzRun.HEAD
                + FuzzRun.of(
                                "settings files",
                                SettingsFuzzTarget::isAccepted,
                                InputMutator.corpus("settings"),
                                SETTINGS_WORDS)
                        .checked()
                        .line();

        if (FuzzRun.matchDocument()) {
            DocumentedFigures.compare("evidence/hostile-input.md", "settings", table);
        }
    }

    @Test
    @Fault("F11")
    void jazzerFindsNothingInPayloads() throws Exception {
        JazzerRun.run("payload", PayloadFuzzTarget.class);
    }

    @Test
    @Fault("F11")
    void jazzerFindsNothingInSettingsFiles() throws Exception {
        JazzerRun.run("settings", SettingsFuzzTarget.class);
    }

    /** The first letter of a payload in the corpus selects a topic; here it is sent to all topics. */
    private static List<byte[]> onEveryTopic(List<byte[]> corpus, int topics) {
        List<byte[]> models = new ArrayList<>();
        for (byte[] one : corpus) {
            for (int topic = 0; topic < topics && one.length > 0; topic++) {
                byte[] model = one.clone();
                model[0] = (byte) ('A' + topic);
                models.add(model);
            }
        }
        return models;
    }
}

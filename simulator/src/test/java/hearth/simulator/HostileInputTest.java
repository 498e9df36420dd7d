package hearth.simulator;

import hearth.common.fault.Fault;
import hearth.common.fault.Figures;
import hearth.common.fault.Quietly;
import hearth.common.hostile.Barrage;
import hearth.common.hostile.Jazzer;
import hearth.common.hostile.Vandal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What strangers may say over the bus, and what owners may write, by the million. */
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
    void aMillionPayloadsAreUnderstoodOrChangeNothing() throws Exception {
        Barrage[] payloads = new Barrage[1];
        Quietly.run(() -> {
            Victims victims = new Victims(folder);
            List<byte[]> models =
                    onEveryTopic(Vandal.corpus("payload"), victims.topics().size());
            payloads[0] = Barrage.of("payloads", victims, models, PAYLOAD_WORDS);
        });
        System.out.println(payloads[0]);
        String table = Barrage.HEAD + payloads[0].held().line();

        if (Barrage.areAsInTheDocument()) {
            Figures.hold("evidence/hostile-input.md", "payloads", table);
        }
    }

    @Test
    @Fault("F11")
    void aMillionSettingsFilesAreUnderstoodOrComplainedAbout() throws Exception {
        String table = Barrage.HEAD
                + Barrage.of("settings files", SettingsFiles::take, Vandal.corpus("settings"), SETTINGS_WORDS)
                        .held()
                        .line();

        if (Barrage.areAsInTheDocument()) {
            Figures.hold("evidence/hostile-input.md", "settings", table);
        }
    }

    @Test
    @Fault("F11")
    void jazzerFindsNothingInPayloads() throws Exception {
        Jazzer.look("payload", Payloads.class);
    }

    @Test
    @Fault("F11")
    void jazzerFindsNothingInSettingsFiles() throws Exception {
        Jazzer.look("settings", SettingsFiles.class);
    }

    /** The first letter of a payload in the corpus is a topic's: here it is said on all of them. */
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

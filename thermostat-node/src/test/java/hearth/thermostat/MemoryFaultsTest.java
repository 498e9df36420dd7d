package hearth.thermostat;

import static hearth.thermostat.LoneAirco.HEAT;
import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.disk.CrashingDisk;
import hearth.common.disk.CrashingDisk.Remains;
import hearth.common.disk.CrashingDisk.Watch;
import hearth.common.disk.PowerCut;
import hearth.common.disk.Steps;
import hearth.common.fault.Fault;
import hearth.common.fault.Figures;
import hearth.common.fault.Quietly;
import hearth.common.store.StateFile;
import hearth.common.store.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A thermostat whose memory is cut short at every step, damaged at every byte, or refused at every step. */
class MemoryFaultsTest {

    private static final Duration TRIED_AGAIN = Duration.ofSeconds(61);

    /** What is asked of it, one after the other, and what it goes by before and then. */
    private static final List<String> ASKED = List.of("{\"id\":\"a\",\"value\":21.0}", "{\"id\":\"b\",\"value\":22.5}");

    private static final List<String> TARGETS = List.of("20.0", "21.0", "22.5");

    private static final Map<String, String> FIGURES = new TreeMap<>();

    @TempDir
    Path folder;

    @AfterAll
    static void theDocumentHasTheFigures() throws IOException {
        if (FIGURES.size() == 4) { // All of them were asked for, and passed.
            StringBuilder table = new StringBuilder("""
                    | | runs | goes by the former notes | by the new | by its settings | `state-lost` told |
                    |---|---|---|---|---|---|
                    """);
            FIGURES.values().forEach(row -> table.append(row).append('\n'));
            Figures.hold("evidence/never-two-cups.md", "thermostat", table.toString());
        }
    }

    @Test
    @Fault("C5")
    void whereverThePowerGoesItKnowsTheFormerTargetOrTheNewAndSaysNothingOfALoss() throws IOException {
        Quietly.run(() -> {
            Steps steps = new Steps();
            Card whole = new Card(new CrashingDisk().watchedBy(steps));
            assertThat(asked(airco(whole))).isEqualTo(ASKED.size());
            assertThat(steps.taken())
                    .containsOnlyKeys(
                            "make state",
                            "sync /",
                            "create airco.state.new",
                            "write airco.state.new",
                            "force airco.state.new",
                            "rename airco.state to airco.state.old",
                            "rename airco.state.new to airco.state",
                            "sync state");

            Row row = new Row();
            int states = 0;
            for (int moment = 0; moment < steps.moments(); moment++) {
                int choices = 1;
                for (int choice = 0; choice < choices; choice++) {
                    Card card = new Card(new CrashingDisk().watchedBy(new Steps(moment)));
                    LoneAirco airco = airco(card);
                    int asked = asked(airco);
                    List<Remains> all = card.disk.afterPowerCut();
                    List<Remains> different = CrashingDisk.different(all);
                    choices = different.size();
                    states += choice == 0 ? all.size() : 0;

                    airco.powerCut();
                    card.insert(different.get(choice).disk());
                    airco.start();

                    String how = "moment %d, %s"
                            .formatted(moment, different.get(choice).how());
                    assertThat(airco.says("target")).as(how).isIn(TARGETS.get(asked), TARGETS.get(asked + 1));
                    assertThat(airco.faults()).as(how).containsOnly("none");
                    row.add(airco, TARGETS.get(asked), TARGETS.get(asked + 1));
                    airco.say("target/set", ASKED.get(asked));
                    assertThat(airco.says("target")).as(how + ", asked again").isEqualTo(TARGETS.get(asked + 1));
                }
            }

            assertThat(row.former).isPositive();
            assertThat(row.fresh).isPositive();
            FIGURES.put(
                    "1",
                    row.says("the power goes at %d moments of two writings, %d states of the disk"
                            .formatted(steps.moments(), states)));
        });
    }

    /** The one before it is whole, or damaged as well, or not there. */
    @Test
    @Fault({"C5", "H6"})
    void howeverTheLatestIsDamagedItGoesByTheOneBeforeOrItsSettingsAndSaysSo() throws IOException {
        Quietly.run(() -> {
            byte[] latest = writtenTwice();
            byte[] before = Files.readAllBytes(file(".old"));

            Row oneWhole = new Row();
            Row noneWhole = new Row();
            for (byte[] damaged : damaged(latest)) {
                startsBy("21.0", "state-lost", oneWhole, damaged, before);
                startsBy("20.0", "state-lost", noneWhole, damaged, damaged);
                startsBy("20.0", "state-lost", noneWhole, damaged);
            }

            FIGURES.put("2", oneWhole.says("the latest file damaged: torn, or noughts, from any byte on, or foreign"));
            FIGURES.put("3", noneWhole.says("the one before it damaged as well, or not there"));
        });
    }

    /** Nobody needs it: nothing is lost. */
    @Test
    @Fault("C5")
    void howeverTheOneBeforeIsDamagedItGoesByTheLatest() throws IOException {
        Quietly.run(() -> {
            byte[] latest = writtenTwice();

            Row row = new Row();
            for (byte[] damaged : damaged(Files.readAllBytes(file(".old")))) {
                startsBy("22.5", "none", row, latest, damaged);
            }

            FIGURES.put("4", row.says("only the one before it damaged"));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"No space left on device", "Read-only file system", "Input/output error"})
    @Fault("I1")
    void fromWhicheverStepOnTheDiskRefusesItRegulatesAndWritesItDownLater(String why) throws IOException {
        Quietly.run(() -> {
            Steps steps = new Steps();
            asked(airco(new Card(new CrashingDisk().watchedBy(steps))));

            for (int step = 0; step < steps.moments() / 2; step++) {
                Card card = new Card(new CrashingDisk().watchedBy(refusingFrom(step, why)));
                LoneAirco airco = new LoneAirco(folder, card).heating();

                ASKED.forEach(asked -> airco.say("target/set", asked));
                airco.pass(Duration.ofMinutes(10));
                assertThat(airco.says("target")).as("step %d", step).isEqualTo("22.5");
                assertThat(airco.level(HEAT)).as("step %d", step).isEqualTo("1");
                assertThat(airco.faults()).as("step %d", step).containsExactly("none", "storage");

                card.disk.watchedBy(Watch.NONE);
                airco.pass(TRIED_AGAIN);
                assertThat(airco.faults()).as("step %d", step).containsExactly("none", "storage", "none");

                airco.powerCut();
                List<Remains> left = card.disk.afterPowerCut();
                assertThat(left).as("all is safe").hasSize(1);
                card.insert(left.get(0).disk());
                airco.start();
                assertThat(airco.says("target")).as("step %d", step).isEqualTo("22.5");
            }
        });
    }

    private LoneAirco airco(Card card) {
        LoneAirco airco = new LoneAirco(folder, card);
        airco.roomIs(20);
        return airco;
    }

    /** @return how much of what was asked was done before the power went */
    private static int asked(LoneAirco airco) {
        int asked = 0;
        try {
            airco.start();
            for (; asked < ASKED.size(); asked++) {
                airco.say("target/set", ASKED.get(asked));
            }
        } catch (PowerCut e) {
            airco.powerCut();
        }
        return asked;
    }

    /** @return the latest file */
    private byte[] writtenTwice() throws IOException {
        LoneAirco airco = new LoneAirco(folder);
        airco.roomIs(20);
        assertThat(asked(airco)).isEqualTo(ASKED.size());
        return Files.readAllBytes(file(""));
    }

    /** @param generations what a restart finds, the latest first */
    private void startsBy(String target, String fault, Row row, byte[]... generations) throws IOException {
        Files.deleteIfExists(file(".old"));
        for (int i = 0; i < generations.length; i++) {
            Files.write(file(i == 0 ? "" : ".old"), generations[i]);
        }
        LoneAirco airco = new LoneAirco(folder);
        airco.roomIs(20);
        airco.start();
        String what = new String(generations[0], StandardCharsets.UTF_8);
        assertThat(airco.says("target")).as(what).isEqualTo(target);
        assertThat(airco.faults()).as(what).containsOnly(fault);
        row.add(airco, "21.0", "22.5");
    }

    private Path file(String ending) {
        return folder.resolve("state").resolve("airco.state" + ending);
    }

    /** Torn at any byte, noughts from any byte on, or of an older or newer version. */
    private static List<byte[]> damaged(byte[] whole) {
        List<byte[]> all = new ArrayList<>();
        for (int length = 0; length < whole.length; length++) {
            byte[] torn = Arrays.copyOf(whole, length);
            all.add(torn);
            all.add(Arrays.copyOf(torn, whole.length));
        }
        String text = new String(whole, StandardCharsets.UTF_8);
        String body = text.substring(0, text.lastIndexOf("crc32c "));
        for (String version : List.of("hearth-state 0", "hearth-state 2", "hearth-state 10", "hearth-state")) {
            all.add(withChecksum(body.replace("hearth-state 1", version)));
        }
        return all;
    }

    private static byte[] withChecksum(String body) {
        CRC32C crc = new CRC32C();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        return "%scrc32c %08x%n".formatted(body, crc.getValue()).getBytes(StandardCharsets.UTF_8);
    }

    private static Watch refusingFrom(int step, String why) {
        List<String> taken = new ArrayList<>();
        return new Watch() {
            @Override
            public void before(String what) throws IOException {
                if (taken.size() >= step) {
                    throw new IOException(why);
                }
                taken.add(what);
            }
        };
    }

    /** What restarts went by. */
    private static final class Row {

        private int runs;
        private int former;
        private int fresh;
        private int lost;

        void add(LoneAirco airco, String formerTarget, String newTarget) {
            runs++;
            former += airco.says("target").equals(formerTarget) ? 1 : 0;
            fresh += airco.says("target").equals(newTarget) ? 1 : 0;
            lost += airco.faults().contains("state-lost") ? 1 : 0;
        }

        String says(String what) {
            return "| %s | %d | %d | %d | %d | %d |".formatted(what, runs, former, fresh, runs - former - fresh, lost);
        }
    }

    /** A disk that can be another one after a power cut. */
    private static final class Card implements Store {

        private CrashingDisk disk;
        private StateFile file;

        Card(CrashingDisk disk) {
            insert(disk);
        }

        void insert(CrashingDisk another) {
            disk = another;
            file = new StateFile(another.path("/state"), "airco");
        }

        @Override
        public Saved read() {
            return file.read();
        }

        @Override
        public void write(Map<String, String> notes) throws IOException {
            file.write(notes);
        }
    }
}

package hearth.coffee;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.coffee.Kitchen.Cup;
import hearth.coffee.Kitchen.Memory;
import hearth.common.disk.CrashingDisk;
import hearth.common.disk.Steps;
import hearth.common.fault.Fault;
import hearth.common.fault.Figures;
import hearth.common.fault.Quietly;
import hearth.common.message.Result;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The power goes before and after every single step of a coffee machine towards its disk, its relay and its broker,
 * whatever becomes of the message meanwhile; for each of these moments it is started again from everything that its disk
 * may have kept. None is left out: a first run, in which nothing happens, counts them.
 */
class NeverTwoCupsTest {

    private static final Set<String> NOTHING = Set.of();

    /** What a brew takes of each kind, or there would be nothing to count. */
    private static final Set<String> STEPS_OF_A_BREW = Set.of(
            "make hearth",
            "sync /",
            "create coffee.state.new",
            "write coffee.state.new",
            "force coffee.state.new",
            "rename coffee.state to coffee.state.old",
            "rename coffee.state.new to coffee.state",
            "sync hearth",
            "relay on",
            "relay off",
            "publish phase",
            "settled phase",
            "publish fault",
            "settled fault",
            "publish brewed",
            "settled brewed");

    /** Of what a brew is for: a trip or a command. */
    private static final String A_KEY = "[tc]:[a-z0-9-]+";

    private static final List<Tally> TALLIES = new ArrayList<>();

    static Stream<Arguments> errandsAndFates() {
        return Stream.of(Errand.values())
                .flatMap(errand -> Stream.of(Fate.values()).map(fate -> Arguments.of(errand, fate)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("errandsAndFates")
    @Fault("C7")
    void whereverThePowerGoesNobodyGetsTwoCupsAndOneThatWasCutShortIsTold(Errand errand, Fate fate) throws IOException {
        Quietly.run(() -> {
            Steps steps = new Steps();
            Kitchen undisturbed = new Kitchen(errand, fate, Memory.AS_IT_IS, new CrashingDisk(), steps, 0).live();
            assertThat(keys(undisturbed)).as(undisturbed.story()).isEqualTo(lawful(errand, fate));
            assertThat(undisturbed.told()).noneMatch(each -> each.words().contains("interrupted"));
            if (!keys(undisturbed).isEmpty()) {
                assertThat(steps.taken()).containsKeys(STEPS_OF_A_BREW.toArray(String[]::new));
            }

            Tally tally = new Tally(errand, fate, keys(undisturbed).size(), steps);
            cutEverywhere(errand, fate, Memory.AS_IT_IS, NOTHING, kitchen -> {
                isLawful(kitchen);
                tally.add(kitchen);
                return true;
            });

            assertThat(tally.moments()).as("moments at which it was cut").isEqualTo(steps.moments());
            TALLIES.add(tally);
        });
    }

    @AfterAll
    static void theDocumentHasTheFigures() throws IOException {
        if (TALLIES.size() == errandsAndFates().count()) { // All of them were asked for, and passed.
            Figures.hold("evidence/never-two-cups.md", "coffee", Tally.table(TALLIES));
        }
    }

    /** What the rules say of a message that nothing is done to but this. */
    private static List<String> lawful(Errand errand, Fate fate) {
        if (errand == Errand.APPROACH) {
            return fate == Fate.EXPIRED ? List.of() : List.of("t:trip-1"); // A state may be retained, and is.
        }
        return switch (fate) {
            case RETAINED, EXPIRED -> List.of(); // No retained command acts, and none that comes too late.
            case REORDERED -> List.of("c:two"); // And then one is under way.
            default -> List.of("c:one");
        };
    }

    private static void isLawful(Kitchen kitchen) {
        assertThat(keys(kitchen)).as(kitchen::story).doesNotHaveDuplicates();
        assertThat(isNoted(kitchen)).as(kitchen::story).isTrue();
        boolean known = kitchen.unfinished();
        assertThat(known || !kitchen.cutShort()).as(kitchen::story).isTrue();
        assertThat(kitchen.toldAfterwards(CoffeeTopics.PHASE, "interrupted"))
                .as(kitchen::story)
                .isEqualTo(known);
        assertThat(kitchen.toldAfterwards(Result.TOPIC, "interrupted"))
                .as(kitchen::story)
                .isEqualTo(known && kitchen.errand() == Errand.COMMAND);
        assertThat(kitchen.told()).as(kitchen::story).noneMatch(each -> each.words()
                .equals("state-lost"));
        assertThat(kitchen.read()).as("files that were read").noneMatch(name -> name.endsWith(".new"));
    }

    @ParameterizedTest
    @EnumSource
    void aMemoryThatSaysItHasWrittenBeforeItHasGivesTwoCups(Errand errand) throws IOException {
        assertThat(found(errand, Memory.HASTY, NOTHING, kitchen -> !isNoted(kitchen)))
                .isTrue();
        assertThat(found(errand, Memory.HASTY, NOTHING, NeverTwoCupsTest::isTwoCups))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aFolderThatIsNotSyncedGivesTwoCups(Errand errand) throws IOException {
        assertThat(found(errand, Memory.AS_IT_IS, Set.of("sync"), NeverTwoCupsTest::isTwoCups))
                .isTrue();
    }

    /** It gives no second one as soon as that: what is torn is known to be, and then nobody is brewed for in a hurry. */
    @ParameterizedTest
    @EnumSource
    void aFileThatIsNotForcedToTheDiskIsSeenAsTheRelayGoesOn(Errand errand) throws IOException {
        assertThat(found(errand, Memory.AS_IT_IS, Set.of("force"), kitchen -> !isNoted(kitchen)))
                .isTrue();
    }

    private static boolean found(Errand errand, Memory memory, Set<String> deaf, Predicate<Kitchen> defect)
            throws IOException {
        List<Kitchen> found = new ArrayList<>();
        Quietly.run(() -> cutEverywhere(errand, Fate.DOUBLED, memory, deaf, kitchen -> {
            if (defect.test(kitchen)) {
                found.add(kitchen);
            }
            return found.isEmpty();
        }));
        return !found.isEmpty();
    }

    private static boolean isTwoCups(Kitchen kitchen) {
        return kitchen.cups().size() > 1;
    }

    /** Whenever the relay went on, every state the disk may have been in had the same key. */
    private static boolean isNoted(Kitchen kitchen) {
        return keys(kitchen).stream().allMatch(key -> key.matches(A_KEY));
    }

    /**
     * A run for each moment at which the power may go, and each state in which the disk may be then.
     *
     * @param judge says whether to go on
     */
    private static void cutEverywhere(
            Errand errand, Fate fate, Memory memory, Set<String> deaf, Predicate<Kitchen> judge) {
        int choices = 1;
        for (int moment = 0; choices > 0; moment++) {
            choices = 1;
            for (int choice = 0; choice < choices; choice++) {
                CrashingDisk disk = new CrashingDisk().deafTo(deaf);
                Kitchen kitchen = new Kitchen(errand, fate, memory, disk, new Steps(moment), choice).live();
                choices = kitchen.differentStates(); // None if it came to its end before that moment.
                if (choices > 0 && !judge.test(kitchen)) {
                    return;
                }
            }
        }
    }

    private static List<String> keys(Kitchen kitchen) {
        return kitchen.cups().stream().map(Cup::noted).toList();
    }
}

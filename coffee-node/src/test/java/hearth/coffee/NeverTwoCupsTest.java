package hearth.coffee;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.coffee.CoffeeRig.RelayStart;
import hearth.coffee.CoffeeRig.StoreBehaviour;
import hearth.common.message.Result;
import hearth.testkit.disk.CrashingDisk;
import hearth.testkit.disk.PowerCutSchedule;
import hearth.testkit.fault.DocumentedFigures;
import hearth.testkit.fault.Fault;
import hearth.testkit.fault.MutedOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The power goes before and after every single step of a coffee machine towards its disk, its relay and its broker,
 * whatever becomes of the message meanwhile; for each of these moments it is started again from everything that its disk
 * may have kept. None is left out: a first run, in which nothing happens, counts them.
 */
@Tag("slow")
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

    private static final List<PowerCutCounts> TALLIES = new ArrayList<>();

    static Stream<Arguments> errandsAndFates() {
        return Stream.of(BrewRequest.values())
                .flatMap(errand -> Stream.of(DeliveryFault.values()).map(fate -> Arguments.of(errand, fate)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("errandsAndFates")
    @Fault("C7")
    void aPowerCutAtAnyStepNeverMakesTwoCupsAndAnInterruptedBrewIsReported(BrewRequest errand, DeliveryFault fate)
            throws IOException {
        MutedOutput.run(() -> {
            PowerCutSchedule steps = new PowerCutSchedule();
            CoffeeRig undisturbed =
                    new CoffeeRig(errand, fate, StoreBehaviour.UNCHANGED, new CrashingDisk(), steps, 0).run();
            assertThat(keys(undisturbed)).as(undisturbed.describe()).isEqualTo(lawful(errand, fate));
            assertThat(undisturbed.received()).noneMatch(each -> each.payload().contains("interrupted"));
            if (!keys(undisturbed).isEmpty()) {
                assertThat(steps.taken()).containsKeys(STEPS_OF_A_BREW.toArray(String[]::new));
            }

            PowerCutCounts tally =
                    new PowerCutCounts(errand, fate, keys(undisturbed).size(), steps);
            cutEverywhere(errand, fate, StoreBehaviour.UNCHANGED, NOTHING, kitchen -> {
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
            DocumentedFigures.compare("evidence/never-two-cups.md", "coffee", PowerCutCounts.table(TALLIES));
        }
    }

    /** What the rules say of a message that nothing is done to but this. */
    private static List<String> lawful(BrewRequest errand, DeliveryFault fate) {
        if (errand == BrewRequest.APPROACH) {
            return fate == DeliveryFault.EXPIRED ? List.of() : List.of("t:trip-1"); // A state may be retained, and is.
        }
        return switch (fate) {
            case RETAINED, EXPIRED -> List.of(); // No retained command acts, and none that comes too late.
            case REORDERED -> List.of("c:two"); // And then one is under way.
            default -> List.of("c:one");
        };
    }

    private static void isLawful(CoffeeRig kitchen) {
        assertThat(keys(kitchen)).as(kitchen::describe).doesNotHaveDuplicates();
        assertThat(isNoted(kitchen)).as(kitchen::describe).isTrue();
        boolean known = kitchen.unfinished();
        assertThat(known || !kitchen.cutShort()).as(kitchen::describe).isTrue();
        assertThat(kitchen.receivedAfterRestart(CoffeeTopics.PHASE, "interrupted"))
                .as(kitchen::describe)
                .isEqualTo(known);
        assertThat(kitchen.receivedAfterRestart(Result.TOPIC, "interrupted"))
                .as(kitchen::describe)
                .isEqualTo(known && kitchen.request() == BrewRequest.COMMAND);
        assertThat(kitchen.received()).as(kitchen::describe).noneMatch(each -> each.payload()
                .equals("state-lost"));
        assertThat(kitchen.filesRead()).as("files that were read").noneMatch(name -> name.endsWith(".new"));
    }

    @ParameterizedTest
    @EnumSource
    void aDiskThatConfirmsBeforeItHasWrittenGivesTwoCups(BrewRequest errand) throws IOException {
        assertThat(found(errand, StoreBehaviour.REPORTS_EARLY, NOTHING, kitchen -> !isNoted(kitchen)))
                .isTrue();
        assertThat(found(errand, StoreBehaviour.REPORTS_EARLY, NOTHING, NeverTwoCupsTest::isTwoCups))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aFolderThatIsNotSyncedGivesTwoCups(BrewRequest errand) throws IOException {
        assertThat(found(errand, StoreBehaviour.UNCHANGED, Set.of("sync"), NeverTwoCupsTest::isTwoCups))
                .isTrue();
    }

    /** It gives no second one as soon as that: what is torn is known to be, and then nobody is brewed for in a hurry. */
    @ParameterizedTest
    @EnumSource
    void aFileThatIsNotSyncedIsDetectedWhenTheRelayGoesOn(BrewRequest errand) throws IOException {
        assertThat(found(errand, StoreBehaviour.UNCHANGED, Set.of("force"), kitchen -> !isNoted(kitchen)))
                .isTrue();
    }

    private static boolean found(
            BrewRequest errand, StoreBehaviour memory, Set<String> deaf, Predicate<CoffeeRig> defect)
            throws IOException {
        List<CoffeeRig> found = new ArrayList<>();
        MutedOutput.run(() -> cutEverywhere(errand, DeliveryFault.DOUBLED, memory, deaf, kitchen -> {
            if (defect.test(kitchen)) {
                found.add(kitchen);
            }
            return found.isEmpty();
        }));
        return !found.isEmpty();
    }

    private static boolean isTwoCups(CoffeeRig kitchen) {
        return kitchen.relayStarts().size() > 1;
    }

    /** Whenever the relay went on, every state the disk may have been in had the same key. */
    private static boolean isNoted(CoffeeRig kitchen) {
        return keys(kitchen).stream().allMatch(key -> key.matches(A_KEY));
    }

    /**
     * A run for each moment at which the power may go, and each state in which the disk may be then.
     *
     * @param judge says whether to go on
     */
    private static void cutEverywhere(
            BrewRequest errand,
            DeliveryFault fate,
            StoreBehaviour memory,
            Set<String> deaf,
            Predicate<CoffeeRig> judge) {
        int choices = 1;
        for (int moment = 0; choices > 0; moment++) {
            choices = 1;
            for (int choice = 0; choice < choices; choice++) {
                CrashingDisk disk = new CrashingDisk().ignoring(deaf);
                CoffeeRig kitchen =
                        new CoffeeRig(errand, fate, memory, disk, new PowerCutSchedule(moment), choice).run();
                choices = kitchen.distinctStates(); // None if it came to its end before that moment.
                if (choices > 0 && !judge.test(kitchen)) {
                    return;
                }
            }
        }
    }

    private static List<String> keys(CoffeeRig kitchen) {
        return kitchen.relayStarts().stream().map(RelayStart::noted).toList();
    }
}

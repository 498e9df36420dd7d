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
 * The power fails before and after every single step of a coffee machine: each access to its disk, its relay and its
 * broker, with each fault in the delivery of the message. For each of these moments it is started again from every
 * possible state of the disk. A first run without a power cut counts the steps, so that none is missed.
 */
@Tag("slow")
class NeverTwoCupsTest {

    private static final Set<String> NONE = Set.of();

    /** The steps of a brew; without them the test would prove nothing. */
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

    /** The key of a trip or of a command. */
    private static final String A_KEY = "[tc]:[a-z0-9-]+";

    private static final List<PowerCutCounts> COUNTS = new ArrayList<>();

    static Stream<Arguments> requestsAndFaults() {
        return Stream.of(BrewRequest.values())
                .flatMap(request -> Stream.of(DeliveryFault.values()).map(fault -> Arguments.of(request, fault)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("requestsAndFaults")
    @Fault("C7")
    void aPowerCutAtAnyStepNeverMakesTwoCupsAndAnInterruptedBrewIsReported(BrewRequest request, DeliveryFault fault)
            throws IOException {
        MutedOutput.run(() -> {
            PowerCutSchedule steps = new PowerCutSchedule();
            CoffeeRig withoutCut =
                    new CoffeeRig(request, fault, StoreBehaviour.UNCHANGED, new CrashingDisk(), steps, 0).run();
            assertThat(keys(withoutCut)).as(withoutCut.describe()).isEqualTo(expectedKeys(request, fault));
            assertThat(withoutCut.received()).noneMatch(each -> each.payload().contains("interrupted"));
            if (!keys(withoutCut).isEmpty()) {
                assertThat(steps.taken()).containsKeys(STEPS_OF_A_BREW.toArray(String[]::new));
            }

            PowerCutCounts counts =
                    new PowerCutCounts(request, fault, keys(withoutCut).size(), steps);
            cutEverywhere(request, fault, StoreBehaviour.UNCHANGED, NONE, rig -> {
                checkRules(rig);
                counts.add(rig);
                return true;
            });

            assertThat(counts.moments()).as("moments at which it was cut").isEqualTo(steps.moments());
            COUNTS.add(counts);
        });
    }

    @AfterAll
    static void theDocumentHasTheFigures() throws IOException {
        if (COUNTS.size() == requestsAndFaults().count()) { // All cases ran and passed.
            DocumentedFigures.compare("evidence/never-two-cups.md", "coffee", PowerCutCounts.table(COUNTS));
        }
    }

    /** The brews that the rules require with this fault and without a power cut. */
    private static List<String> expectedKeys(BrewRequest request, DeliveryFault fault) {
        if (request == BrewRequest.APPROACH) {
            return fault == DeliveryFault.EXPIRED ? List.of() : List.of("t:trip-1"); // A state may be retained.
        }
        return switch (fault) {
            case RETAINED, EXPIRED -> List.of(); // A retained or expired command is not executed.
            case REORDERED -> List.of("c:two"); // The other arrives during this brew.
            default -> List.of("c:one");
        };
    }

    private static void checkRules(CoffeeRig rig) {
        assertThat(keys(rig)).as(rig::describe).doesNotHaveDuplicates();
        assertThat(isSavedBeforeEachStart(rig)).as(rig::describe).isTrue();
        boolean detected = rig.unfinished();
        assertThat(detected || !rig.cutShort()).as(rig::describe).isTrue();
        assertThat(rig.receivedAfterRestart(CoffeeTopics.PHASE, "interrupted"))
                .as(rig::describe)
                .isEqualTo(detected);
        assertThat(rig.receivedAfterRestart(Result.TOPIC, "interrupted"))
                .as(rig::describe)
                .isEqualTo(detected && rig.request() == BrewRequest.COMMAND);
        assertThat(rig.received()).as(rig::describe).noneMatch(each -> each.payload()
                .equals("state-lost"));
        assertThat(rig.filesRead()).as("files that were read").noneMatch(name -> name.endsWith(".new"));
    }

    @ParameterizedTest
    @EnumSource
    void aDiskThatConfirmsBeforeItHasWrittenGivesTwoCups(BrewRequest request) throws IOException {
        assertThat(found(request, StoreBehaviour.REPORTS_EARLY, NONE, rig -> !isSavedBeforeEachStart(rig)))
                .isTrue();
        assertThat(found(request, StoreBehaviour.REPORTS_EARLY, NONE, NeverTwoCupsTest::isTwoCups))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aFolderThatIsNotSyncedGivesTwoCups(BrewRequest request) throws IOException {
        assertThat(found(request, StoreBehaviour.UNCHANGED, Set.of("sync"), NeverTwoCupsTest::isTwoCups))
                .isTrue();
    }

    /** This does not make a second cup at once: the damaged file is detected, and then no trip gets a brew at once. */
    @ParameterizedTest
    @EnumSource
    void aFileThatIsNotSyncedIsDetectedWhenTheRelayGoesOn(BrewRequest request) throws IOException {
        assertThat(found(request, StoreBehaviour.UNCHANGED, Set.of("force"), rig -> !isSavedBeforeEachStart(rig)))
                .isTrue();
    }

    private static boolean found(
            BrewRequest request, StoreBehaviour store, Set<String> ignoredSteps, Predicate<CoffeeRig> defect)
            throws IOException {
        List<CoffeeRig> found = new ArrayList<>();
        MutedOutput.run(() -> cutEverywhere(request, DeliveryFault.DOUBLED, store, ignoredSteps, rig -> {
            if (defect.test(rig)) {
                found.add(rig);
            }
            return found.isEmpty();
        }));
        return !found.isEmpty();
    }

    private static boolean isTwoCups(CoffeeRig rig) {
        return rig.relayStarts().size() > 1;
    }

    /** Whether every possible state of the disk had the key of the brew each time when the relay went on. */
    private static boolean isSavedBeforeEachStart(CoffeeRig rig) {
        return keys(rig).stream().allMatch(key -> key.matches(A_KEY));
    }

    /**
     * One run for each moment at which the power may fail, and each state in which the disk may be then.
     *
     * @param isContinued whether to continue after a run
     */
    private static void cutEverywhere(
            BrewRequest request,
            DeliveryFault fault,
            StoreBehaviour store,
            Set<String> ignoredSteps,
            Predicate<CoffeeRig> isContinued) {
        int choices = 1;
        for (int moment = 0; choices > 0; moment++) {
            choices = 1;
            for (int choice = 0; choice < choices; choice++) {
                CrashingDisk disk = new CrashingDisk().ignoring(ignoredSteps);
                CoffeeRig rig = new CoffeeRig(request, fault, store, disk, new PowerCutSchedule(moment), choice).run();
                choices = rig.distinctStates(); // 0 if the run ended before that moment.
                if (choices > 0 && !isContinued.test(rig)) {
                    return;
                }
            }
        }
    }

    private static List<String> keys(CoffeeRig rig) {
        return rig.relayStarts().stream().map(RelayStart::noted).toList();
    }
}

package hearth.proving;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameStartingWith;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.core.importer.Locations;
import hearth.common.core.Controller;
import hearth.common.hal.Thermometer;
import hearth.common.runtime.NodeAssembly;
import hearth.common.runtime.NodeContext;
import hearth.common.runtime.NodeType;
import hearth.testkit.modules.NodeModule;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which package may depend on which: see docs/architecture.md. The devices are found, not listed. */
class ArchitectureTest {

    private static final String[] PURE = {"hearth.common.value..", "hearth.common.message..", "hearth.common.core.."};
    private static JavaClasses hearth;

    @BeforeAll
    static void read() {
        Set<Location> locations = new HashSet<>(Locations.ofPackage("hearth"));
        NodeModule.all().stream()
                .filter(module -> !module.isOnClassPath())
                .forEach(module -> locations.add(Location.of(module.classes())));
        hearth = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(
                        location -> !location.contains("testkit")) // Never shipped, and partly in packages of common.
                .importLocations(locations);
    }

    private static String[] devicePackages(String suffix) {
        return NodeModule.all().stream()
                .map(module -> "hearth." + module.device() + suffix)
                .toArray(String[]::new);
    }

    @Test
    void aNodeIsPutTogetherInOnePlace() {
        noClasses()
                .that()
                .areNotAssignableTo(NodeAssembly.class)
                .should()
                .callConstructorWhere(target(owner(assignableTo(NodeContext.class))))
                .check(hearth);
    }

    @Test
    void valuesMessagesAndTheCoreArePure() {
        classes()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage("java..", "org.jspecify..").or(resideInAnyPackage(PURE)))
                .check(hearth);
    }

    @Test
    void controllersArePure() {
        classes()
                .that()
                .areAssignableTo(Controller.class)
                .and()
                .areNotInterfaces()
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage("java..", "org.jspecify..")
                        .or(resideInAnyPackage(PURE))
                        .or(resideInAnyPackage(devicePackages(""))))
                .check(hearth);
    }

    @Test
    void layersPointDownwards() {
        noClasses()
                .that()
                .resideInAPackage("hearth.common.value..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("hearth.common.message..", "hearth.common.core..")
                .check(hearth);
        noClasses()
                .that()
                .resideInAPackage("hearth.common.message..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("hearth.common.core..")
                .check(hearth);
        noClasses()
                .that()
                .resideInAPackage("hearth.common.mqtt..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("hearth.common.core..", "hearth.common.hal..", "hearth.common.runtime..")
                .check(hearth);
        noClasses()
                .that()
                .resideInAnyPackage("hearth.common.settings..", "hearth.common.store..", "hearth.common.hal..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("hearth.common.core..", "hearth.common.mqtt..", "hearth.common.runtime..")
                .check(hearth);
    }

    @Test
    void nodesDoNotKnowEachOther() {
        String[] nodes = devicePackages("..");
        for (String node : nodes) {
            noClasses()
                    .that()
                    .resideInAPackage(node)
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(nodes)
                            .or(resideInAnyPackage("hearth.simulator..", "hearth.proving.."))
                            .and(not(resideInAnyPackage(node))))
                    .check(hearth);
        }
        noClasses()
                .that()
                .resideInAPackage("hearth.common..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(nodes))
                .check(hearth);
    }

    /** A mistake that judge and judged have in common is none to the judge. */
    @Test
    void theObserverSharesNothingWithThoseItJudges() {
        String journal = "hearth.proving.journal.";
        classes()
                .that()
                .resideInAPackage("hearth.proving.checker..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage("java..", "org.jspecify..", "hearth.proving.checker..")
                        .or(name(journal + "JournalEntry"))
                        .or(nameStartingWith(journal + "JournalEvent")))
                .check(hearth);
        classes()
                .that(name(journal + "JournalEntry").or(nameStartingWith(journal + "JournalEvent")))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage("java..", "org.jspecify..")
                        .or(name(journal + "JournalEntry"))
                        .or(nameStartingWith(journal + "JournalEvent")))
                .check(hearth);
    }

    /** The simulator listens to the house as a stranger would, so it has a client of its own. */
    @Test
    void theMqttClientIsKnownInOnePlace() {
        noClasses()
                .that()
                .resideOutsideOfPackages("hearth.common.mqtt..", "hearth.simulator..", "hearth.tools..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.hivemq..")
                .check(hearth);
    }

    @Test
    void timeIsReadInOnePlace() {
        noClasses()
                .that()
                .resideOutsideOfPackage("hearth.common.runtime..")
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(LocalTime.class, "now")
                .check(hearth);
    }

    @Test
    void ofANodeOnlyItsProgramIsPublic() {
        noClasses()
                .that()
                .resideInAnyPackage(devicePackages(""))
                .and(not(assignableTo(NodeType.class)))
                .and(not(assignableTo(Thermometer.class))) // The simulator reads its own sensor through the driver.
                .and()
                .areTopLevelClasses()
                .should()
                .bePublic()
                .check(hearth);
    }
}

package hearth.proving;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import hearth.common.message.FaultCode;
import hearth.testkit.modules.NodeModule;
import java.lang.reflect.Field;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The values of {@code <node>/fault}: each constant of type {@link FaultCode} in common and in the modules of the devices. */
final class FaultCodes {

    private static final List<FaultCode> ALL = found();

    private FaultCodes() {}

    /** Sorted by code. */
    static List<FaultCode> all() {
        return ALL;
    }

    private static List<FaultCode> found() {
        Stream<FaultCode> common =
                constants(importer().importPackages("hearth.common"), FaultCode.class.getClassLoader());
        Stream<FaultCode> devices = NodeModule.all().stream()
                .flatMap(module -> constants(importer().importPath(module.classes()), module.loader()));
        List<FaultCode> faults = Stream.concat(common, devices)
                .sorted(Comparator.comparing(FaultCode::code))
                .toList();
        assertThat(faults)
                .extracting(FaultCode::code)
                .doesNotHaveDuplicates()
                .contains("storage", "sensor-short", "relay-cool", "no-cup", "gps-no-fix");
        return faults;
    }

    private static ClassFileImporter importer() {
        return new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS);
    }

    private static Stream<FaultCode> constants(JavaClasses classes, ClassLoader loader) {
        return classes.stream()
                .flatMap(type -> type.getFields().stream())
                .filter(field -> field.getRawType().isEquivalentTo(FaultCode.class))
                .map(field -> value(field, loader));
    }

    private static FaultCode value(JavaField constant, ClassLoader loader) {
        try {
            Field field =
                    Class.forName(constant.getOwner().getName(), true, loader).getDeclaredField(constant.getName());
            field.setAccessible(true);
            return (FaultCode) field.get(null);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(constant.getFullName() + " cannot be read", e);
        }
    }
}

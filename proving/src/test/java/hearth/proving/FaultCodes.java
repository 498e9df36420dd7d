package hearth.proving;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import hearth.common.message.FaultCode;
import java.lang.reflect.Field;
import java.util.Comparator;
import java.util.List;

/** All values of {@code <node>/fault}: each constant of type {@link FaultCode} in the code of the nodes. */
final class FaultCodes {

    private static final List<FaultCode> ALL = found();

    private FaultCodes() {}

    /** Sorted by code. */
    static List<FaultCode> all() {
        return ALL;
    }

    private static List<FaultCode> found() {
        List<FaultCode> faults = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("hearth").stream()
                        .flatMap(type -> type.getFields().stream())
                        .filter(field -> field.getRawType().isEquivalentTo(FaultCode.class))
                        .map(FaultCodes::value)
                        .sorted(Comparator.comparing(FaultCode::code))
                        .toList();
        assertThat(faults)
                .extracting(FaultCode::code)
                .doesNotHaveDuplicates()
                .contains("storage", "sensor-short", "relay-cool", "no-cup", "gps-no-fix");
        return faults;
    }

    private static FaultCode value(JavaField constant) {
        try {
            Field field = constant.reflect();
            field.setAccessible(true);
            return (FaultCode) field.get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}

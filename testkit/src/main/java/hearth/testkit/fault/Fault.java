package hearth.testkit.fault;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The rows of {@code docs/evidence/faults.md} that a test proves, such as {@code "A3"}. The document is rendered from
 * the tests that passed: see {@link FaultCoverageListener}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Fault {

    String[] value();
}

package hearth.testkit.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Records which rows of {@code docs/evidence/faults.md} were proven: one file for each test class in {@code
 * target/faults}, with a line {@code A3 aShortedWireIsNoFrost passed} for each test and row.
 */
public final class FaultCoverageListener implements TestExecutionListener {

    private static final Path FOLDER = Path.of("target", "faults");

    /** Class, then row and test, then whether all runs of the test passed. */
    private final Map<String, Map<String, Boolean>> outcomes = new TreeMap<>();

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        Optional<TestSource> source = test.getSource();
        if (source.isPresent() && source.get() instanceof MethodSource method) {
            Fault fault = method.getJavaMethod().getAnnotation(Fault.class);
            if (fault != null) {
                boolean passed = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
                for (String row : fault.value()) {
                    outcomes.computeIfAbsent(method.getClassName(), any -> new TreeMap<>())
                            .merge(row + " " + method.getMethodName(), passed, Boolean::logicalAnd);
                }
            }
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        try {
            for (Map.Entry<String, Map<String, Boolean>> each : outcomes.entrySet()) {
                Files.createDirectories(FOLDER);
                StringBuilder lines = new StringBuilder();
                each.getValue().forEach((test, passed) -> lines.append(test)
                        .append(passed ? " passed" : " failed")
                        .append('\n'));
                Files.writeString(FOLDER.resolve(each.getKey()), lines);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        outcomes.clear();
    }
}

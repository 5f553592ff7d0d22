package dev.weft.test.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A test class that is run within a test. */
final class Launched implements TestExecutionListener {

    private final Map<String, TestExecutionResult> results = new ConcurrentHashMap<>();

    private final Map<String, Map<String, String>> entries = new ConcurrentHashMap<>();

    private Launched() {}

    static Launched run(Class<?> testClass) {
        return run(testClass, Map.of());
    }

    static Launched run(Class<?> testClass, Map<String, String> configuration) {
        var launched = new Launched();
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(testClass))
                .configurationParameter("junit.jupiter.conditions.deactivate", "org.junit.*DisabledCondition")
                .configurationParameters(configuration)
                .build();
        LauncherFactory.create().execute(request, launched);
        return launched;
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (test.isTest()) {
            results.put(name(test), result);
        }
    }

    @Override
    public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
        entries.put(name(test), entry.getKeyValuePairs());
    }

    /** The entries that the method has published. */
    Map<String, String> published(String method) {
        return entries.getOrDefault(method, Map.of());
    }

    private static String name(TestIdentifier test) {
        return test.getDisplayName().replaceAll("\\(.*\\)", "");
    }

    /** How the method ended. */
    TestExecutionResult.Status status(String method) {
        return results.get(method).getStatus();
    }

    /** What the method threw. */
    Optional<Throwable> thrown(String method) {
        return results.get(method).getThrowable();
    }
}

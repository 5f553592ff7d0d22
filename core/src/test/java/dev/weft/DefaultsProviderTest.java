package dev.weft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** V1: defaults that are found because their provider is on the class path. Weft is loaded anew for each. */
class DefaultsProviderTest {

    @TempDir
    Path folder;

    private String run(Class<?>... providers) throws Exception {
        var services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.write(
                services.resolve(DefaultsProvider.class.getName()),
                List.of(providers).stream().map(Class::getName).toList());
        var urls = new ArrayList<URL>();
        urls.add(folder.toUri().toURL());
        for (var root :
                ChildJvm.classPath(Weft.class, DefaultsProviderTest.class).split(File.pathSeparator)) {
            urls.add(Path.of(root).toUri().toURL());
        }
        try (var loader = new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            var scenario = loader.loadClass(Scenario.class.getName());
            return (String) scenario.getMethod("run").invoke(null);
        }
    }

    @Test
    void v1_providerOnTheClassPath_appliesFromTheFirstCall() throws Exception {
        assertThat(run(Counts.class)).isEqualTo("started 2, problems []");
    }

    @Test
    void v1_providerThatThrowsOrIsNone_isReportedAndTheOthersApply() throws Exception {
        assertThat(run(Throws.class, IsNone.class, GivesNull.class, Counts.class))
                .startsWith("started 2, problems [CALLBACK_FAILURE")
                .containsPattern("(CALLBACK_FAILURE.*){3}")
                .doesNotContainPattern("(CALLBACK_FAILURE.*){4}");
    }

    @Test
    void v1_providersThatContradict_theFirstAppliesAndTheOtherIsReported() throws Exception {
        assertThat(run(Counts.class, Contradicts.class))
                .startsWith("started 2, problems [CALLBACK_FAILURE")
                .contains("PT1H", "PT2H");
    }

    @Test
    void v1_providerThatCallsWeft_seesNoDefaultsYet() throws Exception {
        assertThat(run(CallsWeft.class, Counts.class)).isEqualTo("started 2, problems []");
    }

    /** Runs where Weft has just been loaded. */
    public static final class Scenario {

        static final AtomicInteger STARTED = new AtomicInteger();
        static final List<Problem> PROBLEMS = new CopyOnWriteArrayList<>();

        private Scenario() {}

        public static String run() throws Exception {
            Weft.gather(() -> 1, () -> 2);
            return "started " + STARTED + ", problems "
                    + PROBLEMS.stream()
                            .map(problem -> problem.kind() + " " + problem.exception())
                            .toList();
        }
    }

    public static final class Counts implements DefaultsProvider {
        @Override
        public Defaults defaults() {
            var counter = new TaskListener() {
                @Override
                public void started(Task<?> task) {
                    Scenario.STARTED.incrementAndGet();
                }
            };
            return Defaults.builder()
                    .listener(counter)
                    .onProblem(Scenario.PROBLEMS::add)
                    .cancellationGrace(java.time.Duration.ofHours(1))
                    .build();
        }
    }

    public static final class Contradicts implements DefaultsProvider {
        @Override
        public Defaults defaults() {
            return Defaults.builder()
                    .cancellationGrace(java.time.Duration.ofHours(2))
                    .build();
        }
    }

    public static final class Throws implements DefaultsProvider {
        @Override
        public Defaults defaults() {
            throw new IllegalStateException("on purpose");
        }
    }

    public static final class GivesNull implements DefaultsProvider {
        @Override
        public Defaults defaults() {
            return null;
        }
    }

    public static final class IsNone {}

    public static final class CallsWeft implements DefaultsProvider {
        @Override
        public Defaults defaults() {
            try {
                Weft.gather(() -> 1);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return Defaults.builder().build();
        }
    }
}

package dev.weft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * J6: calls throw exactly the checked exceptions of their bodies. Each statement must compile where these are declared,
 * and must not where one of them is not.
 */
class CheckedExceptionsTest {

    private static final String INTERRUPTED = "InterruptedException";
    private static final String TIMEOUT = "TimeoutException";
    private static final String IO = "IOException";

    @Test
    void j6_gatherThrowsWhatItsBodiesThrow() {
        assertThrowsExactly(
                List.of(IO, INTERRUPTED),
                "gather(() -> read(), () -> read());",
                "List<String> results = gather(() -> read(), () -> read(), () -> read());",
                "gather(Fixture::read, Fixture::read);",
                "gather(() -> { return read(); }, () -> { return read(); });",
                "gather(() -> { throw new IOException(); }, () -> plain());",
                "gather(() -> plain(), () -> read());",
                "gather(() -> open(), () -> read());",
                "gather(readers);",
                "gather(readerList);",
                "gather(readerList.get(0), () -> plain());");
    }

    @Test
    void j6_gatherOfBodiesThatThrowNothingNeedsNoTry() {
        assertThrowsExactly(
                List.of(INTERRUPTED),
                "gather();",
                "gather(() -> plain(), () -> plain());",
                "List<String> results = gather(Fixture::plain, Fixture::plain);",
                "gather(() -> touch(), () -> touch());",
                "gather(plainList);",
                "gather(() -> { throw new IllegalStateException(); }, () -> plain());",
                "gather(() -> sleep(LIMIT, 1), () -> sleep(LIMIT, 2));");
    }

    @Test
    void j6_gatherOfBodiesWithoutResults() {
        assertThrowsExactly(
                List.of(IO, INTERRUPTED),
                "gather(() -> write(), () -> write());",
                "gather(Fixture::write, Fixture::write);",
                "gather(() -> touch(), () -> write());",
                "gather(() -> { read(); }, () -> { touch(); });",
                "gather(() -> write(), () -> read());");
    }

    @Test
    void j6_singleBody() {
        assertThrowsExactly(
                List.of(IO, INTERRUPTED),
                "List<String> results = gather(() -> read());",
                "List<String> results = gather(Fixture::read);",
                "gather(() -> { return read(); });",
                "gather(() -> write());",
                "settle(() -> plain()); read();");
        assertThrowsExactly(List.of(INTERRUPTED), "gather(task);", "gather(() -> touch());", "race(() -> plain());");
    }

    @Test
    void j6_oneFailureTypeForSeveralIsTheirCommonOne() {
        assertThrowsExactly(List.of("Exception"), "gather(() -> read(), () -> query());");
        assertThrowsExactly(List.of("FileNotFoundException", INTERRUPTED), "gather(() -> open(), () -> open());");
    }

    @Test
    void j6_nestedCalls() {
        assertThrowsExactly(
                List.of(IO, INTERRUPTED),
                "gather(() -> gather(() -> read(), () -> read()), () -> gather(() -> plain(), () -> plain()));",
                "List<String> results = gather(() -> race(() -> read()), () -> plain());",
                "race(() -> gather(() -> plain(), () -> read()));",
                "String result = combine(() -> gather(() -> read(), () -> read()), () -> 1, (a, b) -> a.getFirst());",
                "gather(() -> { settle(() -> query()); return read(); }, () -> plain());");
        assertThrowsExactly(
                List.of(INTERRUPTED), "gather(() -> gather(() -> plain(), () -> plain()), () -> List.of(\"a\"));");
        assertThrowsExactly(
                List.of(IO, TIMEOUT, INTERRUPTED), "timeout(LIMIT, () -> gather(() -> read(), () -> read()));");
    }

    @Test
    void j6_tasksAsBodies() {
        assertThrowsExactly(
                List.of(INTERRUPTED),
                "gather(task, task);",
                "List<String> results = gather(taskList);",
                "gather(task, () -> plain());",
                "String result = task.await();",
                "String result = shield(task);",
                "race(task, () -> plain());",
                "combine(task, () -> 1, (a, b) -> a + b);");
        assertThrowsExactly(List.of(IO, INTERRUPTED), "task.await(IOException.class);");
        assertThrowsExactly(List.of(TIMEOUT, INTERRUPTED), "String result = waitFor(task, LIMIT);");
    }

    /**
     * A task says that it throws nothing checked: {@code Body<T, RuntimeException>}. Beside a body that does, the
     * compiler takes what the two have in common.
     */
    @Test
    void j6_tasksMixedWithBodiesThatThrow() {
        assertThrowsExactly(
                List.of(IO, INTERRUPTED),
                "List<String> results = gather(() -> task.await(), () -> read());",
                "List<String> results = gather(task::run, () -> read());",
                "String result = combine(() -> task.await(), () -> read(), (a, b) -> a + b);");
        assertThrowsExactly(
                List.of("Exception"),
                "List<String> results = gather(task, () -> read());",
                "String result = combine(() -> read(), task, (a, b) -> a + b);");
    }

    @Test
    void j6_race() {
        assertThrowsExactly(
                List.of(IO, INTERRUPTED),
                "String result = race(() -> read(), () -> plain());",
                "race(readers);",
                "race(readerList);");
        assertThrowsExactly(List.of(INTERRUPTED), "String result = race(() -> plain(), () -> plain());");
    }

    @Test
    void j6_settleThrowsNothingOfItsBodies() {
        assertThrowsExactly(
                List.of(INTERRUPTED),
                "List<Outcome<String>> outcomes = settle(() -> read(), () -> query(), () -> plain(), task);",
                "settle(readers);",
                "settle(readerList);");
    }

    @Test
    void j6_combineOfTwoToFive() {
        var throwing = new ArrayList<String>();
        var throwingLast = new ArrayList<String>();
        var plain = new ArrayList<String>();
        for (var n = 2; n <= 5; n++) {
            throwing.add(combine("() -> read()", "() -> 1", n));
            throwingLast.add(combine("() -> 1", "() -> read()", n));
            plain.add(combine("() -> plain()", "() -> 1", n));
        }
        assertThrowsExactly(List.of(IO, INTERRUPTED), throwing.toArray(String[]::new));
        assertThrowsExactly(List.of(IO, INTERRUPTED), throwingLast.toArray(String[]::new));
        assertThrowsExactly(List.of(INTERRUPTED), plain.toArray(String[]::new));
    }

    @Test
    void j6_concurrentItems() {
        assertThrowsExactly(
                List.of(IO, INTERRUPTED),
                "List<String> results = mapConcurrent(List.of(1, 2), 2, item -> read());",
                "forEachConcurrent(List.of(1, 2), 2, item -> write());");
        assertThrowsExactly(
                List.of(INTERRUPTED),
                "List<String> results = mapConcurrent(List.of(1, 2), 2, item -> plain());",
                "List<Integer> results = mapConcurrent(List.of(\"a\"), 2, String::length);",
                "forEachConcurrent(List.of(1, 2), 2, item -> touch());");
    }

    @Test
    void j6_timeoutAndWaitFor() {
        assertThrowsExactly(
                List.of(IO, TIMEOUT, INTERRUPTED),
                "String result = timeout(LIMIT, () -> read());",
                "timeout(LIMIT, () -> write());",
                "String result = timeout(LIMIT, timeout -> { return read(); });",
                "timeout(LIMIT, timeout -> { write(); });",
                "String result = timeoutAt(Deadline.never(), () -> read());",
                "String result = waitFor(() -> read(), LIMIT);",
                "waitFor(() -> write(), LIMIT);");
        assertThrowsExactly(
                List.of(TIMEOUT, INTERRUPTED),
                "String result = timeout(LIMIT, () -> plain());",
                "timeout(LIMIT, () -> touch());",
                "timeout(LIMIT, timeout -> { touch(); });",
                "timeoutAt(Deadline.never(), () -> touch());",
                "String result = waitFor(() -> plain(), LIMIT);");
    }

    @Test
    void j6_limitsThatReturnAndCancelScopes() {
        assertThrowsExactly(
                List.of(IO, INTERRUPTED),
                "Optional<String> result = moveOnAfter(LIMIT, () -> read());",
                "boolean ended = moveOnAfter(LIMIT, () -> write());",
                "Optional<String> result = moveOnAt(Deadline.never(), () -> { while (true) read(); });",
                "boolean ended = moveOnAt(Deadline.never(), () -> write());",
                "Optional<Reader> result = moveOnAfter(LIMIT, closing(() -> reader(), Reader::close));",
                "Optional<String> result = cancellable(scope -> read());",
                "Optional<String> result = cancellable(scope -> { while (true) write(); });",
                "boolean ended = cancellable(scope -> { write(); });",
                "cancellable(scope -> { throw new IOException(); });");
        assertThrowsExactly(
                List.of(INTERRUPTED),
                "Optional<String> result = moveOnAfter(LIMIT, () -> plain());",
                "Optional<Integer> code = moveOnAfter(LIMIT, process::waitFor);",
                "boolean ended = moveOnAt(Deadline.never(), () -> touch());",
                "Optional<String> result = cancellable(CancelScope::toString);",
                "boolean ended = cancellable(scope -> { touch(); });");
        assertThrowsExactly(
                List.of("Exception"),
                "Optional<String> result = moveOnAfter(LIMIT, callable);",
                "Optional<String> result = moveOnAt(Deadline.never(), callable);");
    }

    @Test
    void j6_taskGroupThrowsGroups() {
        assertThrowsExactly(
                List.of("ExceptionGroup", INTERRUPTED),
                "taskGroup(group -> { group.createTask(() -> read()); });",
                "String result = taskGroup(group -> { group.createTask(() -> write()); return query(); });",
                "taskGroup(GroupOptions.supervisor(), group -> { touch(); });");
    }

    @Test
    void j6_callsOnTheCallersThread() {
        var carrier = "ScopedValue.where(ScopedValue.newInstance(), \"a\")";
        assertThrowsExactly(
                List.of(IO, INTERRUPTED),
                "String result = shield(() -> read());",
                "shield(() -> write());",
                "String result = blocking(() -> read());",
                "blocking(() -> write());",
                "String result = abandonOnCancel(() -> read());",
                "String result = onCancel(() -> {}, () -> read());",
                "onCancel(() -> {}, () -> write());",
                "String result = onCancel(() -> {}, () -> read(), value -> !value.isEmpty());",
                "String result = uninterrupted(() -> read());",
                "uninterrupted(() -> write());",
                "String result = propagate(" + carrier + ", () -> read());");
        assertThrowsExactly(
                List.of(INTERRUPTED),
                "String result = shield(() -> plain());",
                "String result = blocking(() -> plain());",
                "blocking(() -> touch());",
                "String result = abandonOnCancel(() -> plain());",
                "onCancel(() -> {}, () -> touch());",
                "int code = onCancel(process::destroy, process::waitFor, value -> value == 0);",
                "String result = uninterrupted(() -> plain());",
                "uninterrupted(() -> touch());",
                "String result = propagate(" + carrier + ", () -> plain());");
    }

    @Test
    void j6_run() {
        assertThrowsExactly(
                List.of(IO, INTERRUPTED),
                "String result = run(() -> read());",
                "Weft.run(() -> { write(); });",
                "String result = EventLoop.run(() -> read());",
                "String result = runner.run(() -> gather(() -> read(), () -> read()).getFirst());",
                "runner.run(() -> write());");
        assertThrowsExactly(
                List.of(INTERRUPTED),
                "String result = run(() -> plain());",
                "Weft.run(() -> { touch(); });",
                "EventLoop.run(Fixture::touch);",
                "runner.run(() -> gather(() -> plain(), () -> plain()));");
    }

    @Test
    void j6_startingSomethingThrowsNothing() {
        assertThrowsExactly(
                List.of(),
                "Task<String> started = createTask(() -> read());",
                "createTask(\"name\", () -> write());",
                "Task<String> started = run.createTask(() -> query());",
                "AsCompleted<Completion<String>> all = asCompleted(() -> read(), () -> query());",
                "asCompleted(readerList, LIMIT).close();");
        assertThrowsExactly(
                List.of(INTERRUPTED), "for (var next : asCompleted(readerList)) { String s = next.await(); }");
        assertThrowsExactly(
                List.of(TIMEOUT, INTERRUPTED),
                "for (var next : asCompleted(readerList, LIMIT)) { String s = next.await(); }");
    }

    @Test
    void j36_formsThatOverloadsOnceTookForSomethingElse() {
        assertThrowsExactly(
                List.of(INTERRUPTED),
                "settle(() -> { throw new IOException(); });",
                "List<String> results = gather(() -> null);",
                "List<Integer> results = gather(process::waitFor);",
                "int code = Weft.run(process::waitFor);",
                "gather(() -> { while (true) touch(); }, () -> touch());");
        assertThrowsExactly(
                List.of(IO, INTERRUPTED),
                "race(() -> { throw new IOException(); });",
                "String result = race(() -> { throw new IOException(); });",
                "gather(() -> { while (true) write(); });",
                "race(() -> write(), () -> touch());",
                "hedge(LIMIT, () -> write(), () -> touch());");
        assertThrowsExactly(
                List.of("ExceptionGroup", INTERRUPTED),
                "taskGroup(group -> { while (true) write(); });",
                "taskGroup(group -> { throw new IOException(); });",
                "Task<String> started = taskGroup(group -> group.createTask(() -> read()));");
        assertThrowsExactly(
                List.of(IO, TIMEOUT, INTERRUPTED),
                "timeout(LIMIT, timeout -> { while (true) write(); });",
                "timeout(LIMIT, timeout -> { throw new IOException(); });",
                "String result = timeout(LIMIT, timeout -> read());");
        assertThrowsExactly(List.of(TIMEOUT, INTERRUPTED), "int code = timeout(LIMIT, process::waitFor);");
        assertThrowsExactly(
                List.of("Exception"),
                "gather(callable);",
                "String result = timeout(LIMIT, callable);",
                "String result = uninterrupted(callable);",
                "String result = onCancel(() -> {}, callable, value -> true);",
                "lock.with(callable);");
    }

    @Test
    void j6_closingAndStart() {
        assertThrowsExactly(
                List.of(IO, INTERRUPTED),
                "List<String> results = gather(closing(() -> read(), s -> {}), () -> plain());",
                "String result = race(closing(() -> read(), s -> { throw new SQLException(); }));",
                "List<Reader> results = gather(closing(() -> reader(), Reader::close), closing(() -> reader()));",
                "List<Reader> results = mapConcurrent(List.of(1), 2, closing(item -> reader()));",
                "List<Reader> results = mapConcurrent(List.of(1), 2, closing(item -> reader(), Reader::close));",
                "int port = group.start(ready -> { ready.set(80); write(); });",
                "String value = group.start(\"name\", ready -> { read(); while (true) ready.set(plain()); });",
                "group.start((Ready<String> ready) -> write());");
        assertThrowsExactly(
                List.of(INTERRUPTED),
                "List<String> results = gather(closing(() -> plain(), s -> {}));",
                "List<Integer> results = mapConcurrent(List.of(\"a\"), 2, closing(String::length, n -> {}));");
    }

    @Test
    void j6_catchOfWhatNoBodyThrowsDoesNotCompile() {
        var snippets = new Snippets();
        var right = List.of(
                snippets.add(
                        List.of(INTERRUPTED), "try { gather(() -> read(), () -> plain()); } catch (IOException e) {}"),
                snippets.add(List.of(INTERRUPTED), "try { race(() -> query()); } catch (SQLException e) {}"));
        var wrong = List.of(
                snippets.add(
                        List.of(INTERRUPTED), "try { gather(() -> plain(), () -> plain()); } catch (IOException e) {}"),
                snippets.add(List.of(IO, INTERRUPTED), "try { race(() -> read()); } catch (SQLException e) {}"));
        var errors = snippets.errors();
        assertThat(right).allSatisfy(name -> assertThat(errors.get(name)).isEmpty());
        assertThat(wrong)
                .allSatisfy(name ->
                        assertThat(errors.get(name)).singleElement().asString().contains("never thrown"));
    }

    private static String combine(String first, String others, int n) {
        var bodies = first + (", " + others).repeat(n - 1);
        var names = IntStream.range(0, n).mapToObj(i -> "p" + i).collect(Collectors.joining(", "));
        return "String result = combine(" + bodies + ", (" + names + ") -> \"\" + p0 + p" + (n - 1) + ");";
    }

    private static void assertThrowsExactly(List<String> exceptions, String... statements) {
        var snippets = new Snippets();
        var complete = new LinkedHashMap<String, String>();
        var missing = new LinkedHashMap<String, String>();
        for (var statement : statements) {
            complete.put(snippets.add(exceptions, statement), statement);
            for (var exception : exceptions) {
                var others = new ArrayList<>(exceptions);
                others.remove(exception);
                missing.put(snippets.add(others, statement), exception + " undeclared: " + statement);
            }
        }
        var errors = snippets.errors();
        var softly = new SoftAssertions();
        softly.assertThat(errors.keySet()).doesNotContain("elsewhere");
        complete.forEach((name, statement) ->
                softly.assertThat(errors.get(name)).as(statement).isEmpty());
        missing.forEach((name, statement) -> {
            var undeclared = statement.substring(0, statement.indexOf(' '));
            softly.assertThat(errors.get(name))
                    .as(statement)
                    .isNotEmpty()
                    .allMatch(error -> error.contains("unreported exception") && error.contains(undeclared));
        });
        softly.assertAll();
    }
}

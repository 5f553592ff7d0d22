package dev.weft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * J36: what compiles where a body is wanted, in the form that a user writes first. Every call is compiled with every
 * form, and what the compiler has picked is seen by the type of the result.
 */
class BodyFormsTest {

    /**
     * @param text with {@code $} where the body is written
     * @param value the result's type, with {@code $} for the body's own
     * @param none the result's type for a body without a result; {@code void} for none; null if there is no such call
     */
    private record Call(String text, String value, String none) {
        String of(String form) {
            return text.replace("$", form);
        }

        String value(String type) {
            return value.replace("$", type);
        }
    }

    private static final String TASK = "Task<$>";
    private static final String NO_RESULT = "Task<Void>";
    private static final String OUTCOMES = "List<Outcome<$>>";
    private static final String COMPLETIONS = "AsCompleted<Completion<$>>";
    private static final String OPTIONAL = "Optional<$>";
    private static final String CARRIER = "ScopedValue.where(ScopedValue.newInstance(), \"a\")";

    private static final List<Call> CALLS = List.of(
            new Call("gather($)", "List<$>", "void"),
            new Call("gather($, $)", "List<$>", "void"),
            new Call("combine($, $, (a, b) -> \"\")", "String", null),
            new Call("combine($, $, $, $, $, (a, b, c, d, e) -> \"\")", "String", null),
            new Call("settle($)", OUTCOMES, "List<Outcome<Object>>"),
            new Call("settle($, $)", OUTCOMES, "List<Outcome<Object>>"),
            new Call("race($)", "$", "void"),
            new Call("race($, $)", "$", "void"),
            new Call("createTask($)", TASK, NO_RESULT),
            new Call("createTask(\"name\", $)", TASK, NO_RESULT),
            new Call("createTask(TaskOptions.defaults(), $)", TASK, NO_RESULT),
            new Call("group.createTask($)", TASK, NO_RESULT),
            new Call("group.createTask(\"name\", $)", TASK, NO_RESULT),
            new Call("group.createTask(TaskOptions.defaults(), $)", TASK, NO_RESULT),
            new Call("run.createTask($)", TASK, NO_RESULT),
            new Call("run.createTask(TaskOptions.defaults(), $)", TASK, NO_RESULT),
            new Call("asCompleted($)", COMPLETIONS, "AsCompleted<Completion<Object>>"),
            new Call("asCompleted($, $)", COMPLETIONS, "AsCompleted<Completion<Object>>"),
            new Call("timeout(LIMIT, $)", "$", "void"),
            new Call("timeoutAt(Deadline.never(), $)", "$", "void"),
            new Call("moveOnAfter(LIMIT, $)", OPTIONAL, "boolean"),
            new Call("moveOnAt(Deadline.never(), $)", OPTIONAL, "boolean"),
            new Call("uninterrupted($)", "$", "void"),
            new Call("waitFor($, LIMIT)", "$", "void"),
            new Call("shield($)", "$", "void"),
            new Call("blocking($)", "$", "void"),
            new Call("abandonOnCancel($)", "$", "void"),
            new Call("onCancel(() -> {}, $)", "$", "void"),
            new Call("onCancel(process::destroy, $)", "$", "void"),
            new Call("onCancel(() -> {}, $, value -> true)", "$", null),
            new Call("onCancel(process::destroy, $, Objects::nonNull)", "$", null),
            new Call("propagate(propagator, $)", "$", "void"),
            new Call("propagate(" + CARRIER + ", $)", "$", "void"),
            new Call("Weft.run($)", "$", "void"),
            new Call("EventLoop.run($)", "$", "void"),
            new Call("runner.run($)", "$", "void"),
            new Call("retry(policy, $)", "$", "void"),
            new Call("hedge(LIMIT, $)", "$", "void"),
            new Call("hedge(LIMIT, $, $)", "$", "void"),
            new Call("lock.with($)", "$", "void"),
            new Call("semaphore.with($)", "$", "void"));

    /** Calls whose body takes an argument; {@code #} stands for its type. */
    private static final List<Call> CALLS_OF_ONE = List.of(
            new Call("taskGroup($)", "$", "void"),
            new Call("taskGroup(GroupOptions.supervisor(), $)", "$", "void"),
            new Call("timeout(LIMIT, $)", "$", "void"),
            new Call("timeoutAt(Deadline.never(), $)", "$", "void"),
            new Call("cancellable($)", OPTIONAL, "boolean"));

    private static String argument(Call call) {
        if (call.text().startsWith("taskGroup")) {
            return "TaskGroup";
        }
        return call.text().startsWith("cancellable") ? "CancelScope" : "Timeout";
    }

    /** @param type of the value; null for a form without one */
    private record Form(String text, String type) {}

    private static Form value(String text) {
        return new Form(text, "String");
    }

    private static Form none(String text) {
        return new Form(text, null);
    }

    private static final List<Form> FORMS = List.of(
            value("() -> plain()"),
            value("() -> { return read(); }"),
            value("() -> \"\""),
            value("() -> null"),
            value("() -> { return null; }"),
            value("() -> { while (true) { touch(); } }"),
            value("() -> { while (true) read(); }"),
            value("() -> { for (;;) { write(); } }"),
            value("() -> { do { touch(); } while (true); }"),
            value("() -> { throw new IOException(); }"),
            value("() -> { throw new IllegalStateException(); }"),
            value("() -> { try { write(); } finally { throw new IllegalStateException(); } }"),
            value("() -> { if (flag) { throw new IOException(); } else { while (true) touch(); } }"),
            value("() -> { synchronized (this) { throw new SQLException(); } }"),
            value("Fixture::plain"),
            value("Fixture::read"),
            value("future::get"),
            new Form("process::waitFor", "Integer"),
            new Form("StringBuilder::new", "StringBuilder"),
            value("supplier::get"),
            value("callable"),
            value("callable::call"),
            value("body"),
            value("body::run"),
            value("task"),
            value("task::await"),
            none("() -> touch()"),
            none("() -> write()"),
            none("() -> {}"),
            none("() -> { read(); }"),
            none("() -> { while (flag) touch(); }"),
            none("() -> { if (flag) throw new IOException(); }"),
            none("() -> { if (flag) return; touch(); }"),
            none("() -> { while (true) { if (flag) break; } }"),
            none("Fixture::touch"),
            none("Fixture::write"),
            none("runnable::run"),
            none("voidBody"),
            none("voidBody::execute"));

    /** {@code #} stands for the argument's type. */
    private static final List<Form> FORMS_OF_ONE = List.of(
            value("x -> plain()"),
            value("x -> { return read(); }"),
            value("x -> null"),
            value("x -> { while (true) { touch(); } }"),
            value("x -> { while (true) read(); }"),
            value("x -> { throw new IOException(); }"),
            value("x -> { if (flag) { throw new IOException(); } else { for (;;) { touch(); } } }"),
            value("(# x) -> { while (true) { touch(); } }"),
            value("(# x) -> plain()"),
            value("_ -> { throw new IOException(); }"),
            value("String::valueOf"),
            none("x -> {}"),
            none("x -> { read(); }"),
            none("x -> { if (flag) throw new IOException(); }"),
            none("(# x) -> touch()"),
            none("Fixture::accept"));

    /**
     * A method reference to a void method that is overloaded, or an expression without a value behind an untyped
     * argument: the compiler picks the call by the form alone, before it looks for a value. A block is what compiles.
     */
    private static final List<String> WRONG = List.of(
            "latch::await",
            "runnable",
            "supplier",
            "() -> flag = 1",
            "x -> plain()",
            "\"\"",
            "() -> { if (flag) return plain(); }");

    private static final List<String> WRONG_OF_ONE =
            List.of("x -> touch()", "() -> x", "(String x) -> plain()", "consumer");

    @Test
    void j36_everyFormCompilesInEveryCallAndPicksTheOneWithItsResult() {
        var matrix = new Matrix();
        for (var call : CALLS) {
            FORMS.forEach(form -> matrix.expect(call, form));
        }
        for (var call : CALLS_OF_ONE) {
            FORMS_OF_ONE.forEach(form ->
                    matrix.expect(call, new Form(form.text().replace("#", argument(call)), form.type())));
        }
        matrix.check();
    }

    @Test
    void j36_whatIsNoBodyDoesNotCompile() {
        var matrix = new Matrix();
        for (var call : CALLS) {
            var takesOne = call.text().startsWith("timeout");
            WRONG.stream()
                    .filter(form -> !(takesOne && form.startsWith("x")))
                    .forEach(form -> matrix.refuse(call.of(form)));
        }
        for (var call : CALLS_OF_ONE) {
            WRONG_OF_ONE.forEach(form -> matrix.refuse(call.of(form)));
        }
        matrix.check();
    }

    @Test
    void j36_itemsTakeEveryFormOfOneArgument() {
        var matrix = new Matrix();
        var map = new Call("mapConcurrent(List.of(1), 2, $)", "List<$>", null);
        var forEach = new Call("forEachConcurrent(List.of(1), 2, $)", null, "void");
        for (var form : FORMS_OF_ONE) {
            var text = form.text().replace("#", "Integer");
            matrix.expect(map, new Form(text, form.type()));
            if (!text.equals("x -> null") && !text.contains("return")) { // neither is a statement
                matrix.expect(forEach, new Form(text, null));
            }
        }
        matrix.expect(forEach, none("x -> touch()"));
        matrix.expect(new Call("mapConcurrent(callables, 2, $)", "List<$>", null), value("Callable::call"));
        matrix.expect(new Call("mapConcurrent(() -> iterator, 2, $)", "List<$>", null), value("String::trim"));
        matrix.check();
    }

    @Test
    void j36_bodiesOfDifferentFormsInOneCall() {
        var matrix = new Matrix();
        var bodies =
                "callable, () -> read(), task, body, process::waitFor, () -> { while (true) touch(); }, () -> null";
        for (var call : List.of("gather", "settle", "race", "asCompleted")) {
            matrix.accept("var results = " + call + "(" + bodies + ");");
            matrix.accept(call + "(() -> write(), task, voidBody, body, () -> { throw new IOException(); });");
        }
        matrix.accept("List<String> results = gather(callable, () -> read(), task, () -> { while (true) touch(); });");
        matrix.accept("String result = race(() -> { while (true) touch(); }, () -> read());");
        matrix.accept("String result = combine(callable, () -> 1, task, (a, b, c) -> a + b + c);");
        matrix.check();
    }

    @Test
    void j36_collectionsOfBodiesTasksAndCallables() {
        var matrix = new Matrix();
        for (var collection :
                List.of("readerList", "taskList", "new HashSet<>(readerList)", "new ArrayDeque<>(taskList)")) {
            matrix.accept("List<String> results = gather(" + collection + ");");
            matrix.accept("List<Outcome<String>> results = settle(" + collection + ");");
            matrix.accept("String result = race(" + collection + ");");
            matrix.accept("AsCompleted<Completion<String>> results = asCompleted(" + collection + ");");
            matrix.accept("AsCompleted<TimedCompletion<String>> results = asCompleted(" + collection + ", LIMIT);");
        }
        matrix.accept("List<Outcome<String>> results = settle(callables);");
        matrix.accept("AsCompleted<Completion<String>> results = asCompleted(callables);");
        matrix.accept("List<String> results = gather(callables.stream().map(Body::of).toList());");
        matrix.accept("Iterable<Task<String>> any = taskList::iterator; waitUntil(ReturnWhen.ALL_COMPLETED, any);");
        matrix.check();
    }

    /** What the calls ask of snippets, compiled in one go. */
    private static final class Matrix {

        private final Snippets snippets = new Snippets();
        private final LinkedHashMap<String, String> right = new LinkedHashMap<>();
        private final LinkedHashMap<String, String> wrong = new LinkedHashMap<>();

        void accept(String statement) {
            right.put(snippets.add(List.of("Exception"), statement), statement);
        }

        void refuse(String call) {
            var statement = call + ";";
            wrong.put(snippets.add(List.of("Exception"), statement), statement);
        }

        void expect(Call call, Form form) {
            var text = call.of(form.text());
            if (form.type() != null) {
                accept(text + ";");
                accept(call.value(form.type()) + " result = " + text + ";");
            } else if (call.none() == null) {
                refuse(text);
            } else if (call.none().equals("void")) {
                accept(text + ";");
                refuse("Object result = " + text);
            } else {
                accept(call.none() + " result = " + text + ";");
                refuse(call.value("String") + " result = " + text);
            }
        }

        void check() {
            var errors = snippets.errors();
            assertThat(errors.keySet()).doesNotContain("elsewhere");
            var softly = new SoftAssertions();
            right.forEach((name, statement) ->
                    softly.assertThat(errors.get(name)).as(statement).isEmpty());
            wrong.forEach((name, statement) ->
                    softly.assertThat(errors.get(name)).as(statement).isNotEmpty());
            softly.assertAll();
        }
    }
}

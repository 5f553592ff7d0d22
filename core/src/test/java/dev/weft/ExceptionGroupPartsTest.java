package dev.weft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** J6: the parts of exception groups, what handlers get and what is left, and how groups are printed. */
class ExceptionGroupPartsTest {
    private final IOException io = new IOException("io");
    private final IOException otherIo = new IOException("other");
    private final IllegalStateException state = new IllegalStateException("state");
    private final ArithmeticException arithmetic = new ArithmeticException("arithmetic");

    @Test
    void j6_partHasTheStackTraceOfTheWhole() {
        var inner = new ExceptionGroup("inner", List.of(io, state));
        inner.setStackTrace(new StackTraceElement[] {new StackTraceElement("Inner", "of", "Inner.java", 1)});
        var whole = new ExceptionGroup("whole", List.of(inner, arithmetic));
        whole.setStackTrace(new StackTraceElement[] {new StackTraceElement("Whole", "of", "Whole.java", 2)});
        var parts = whole.split(IOException.class);
        for (var part : List.of(parts.matching(), parts.rest())) {
            assertThat(part.getStackTrace()).isEqualTo(whole.getStackTrace());
            assertThat(part.getMessage()).startsWith("whole [");
            assertThat(part.exceptions().getFirst().getStackTrace()).isEqualTo(inner.getStackTrace());
            assertThat(part.exceptions().getFirst().getMessage()).startsWith("inner [");
        }
        assertThat(parts.matching().leaves()).containsExactly(io);
        assertThat(parts.rest().leaves()).containsExactly(state, arithmetic);
    }

    @Test
    void j6_groupOfWhichAllOrNothingMatchesIsTheVeryGroup() {
        var inner = new ExceptionGroup("inner", List.of(io));
        var whole = new ExceptionGroup("whole", List.of(inner, otherIo));
        assertThat(whole.subgroup(IOException.class)).containsSame(whole);
        assertThat(whole.split(IOException.class).rest()).isNull();
        assertThat(whole.split(ArithmeticException.class).rest()).isSameAs(whole);
        assertThat(whole.split(ArithmeticException.class).matching()).isNull();
        assertThat(whole.subgroup(ArithmeticException.class)).isEmpty();
        var mixed = new ExceptionGroup("mixed", List.of(inner, state));
        assertThat(mixed.split(IOException.class).matching().exceptions()).containsExactly(inner);
        assertThat(mixed.split(IllegalStateException.class).rest().exceptions()).containsExactly(inner);
    }

    @Test
    void j6_groupThatSatisfiesTheConditionItselfIsNotTakenApart() {
        var inner = new ExceptionGroup("inner", List.of(io, state));
        var whole = new ExceptionGroup("whole", List.of(arithmetic, inner));
        assertThat(whole.split(ExceptionGroup.class).matching()).isSameAs(whole);
        var parts = whole.split(e -> e == inner);
        assertThat(parts.matching().exceptions()).containsExactly(inner);
        assertThat(parts.rest().exceptions()).containsExactly(arithmetic);
    }

    @Test
    void j6_sameExceptionTwiceIsNotSuppressedBesideBeingTheCause() {
        var group = new ExceptionGroup("twice", List.of(io, state, io));
        assertThat(group.exceptions()).containsExactly(io, state);
        assertThat(group.getCause()).isSameAs(io);
        assertThat(group.getSuppressed()).containsOnlyOnce(state).doesNotContain(io);
        assertThat(new ExceptionGroup("one", List.of(io)).getSuppressed()).isEmpty();
        assertThat(new ExceptionGroup("two", List.of(io, state, arithmetic)).getSuppressed())
                .containsExactly(state, arithmetic);
    }

    @Test
    void j6_leavesAreInOrderHoweverDeepTheyAre() {
        var deep = new ExceptionGroup(
                "whole",
                List.of(
                        io,
                        new ExceptionGroup(
                                "a", List.of(state, new ExceptionGroup("b", List.of(arithmetic, otherIo))))));
        assertThat(deep.leaves()).containsExactly(io, state, arithmetic, otherIo);
    }

    @Test
    void j6_handlersGetEachLeafOfTheirTypeInOrderAndTheRestPasses() throws Exception {
        var inner = new ExceptionGroup("inner", List.of(state, otherIo));
        var whole = new ExceptionGroup("whole", List.of(io, inner, arithmetic));
        var handled = new ArrayList<Throwable>();
        var handling = whole.handle(IOException.class, handled::add).handle(IOException.class, handled::add);
        assertThat(handled).containsExactly(io, otherIo);
        assertThat(handling.rest().orElseThrow().leaves()).containsExactly(state, arithmetic);
        assertThatThrownBy(handling::rethrowRest)
                .isInstanceOf(ExceptionGroup.class)
                .isSameAs(handling.rest().orElseThrow());
        var over = handling.handle(RuntimeException.class, handled::add);
        assertThat(handled).containsExactly(io, otherIo, state, arithmetic);
        assertThat(over.rest()).isEmpty();
        over.rethrowRest();
        over.handle(IOException.class, handled::add).rethrowRest();
        assertThat(handled).hasSize(4);
    }

    @Test
    void j6_groupIsNoMemberOfTheClassesAboveIt() throws Exception {
        var error = new AssertionError("error");
        var inner = new ExceptionGroup("inner", List.of(error, state));
        var whole = new ExceptionGroup("whole", List.of(io, inner));
        var parts = whole.split(Exception.class);
        assertThat(parts.matching().leaves()).containsExactly(io, state);
        assertThat(parts.rest().leaves()).containsExactly(error);
        assertThat(whole.subgroup(Exception.class).orElseThrow().leaves()).containsExactly(io, state);
        assertThat(whole.subgroup(Throwable.class)).containsSame(whole);
        var handled = new ArrayList<Throwable>();
        var handling = whole.handle(Exception.class, handled::add);
        assertThat(handled).containsExactly(io, state);
        assertThat(handling.rest().orElseThrow().leaves()).containsExactly(error);
        assertThat(handling.handle(Throwable.class, handled::add).rest()).isEmpty();
        assertThatThrownBy(() -> whole.handle(ExceptionGroup.class, handled::add))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the class of the leaves");
        assertThat(handled).containsExactly(io, state, error);
    }

    @Test
    void j6_handlerThatThrowsLosesNothing() {
        var whole = new ExceptionGroup("whole", List.of(io, state, otherIo));
        var handled = new ArrayList<Throwable>();
        var mine = new ArithmeticException("handler");
        var thrown = catchThrowable(() -> whole.handle(IOException.class, e -> {
            handled.add(e);
            throw mine;
        }));
        assertThat(thrown).isSameAs(mine);
        assertThat(handled).containsExactly(io);
        assertThat(mine.getSuppressed()).hasSize(3).contains(io, otherIo);
        assertThat(mine.getSuppressed()[2])
                .isInstanceOfSatisfying(
                        ExceptionGroup.class, rest -> assertThat(rest.leaves()).containsExactly(state));
        var second = new ArithmeticException("second");
        assertThatThrownBy(() -> whole.handle(IOException.class, e -> {
                    if (e == otherIo) {
                        throw second;
                    }
                }))
                .isSameAs(second);
        assertThat(second.getSuppressed()).doesNotContain(io).contains(otherIo).hasSize(2);
        assertThatThrownBy(() -> whole.handle(IOException.class, e -> {
                    throw e;
                }))
                .isSameAs(io)
                .satisfies(e -> assertThat(e.getSuppressed()).contains(otherIo).doesNotContain(io));
    }

    @Test
    void j6_messageNamesTheFirstTenMembers() {
        assertThat(new ExceptionGroup("some", messages(10)).getMessage())
                .startsWith("some [IOException: 0, IOException: 1, ")
                .endsWith("IOException: 9]");
        assertThat(new ExceptionGroup("some", messages(11)).getMessage()).endsWith("IOException: 9, … 1 more]");
        assertThat(new ExceptionGroup("some", List.of(new IOException())).getMessage())
                .isEqualTo("some [IOException]");
        assertThat(new ExceptionGroup("some", List.of(new ExceptionGroup("inner", messages(3)))).getMessage())
                .isEqualTo("some [ExceptionGroup: inner]");
    }

    private static List<IOException> messages(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new IOException(Integer.toString(i)))
                .toList();
    }

    @Test
    void j6_groupWithoutMembersIsRefusedAndTheirListIsItsOwn() {
        assertThatThrownBy(() -> new ExceptionGroup("none", List.of())).isInstanceOf(IllegalArgumentException.class);
        var members = new ArrayList<Throwable>(List.of(io, state));
        var group = new ExceptionGroup("some", members);
        members.clear();
        assertThat(group.exceptions()).containsExactly(io, state);
    }
}

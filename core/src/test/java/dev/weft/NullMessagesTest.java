package dev.weft;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** A null that a caller gives is named by its parameter; a null from users' code by the one that gave it. */
class NullMessagesTest {

    @Test
    void nullMain_isNamedByItsParameter() {
        assertThatThrownBy(() -> Weft.run((Body<Object, Exception>) null)).hasMessage("main");
        assertThatThrownBy(() -> Weft.run((VoidBody<Exception>) null)).hasMessage("main");
        assertThatThrownBy(() -> Weft.run((Callable<Object>) null)).hasMessage("main");
        assertThatThrownBy(() -> EventLoop.run((VoidBody<Exception>) null)).hasMessage("main");
        assertThatThrownBy(() -> EventLoop.run((Callable<Object>) null)).hasMessage("main");
        assertThatThrownBy(() -> EventLoop.run((Body<Object, Exception>) null)).hasMessage("main");
    }

    @Test
    void nullBlock_isNamedByItsParameter() {
        assertThatThrownBy(() -> Weft.taskGroup((VoidGroupBody) null)).hasMessage("block");
        assertThatThrownBy(() -> Weft.taskGroup((GroupBody<Object>) null)).hasMessage("block");
        assertThatThrownBy(() -> Weft.taskGroup(GroupOptions.failFast(), (VoidGroupBody) null))
                .hasMessage("block");
    }

    private static final class RestoresNull implements ContextPropagator {
        @Override
        public Snapshot capture() {
            return () -> null;
        }
    }

    @Test
    void h6_propagatorThatRestoresNull_isNamedWithTheRemedy() {
        assertThatThrownBy(() -> Weft.propagate(new RestoresNull(), () -> Weft.gather(() -> "value")))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("the propagator " + RestoresNull.class.getName())
                .hasMessageContaining("() -> {}");
    }

    @Test
    void h6_propagatorThatCapturesNull_isNamedWithTheRemedy() {
        ContextPropagator propagator = () -> null;
        assertThatThrownBy(() -> Weft.propagate(propagator, () -> Weft.gather(() -> "value")))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("the propagator " + propagator.getClass().getName() + " captured null")
                .hasMessageContaining("() -> () -> {}");
    }

    @Test
    void initialValueThatIsNull_isNamedWithTheRemedy() {
        var local = TaskLocal.<String>withInitial("user", () -> null);
        assertThatThrownBy(local::get)
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("task-local 'user'")
                .hasMessageContaining("TaskLocal.named");
    }
}

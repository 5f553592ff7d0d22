package dev.weft.test.junit;

import dev.weft.test.Schedule;
import dev.weft.test.ScheduleFailedError;
import dev.weft.test.Simulation;
import dev.weft.test.VoidWorldBody;
import dev.weft.test.World;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

/** Runs the methods that are a {@link SimulationTest}. */
public final class SimulationExtension implements InvocationInterceptor, ParameterResolver {

    private static final ScopedValue<World> WORLD = ScopedValue.newInstance();

    /** Made by JUnit. */
    public SimulationExtension() {}

    @Override
    public void interceptTestMethod(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> invocationContext,
            ExtensionContext context)
            throws Throwable {
        var method = invocationContext.getExecutable();
        var annotation = method.getAnnotation(SimulationTest.class);
        if (annotation == null) {
            invocation.proceed();
            return;
        }
        invocation.skip();
        var target = invocationContext.getTarget().orElse(null);
        VoidWorldBody<Exception> body = world -> ScopedValue.where(WORLD, world)
                .<@Nullable Object, RuntimeException>call(
                        () -> context.getExecutableInvoker().invoke(method, target));
        try {
            run(simulation(annotation), annotation, method.getAnnotationsByType(Seed.class), body);
        } catch (ScheduleFailedError e) {
            throw e.getCause() instanceof TestAbortedException aborted ? aborted : e;
        }
    }

    private static Simulation simulation(SimulationTest annotation) {
        var simulation = Simulation.create()
                .allow(annotation.allow())
                .strategies(annotation.strategies())
                .stepLimit(annotation.stepLimit());
        return annotation.manualClock() ? simulation.manualClock() : simulation;
    }

    private static void run(Simulation simulation, SimulationTest annotation, Seed[] pinned, VoidWorldBody<?> body)
            throws InterruptedException {
        for (var seed : pinned) {
            simulation.replay(Schedule.of(seed.value()), body);
        }
        simulation.explore(annotation.seeds(), body);
        if (annotation.sweep()) {
            simulation.sweep(body);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == World.class;
    }

    /** JUnit asks once before the test, when there is no world, and then for each execution. */
    @Override
    public @Nullable Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return WORLD.isBound() ? WORLD.get() : null;
    }
}

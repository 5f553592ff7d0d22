package dev.weft.test.junit;

import dev.weft.test.Schedule;
import dev.weft.test.ScheduleFailedError;
import dev.weft.test.Simulation;
import dev.weft.test.VoidWorldBody;
import dev.weft.test.World;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.TestAbortedException;

/** Runs the methods that are a {@link SimulationTest}. */
public final class SimulationExtension implements InvocationInterceptor, ParameterResolver {

    private static final ScopedValue<World> WORLD = ScopedValue.newInstance();
    private static final String FACTOR = "weft.simulation.factor";
    private static final String FIRST_SEED = "weft.simulation.firstSeed";

    /** Made by JUnit. */
    public SimulationExtension() {}

    @Override
    public void interceptTestMethod(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> invocationContext,
            ExtensionContext context)
            throws Throwable {
        var method = invocationContext.getExecutable();
        var annotation =
                AnnotationSupport.findAnnotation(method, SimulationTest.class).orElse(null);
        if (annotation == null) {
            throw new IllegalStateException("@Seed stands on " + method.getName()
                    + ", which is no @SimulationTest: make it one, or call replay(Schedule.of(…), …) in it");
        }
        if (!annotation.deep() && annotation.rewrite().length > 0) {
            throw new IllegalStateException("@SimulationTest of " + method.getName()
                    + " names classes to rewrite, which only a deep simulation does: add deep = true");
        }
        invocation.skip();
        var target = invocationContext.getTarget().orElse(null);
        VoidWorldBody<Exception> body = annotation.deep()
                ? DeepTestMethod.of(context.getRequiredTestClass(), method, annotation.rewrite())
                : world -> ScopedValue.where(WORLD, world)
                        .<@Nullable Object, RuntimeException>call(
                                () -> context.getExecutableInvoker().invoke(method, target));
        try {
            run(context, annotation, seeds(method), body);
        } catch (ScheduleFailedError e) {
            throw e.getCause() instanceof TestAbortedException aborted ? aborted : e;
        }
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> invocationContext,
            ExtensionContext context) {
        throw new IllegalStateException("@SimulationTest and @Seed are for methods that are run once, and "
                + invocationContext.getExecutable().getName()
                + " is repeated or parameterized: leave them out, and call Simulation.create().explore(…) in it");
    }

    private static List<Seed> seeds(Method method) {
        return AnnotationSupport.findRepeatableAnnotations(method, Seed.class);
    }

    /** As the annotation says, or as many times more as the configuration says; but one is one. */
    private static int schedules(SimulationTest annotation, ExtensionContext context) {
        var schedules = annotation.seeds();
        return schedules == 1
                ? 1
                : (int) Math.min(
                        Integer.MAX_VALUE,
                        schedules
                                * parameter(context, FACTOR, 1, Integer.MAX_VALUE)
                                        .orElse(1L));
    }

    private static Optional<Long> parameter(ExtensionContext context, String name, long least, long most) {
        return context.getConfigurationParameter(name).map(text -> {
            try {
                var number = Long.parseLong(text.strip());
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // said below
            }
            throw new IllegalArgumentException("the configuration parameter " + name + " must be a number from " + least
                    + " to " + most + ", not '" + text + "'");
        });
    }

    private static Simulation simulation(SimulationTest annotation, ExtensionContext context) {
        var simulation = (annotation.deep() ? Simulation.create().deep() : Simulation.create())
                .allow(annotation.allow())
                .strategies(annotation.strategies())
                .firstSeed(parameter(context, FIRST_SEED, Long.MIN_VALUE, Long.MAX_VALUE)
                        .orElse(1L))
                .stepLimit(annotation.stepLimit());
        return annotation.manualClock() ? simulation.manualClock() : simulation;
    }

    private static void run(
            ExtensionContext context, SimulationTest annotation, List<Seed> pinned, VoidWorldBody<?> body)
            throws InterruptedException {
        var simulation = simulation(annotation, context);
        var schedules = schedules(annotation, context);
        for (var seed : pinned) {
            simulation.replay(Schedule.of(seed.value()), body);
        }
        var coverage =
                annotation.exhaustive() ? simulation.exhaust(schedules, body) : simulation.explore(schedules, body);
        context.publishReportEntry("weft.schedules", coverage.toString());
        if (annotation.sweep()) {
            simulation.sweep(body);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == World.class
                && AnnotationSupport.isAnnotated(parameter.getDeclaringExecutable(), SimulationTest.class);
    }

    /** JUnit asks once before the test, when there is no world, and then for each execution. */
    @Override
    public @Nullable Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return WORLD.isBound() ? WORLD.get() : null;
    }
}

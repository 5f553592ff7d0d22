package dev.weft.test;

import dev.weft.test.internal.rewrite.Rewritten;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * A program whose classes have switch points, as the main of a {@linkplain Simulation#deep deep} simulation:
 *
 * <pre>{@code
 * Simulation.create().deep().explore(1_000, DeepProgram.of(Transfers.class, "com.acme.accounts"));
 * }</pre>
 *
 * <p>Each execution loads the program's class and those of its packages anew, with static fields as at the start, makes
 * an instance, and runs that. Other classes are as they are. Immutable.
 *
 * <p>In JUnit, a {@link dev.weft.test.junit.SimulationTest} that is deep does so with the test's own class.
 *
 * @since 0.1.0
 */
public final class DeepProgram implements VoidWorldBody<Exception> {

    private final Rewritten classes;

    private DeepProgram(Rewritten classes) {
        this.classes = classes;
    }

    /**
     * A program.
     *
     * @param program a class with a constructor without parameters, which is a {@link Runnable}, a {@link Callable} or
     *     a {@link VoidWorldBody}; it may be private
     * @param others packages and classes that have switch points beside those of the program's package, each with what
     *     is below or within: {@code "com.acme.pool"}
     * @return its main
     * @throws IllegalArgumentException if the class is none of these, has no class file, or is the JDK's; or if a name
     *     is not one of a package or class, or is one of the JDK or of JUnit
     * @since 0.1.0
     */
    public static DeepProgram of(Class<?> program, String... others) {
        if (!Runnable.class.isAssignableFrom(program)
                && !Callable.class.isAssignableFrom(program)
                && !VoidWorldBody.class.isAssignableFrom(program)) {
            throw new IllegalArgumentException(
                    program.getName() + " cannot be run: have it implement Runnable, Callable or VoidWorldBody");
        }
        return new DeepProgram(Rewritten.with(program, List.of(others)));
    }

    /**
     * Runs it once. Called by a simulation.
     *
     * @throws IllegalStateException if the simulation is not deep
     * @throws Exception as the program throws it
     * @since 0.1.0
     */
    @Override
    public void execute(World world) throws Exception {
        if (DeepScheduler.here() == null) {
            throw new IllegalStateException("a DeepProgram needs a simulation that is deep: call deep() before");
        }
        try {
            var anew = classes.again();
            anew.within(() -> {
                switch (anew.newInstance()) {
                    case VoidWorldBody<?> body -> body.execute(world);
                    case Callable<?> body -> body.call();
                    case Object body -> ((Runnable) body).run();
                }
                return null;
            });
        } catch (Throwable e) {
            throw Sneaky.<RuntimeException>rethrow(e);
        }
    }
}

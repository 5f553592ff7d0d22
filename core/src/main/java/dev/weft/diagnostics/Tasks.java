package dev.weft.diagnostics;

import dev.weft.Registration;
import dev.weft.Weft;

/**
 * {@link Weft#dump(int)} as a standard MBean. Weft does not register it of its own accord. A client from outside makes
 * it, by {@code MBeanServerConnection.createMBean("dev.weft.diagnostics.Tasks", name)}, and removes it afterwards. That
 * fails where Weft is in a class loader of the program's own, as in a jar of jars: such a program calls
 * {@link #register()} at its start. It has no state, so several may be registered at a time.
 */
public final class Tasks implements TasksMBean {

    /** Called by the MBean server. */
    public Tasks() {}

    /**
     * Lets {@code weft ps} and other JMX clients see the tasks of this process, wherever Weft was loaded from.
     * Registers an MBean named {@code dev.weft:type=Tasks} with the platform's MBean server; if that name is taken,
     * with the first free {@code id=2}, {@code id=3} and so on. Only a program in a class loader of its own needs it,
     * and the Spring Boot starter calls it itself.
     *
     * <p><b>Blocking:</b> never for long; the first call starts the platform's MBean server. <b>Cancellation:</b> never
     * a cancellation point.
     *
     * @return takes the MBean out again
     * @throws IllegalStateException if the program runs without the module {@code java.management}, or its MBean server
     *     refuses the MBean
     * @since 0.1.0
     */
    public static Registration register() {
        try {
            return RegisteredTasks.register();
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException(
                    "'weft ps' can reach tasks by JMX only, and this program runs without the module java.management:"
                            + " add it by '--add-modules java.management', or by 'requires' in the program's module",
                    e);
        }
    }

    @Override
    public String dump(int frames) {
        return Weft.dump(frames).toJson();
    }

    @Override
    public String text(int frames) {
        return Weft.dump(frames).toString();
    }
}

package dev.weft.diagnostics;

import dev.weft.Weft;

/**
 * {@link Weft#dump(int)} as a standard MBean. Weft does not register it: who wants to look into a process has it made
 * there, by {@code MBeanServerConnection.createMBean("dev.weft.diagnostics.Tasks", name)}, and takes it out afterwards.
 * It has no state, so several may be registered at a time.
 */
public final class Tasks implements TasksMBean {

    /** Called by the MBean server. */
    public Tasks() {}

    @Override
    public String dump(int frames) {
        return Weft.dump(frames).toJson();
    }

    @Override
    public String text(int frames) {
        return Weft.dump(frames).toString();
    }
}

package dev.weft.diagnostics;

import dev.weft.Registration;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** The part that needs the module {@code java.management}, which a program may lack. */
final class RegisteredTasks {

    private static final String NAME = "dev.weft:type=Tasks";

    private RegisteredTasks() {}

    static Registration register() {
        var server = ManagementFactory.getPlatformMBeanServer();
        try {
            var name = register(server, new Tasks());
            var isRegistered = new AtomicBoolean(true);
            return () -> {
                if (isRegistered.getAndSet(false)) { // the name may be another's by then
                    remove(server, name);
                }
            };
        } catch (JMException e) {
            throw new IllegalStateException("the MBean " + NAME + " could not be registered", e);
        }
    }

    private static ObjectName register(MBeanServer server, Tasks tasks) throws JMException {
        for (var id = 1; ; id++) {
            var name = new ObjectName(id == 1 ? NAME : NAME + ",id=" + id);
            try {
                server.registerMBean(tasks, name);
                return name;
            } catch (InstanceAlreadyExistsException e) {
                // of another registration, perhaps of another class loader's Weft
            }
        }
    }

    private static void remove(MBeanServer server, ObjectName name) {
        try {
            server.unregisterMBean(name);
        } catch (InstanceNotFoundException e) {
            // somebody has removed it already
        } catch (JMException e) {
            throw new IllegalStateException("the MBean " + name + " could not be removed", e);
        }
    }
}

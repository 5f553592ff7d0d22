package dev.weft.cluster;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The name of a member that was given none: its host's, and the number of its process, which is 1 in a container. */
final class DefaultName {

    private static final int MAX_HOST = 64;

    private DefaultName() {}

    static String get() {
        return of(System::getenv, ProcessHandle.current().pid());
    }

    static String of(UnaryOperator<@Nullable String> environment, long pid) {
        var host = host(environment).strip();
        if (host.isEmpty()) {
            return "pid " + pid;
        }
        return host.substring(0, Math.min(host.length(), MAX_HOST)) + " pid " + pid;
    }

    /** Containers and shells tell it; to ask the system may cost a query of DNS. */
    private static String host(UnaryOperator<@Nullable String> environment) {
        for (var name : new String[] {"HOSTNAME", "COMPUTERNAME"}) {
            var host = environment.apply(name);
            if (host != null && !host.isBlank()) {
                return host;
            }
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "";
        }
    }
}

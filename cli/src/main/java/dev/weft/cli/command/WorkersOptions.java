package dev.weft.cli.command;

import dev.weft.cli.remote.ClusterSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Options of {@code weft fetch}: who makes the requests. */
final class WorkersOptions {

    private static final String SERVERS = "members reach servers by themselves: give it to weft worker";

    /** The options that a fetch by members cannot keep, and why. */
    private static final Map<String, String> REFUSED = refused();

    @Option(
            names = "--workers",
            paramLabel = "HOST:PORT,...",
            description = "Have members of a cluster fetch (weft worker): some of them, or dns:NAME. Limits, retries,"
                    + " --resume and the report stay here.")
    private @Nullable String workers;

    @ArgGroup(validate = false)
    private final MemberOptions member = new MemberOptions();

    private static Map<String, String> refused() {
        var refused = new LinkedHashMap<String, String>();
        refused.put("--demo", "its server is for this process alone");
        refused.put("--output", "bodies stay with the members: give it to weft worker");
        refused.put("--data", "what is sent does not go to members");
        refused.put("--cookies", "members would each have their own");
        refused.put("--verbose", "what is asked and answered does not come back from members");
        List.of("--netrc", "--netrc-file", "--proxy", "--no-proxy", "--cacert", "--insecure", "--cert", "--key")
                .forEach(name -> refused.put(name, SERVERS));
        return refused;
    }

    boolean isOn() {
        return workers != null;
    }

    /** The conflict between options, with the remedy; null if there is none. */
    @Nullable
    String contradiction(Set<String> given) {
        if (workers == null) {
            return member.isGiven() ? "--cluster, --bind, --tls and --no-tls are for --workers: give that too" : null;
        }
        for (var option : REFUSED.entrySet()) {
            if (given.contains(option.getKey())) {
                return option.getKey() + " does not go with --workers: " + option.getValue();
            }
        }
        return null;
    }

    /**
     * How this process joins them.
     *
     * @throws IllegalArgumentException if that is not said well; the remedy is in the message
     */
    ClusterSettings settings() {
        return member.settings("--workers", workers == null ? "" : workers);
    }
}

package dev.weft.cli.command;

import dev.weft.cli.remote.ClusterSettings;
import dev.weft.cli.text.Shown;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a process becomes a member of a cluster: the same for workers and for those who call them. */
final class MemberOptions {

    private static final String DEFAULT_CLUSTER = "weft";

    @Option(names = "--cluster", paramLabel = "NAME", description = "The name that all members say. Default: weft.")
    private @Nullable String cluster;

    @Option(
            names = "--bind",
            paramLabel = "HOST:PORT",
            description = "Where this process listens for members: one address of this machine, or site:PORT for that"
                    + " in a private network. weft fetch takes a free port if it is not given.")
    private @Nullable String bind;

    @Option(
            names = "--tls",
            paramLabel = "DIR",
            converter = Converters.PathName.class,
            description = "The folder with ca.pem, cert.pem and key.pem, as weft certificates makes it: members talk by"
                    + " TLS 1.3, and each shows a certificate of that authority.")
    private @Nullable Path tls;

    @Option(names = "--no-tls", description = "Talk in plain text; on loopback addresses alone.")
    private boolean isPlain;

    /** Whether any of these is given. */
    boolean isGiven() {
        return cluster != null || bind != null || tls != null || isPlain;
    }

    @Nullable
    String bind() {
        return bind;
    }

    /** Whether one of them says how members talk. */
    boolean hasSecurity() {
        return tls != null || isPlain;
    }

    boolean hasTls() {
        return tls != null;
    }

    /**
     * The mistakes, each with its remedy: options that are missing or do not fit together.
     *
     * @param option the one that names the peers
     * @param peers as they were written, with commas
     * @param isSecured whether something else says how members talk
     */
    List<String> mistakes(String option, String peers, boolean isSecured) {
        var mistakes = new ArrayList<String>();
        var names = names(peers);
        if (names.isEmpty()) {
            mistakes.add(option + " names no member: write HOST:PORT, with commas between several," + " or "
                    + ClusterSettings.DNS + "NAME for all addresses of a host");
        }
        if (names.size() > 1 && names.stream().anyMatch(name -> name.startsWith(ClusterSettings.DNS))) {
            mistakes.add(option + " takes one " + ClusterSettings.DNS + "NAME alone: leave out the others");
        }
        if (cluster != null && cluster.isBlank()) {
            mistakes.add("--cluster has a name of at least one character");
        }
        if (!isSecured && !hasSecurity()) {
            mistakes.add("members need certificates: give --tls DIR, which 'weft certificates DIR'"
                    + " makes; or --no-tls, on loopback addresses alone");
        }
        if (tls != null && isPlain) {
            mistakes.add("--tls and --no-tls: leave one of them out");
        }
        return mistakes;
    }

    /** One in each line. */
    static String inLines(List<String> mistakes) {
        return mistakes.stream().map(Shown::harmless).collect(Collectors.joining("\n"));
    }

    private static List<String> names(String peers) {
        return Stream.of(peers.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /**
     * The settings that the options make together.
     *
     * @param option the one that names the peers
     * @param peers as they were written, with commas
     * @throws IllegalArgumentException if they do not fit together; the remedy is in the message
     */
    ClusterSettings settings(String option, String peers) {
        var mistakes = mistakes(option, peers, false);
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException(inLines(mistakes));
        }
        return settings(bind, peers, false);
    }

    /** Those of a member, where nothing is wrong. */
    ClusterSettings settings(@Nullable String listensAt, String peers, boolean isConfigured) {
        return new ClusterSettings(
                cluster == null ? DEFAULT_CLUSTER : cluster, listensAt, names(peers), tls, isPlain, isConfigured);
    }
}

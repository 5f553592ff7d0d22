package dev.weft.cluster;

import java.util.Objects;

/**
 * A handler that a member serves, and the versions that it accepts.
 *
 * @param name the name of the handler
 * @param version the newest version that the member knows
 * @param oldest the oldest version that the member still accepts
 * @since 0.1.0
 */
public record HandlerVersion(String name, int version, int oldest) {

    /**
     * Creates a handler version.
     *
     * @throws IllegalArgumentException if {@code oldest} is less than 1 or greater than {@code version}
     * @since 0.1.0
     */
    public HandlerVersion {
        Objects.requireNonNull(name, "name");
        if (oldest < 1 || oldest > version) {
            throw new IllegalArgumentException("handler '" + name + "': versions " + oldest + " to " + version
                    + "; the oldest must be at least 1 and at most the newest");
        }
    }

    /**
     * Returns the newest version that both sides accept.
     *
     * @param other the other side
     * @return the version, or 0 if there is none or the names differ
     * @since 0.1.0
     */
    public int commonWith(HandlerVersion other) {
        var common = Math.min(version, other.version);
        return name.equals(other.name) && common >= Math.max(oldest, other.oldest) ? common : 0;
    }

    /** As in {@code 'size' version 1} or {@code 'size' versions 1 to 3}. */
    @Override
    public String toString() {
        return "'" + name + "'" + versions();
    }

    private String versions() {
        return oldest == version ? " version " + version : " versions " + oldest + " to " + version;
    }
}

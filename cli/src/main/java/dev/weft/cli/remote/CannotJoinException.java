package dev.weft.cli.remote;

/** This process cannot be a member of the cluster, or finds nobody there; with the remedy in its message. */
public final class CannotJoinException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Whether the command line is wrong, and not the world. */
    private final boolean isUsage;

    CannotJoinException(String message, boolean isUsage, Throwable cause) {
        super(message, cause);
        this.isUsage = isUsage;
    }

    CannotJoinException(String message) {
        super(message);
        this.isUsage = false;
    }

    public boolean isUsage() {
        return isUsage;
    }
}

package dev.weft.cli.certificates;

/** Certificates cannot be made; with the remedy in its message. */
public final class CannotMakeException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Whether the command line is wrong, and not the world. */
    private final boolean isUsage;

    CannotMakeException(String message, boolean isUsage) {
        super(message);
        this.isUsage = isUsage;
    }

    public boolean isUsage() {
        return isUsage;
    }
}

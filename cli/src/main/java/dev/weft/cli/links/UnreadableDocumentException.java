package dev.weft.cli.links;

/** A document is not what it should be; the message says what it is, and the remedy, and goes on after its name. */
public final class UnreadableDocumentException extends Exception {
    private static final long serialVersionUID = 1L;

    public UnreadableDocumentException(String message) {
        super(message);
    }
}

package dev.weft.cli.http;

import java.net.URI;

/** Where bodies are kept. Thread-safe. */
public interface BodyStore {

    /** A body of this URL that has not begun. */
    StoredBody of(URI uri);
}

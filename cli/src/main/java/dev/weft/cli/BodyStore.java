package dev.weft.cli;

import java.net.URI;

/** Where bodies are kept. Thread-safe. */
interface BodyStore {

    /** A body of this URL that has not begun. */
    StoredBody of(URI uri);
}

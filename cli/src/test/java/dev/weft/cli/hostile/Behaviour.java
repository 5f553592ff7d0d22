package dev.weft.cli.hostile;

import java.io.IOException;

/** What a server does with a request, instead of what it should. */
@FunctionalInterface
interface Behaviour {

    /**
     * Does it. When it returns without {@link Visit#keepAlive()}, the connection is closed.
     *
     * @throws IOException if the client has gone away
     */
    void answer(Visit visit) throws IOException;
}

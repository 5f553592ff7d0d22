package dev.weft.cli.input;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that says when the next read may have to wait. */
final class Announced extends FilterInputStream {

    private final Runnable pause;

    Announced(InputStream in, Runnable pause) {
        super(in);
        this.pause = pause;
    }

    @Override
    public int read() throws IOException {
        announce();
        return in.read();
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        announce();
        return in.read(to, offset, length);
    }

    private void announce() {
        int atHand;
        try {
            atHand = in.available();
        } catch (IOException e) {
            atHand = 0; // the read says what is wrong
        }
        if (atHand <= 0) {
            pause.run();
        }
    }
}

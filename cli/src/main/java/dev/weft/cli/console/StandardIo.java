package dev.weft.cli.console;

import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The world around the program: its streams, its environment, and which streams are terminals. Injected, so that tests
 * need no process.
 *
 * @param out for results only
 * @param err for everything else
 */
public record StandardIo(
        InputStream in,
        OutputStream out,
        OutputStream err,
        Map<String, String> environment,
        boolean outIsTerminal,
        boolean errIsTerminal) {

    /**
     * This process's own. Not {@link System#out}, which swallows exceptions: that the reader has gone is something to
     * know.
     */
    public static StandardIo ofProcess() {
        return new StandardIo(
                isInputClosed() ? new ClosedInput() : System.in,
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                System.getenv(),
                isTerminal(1),
                isTerminal(2));
    }

    /** In place of standard input where there is none: each read fails. */
    private static final class ClosedInput extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("standard input is closed");
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            return read();
        }
    }

    /**
     * A process that is started with standard input closed gets the number of that for the first file that it opens,
     * which is one of Java's own.
     */
    private static boolean isInputClosed() {
        try {
            var target = Files.readSymbolicLink(Path.of("/proc/self/fd/0"));
            return target.startsWith(Path.of(System.getProperty("java.home")).toRealPath())
                    || Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                            .anyMatch(entry -> target.equals(Path.of(entry).toAbsolutePath()));
        } catch (IOException | UnsupportedOperationException e) {
            return false; // it is not known here
        }
    }

    public boolean colourOnOut() {
        return outIsTerminal && coloursAllowed();
    }

    public boolean colourOnErr() {
        return errIsTerminal && coloursAllowed();
    }

    /** See <a href="https://no-color.org">no-color.org</a>: set to anything but nothing means no colour. */
    private boolean coloursAllowed() {
        return environment.getOrDefault("NO_COLOR", "").isEmpty() && !"dumb".equals(environment.get("TERM"));
    }

    /** How wide the terminal is, if the shell tells; 80 if it does not. */
    public int columns() {
        try {
            return Math.max(20, Integer.parseInt(environment.getOrDefault("COLUMNS", "80")));
        } catch (NumberFormatException e) {
            return 80;
        }
    }

    /**
     * Where the launcher or {@code /proc} can tell, stream by stream; else what the JDK knows, which is only whether in
     * and out are terminals both.
     */
    private static boolean isTerminal(int descriptor) {
        var terminals = System.getProperty("weft.terminals");
        if (terminals != null) {
            return terminals.contains(String.valueOf(descriptor));
        }
        try {
            var target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return Objects.requireNonNull(System.console()).isTerminal();
        }
    }
}

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

/**
 * Runs a command while it holds a lock that the system takes away when this process ends, however it does: there is no
 * stale lock, and no process id that another process has by now. Ends as the command does.
 *
 * <p>Usage: java Locked.java LOCK NAME COMMAND...
 */
final class Locked {

    private static final int UNAVAILABLE = 69;
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final Duration SILENCE = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofMillis(100);

    private Locked() {}

    public static void main(String... args) throws InterruptedException {
        var file = Path.of(args[0]);
        var name = args[1];
        try (var channel = open(file)) {
            if (!lock(channel, name)) {
                giveUp(name, "waited 15 minutes for another build, which holds " + file + ".");
            }
            var process = new ProcessBuilder(List.of(args).subList(2, args.length))
                    .inheritIO()
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
            System.exit(process.waitFor());
        } catch (IOException e) {
            giveUp(name, "cannot lock " + file + ": " + e.getMessage());
        }
    }

    private static FileChannel open(Path file) throws IOException {
        if (Files.exists(file, NOFOLLOW_LINKS) && !Files.isRegularFile(file, NOFOLLOW_LINKS)) {
            throw new IOException("it is not a file; remove it and start again");
        }
        return FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE, NOFOLLOW_LINKS);
    }

    private static boolean lock(FileChannel channel, String name) throws IOException, InterruptedException {
        var waited = Duration.ZERO;
        FileLock lock;
        while ((lock = channel.tryLock()) == null && waited.compareTo(PATIENCE) < 0) {
            if (waited.equals(SILENCE)) {
                System.err.println(name + ": waiting for another build to end ...");
            }
            Thread.sleep(LOOK);
            waited = waited.plus(LOOK);
        }
        return lock != null;
    }

    private static void giveUp(String name, String why) {
        System.err.println(name + ": " + why);
        System.exit(UNAVAILABLE);
    }
}

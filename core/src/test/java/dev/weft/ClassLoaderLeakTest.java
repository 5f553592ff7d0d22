package dev.weft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** H11: an application that is taken out of a server leaves nothing behind that keeps its classes. */
@NotSimulated("has its mains in other processes")
class ClassLoaderLeakTest {

    /**
     * Weft belongs to the server, and the application is its first user, or to the application. Both at once: each
     * waits for seconds until Weft's threads have ended.
     */
    @Test
    void h11_classLoaderThatUsedWeft_isCollected() throws Exception {
        var results = Weft.gather(() -> serve("dev.weft.ClassLoaderLeakTest"), () -> serve("dev.weft."));
        var collected = new ChildJvm.Result(0, "used, used again, collected");
        assertThat(results).containsExactly(collected, collected);
    }

    private static ChildJvm.Result serve(String own) throws IOException, InterruptedException {
        return ChildJvm.run(Server.class, Map.of("OWN", own), "-XX:+UseSerialGC", "-Xmx128m");
    }

    /** A server whose own threads have worked for the application and live on. */
    static final class Server {

        private static final int TRIES = 200;
        private static final int TRY_MILLIS = 200;

        private Server() {}

        public static void main(String[] arguments) throws Exception {
            var prefix = System.getenv("OWN");
            var done = new CountDownLatch(1);
            var first = new WeakReference<ClassLoader>(useAndForget(prefix, done));
            done.await();
            var again = new CountDownLatch(1);
            var second = new WeakReference<ClassLoader>(useAndForget(prefix, again));
            again.await();
            System.out.print("used, used again, ");
            for (var i = 0; i < TRIES; i++) {
                System.gc();
                if (first.refersTo(null) && second.refersTo(null)) {
                    System.out.print("collected");
                    return;
                }
                Thread.sleep(TRY_MILLIS); // collecting takes time, but nobody tells when it is done
            }
            System.out.print("not collected: " + first.get() + " " + second.get() + " "
                    + Thread.getAllStackTraces().keySet());
        }

        private static ClassLoader useAndForget(String prefix, CountDownLatch done) throws Exception {
            var loader = new OwnClasses(prefix);
            var type = loader.loadClass(Application.class.getName());
            var run = (Callable<?>) type.getConstructor().newInstance();
            var worker = Thread.ofPlatform().name("server-worker").daemon().unstarted(new Work(run, loader, done));
            worker.start();
            return loader;
        }
    }

    /** Forgets what it has run, and lives on. */
    private static final class Work implements Runnable {
        private Callable<?> run;
        private ClassLoader loader;
        private final CountDownLatch done;

        Work(Callable<?> run, ClassLoader loader, CountDownLatch done) {
            this.run = run;
            this.loader = loader;
            this.done = done;
        }

        @Override
        public void run() {
            work();
            done.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        private void work() {
            var thread = Thread.currentThread();
            var before = thread.getContextClassLoader();
            thread.setContextClassLoader(loader);
            try {
                run.call();
            } catch (Exception e) {
                e.printStackTrace(System.out);
            } finally {
                thread.setContextClassLoader(before);
                run = null;
                loader = null;
            }
        }
    }

    /** Loads again what begins with a prefix. */
    private static final class OwnClasses extends ClassLoader {
        private final String prefix;

        OwnClasses(String prefix) {
            super("own", OwnClasses.class.getClassLoader());
            this.prefix = prefix;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                var known = findLoadedClass(name);
                if (known != null || !name.startsWith(prefix)) {
                    return known != null ? known : super.loadClass(name, resolve);
                }
                try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                    var bytes = in.readAllBytes();
                    return defineClass(name, bytes, 0, bytes.length);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    /** Uses all that has timers, threads, tables and handlers. */
    public static final class Application implements Callable<Object> {

        private static final InheritableThreadLocal<Object> INHERITED = new InheritableThreadLocal<>();

        /** Made by name. */
        public Application() {}

        @Override
        public Object call() throws Exception {
            INHERITED.set(this);
            try {
                Weft.timeout(java.time.Duration.ofHours(1), () -> Weft.gather(() -> "a", () -> "b"));
                expire();
                Weft.run(() -> {
                    var left = Weft.createTask(() -> Weft.sleep(Weft.FOREVER));
                    Weft.sleep(java.time.Duration.ofMillis(1));
                    left.cancel(new ArrayList<>(List.of(this)));
                    Weft.taskGroup(group -> {
                        group.createTask(() -> Weft.sleep(java.time.Duration.ofMillis(1)));
                    });
                    return Weft.mapConcurrent(List.of(1, 2, 3), 2, i -> i + 1);
                });
                EventLoop.run(() -> Weft.sleep(java.time.Duration.ofMillis(1)));
                Weft.abandonOnCancel(() -> "a");
                Weft.onCancel(() -> {}, () -> Weft.sleep(java.time.Duration.ofMillis(1)));
                return Weft.dump().toString();
            } finally {
                INHERITED.remove();
            }
        }

        private static void expire() throws Exception {
            try {
                Weft.timeout(java.time.Duration.ofMillis(1), () -> Weft.sleep(Weft.FOREVER));
            } catch (java.util.concurrent.TimeoutException expected) {
                // that is what it is for
            }
        }
    }
}

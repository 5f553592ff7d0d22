package dev.weft.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** J9: strands that end at once share threads, and one that blocks holds up no other. */
class SharedThreadsTest {

    private final List<String> lived = new CopyOnWriteArrayList<>();

    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    private final List<Throwable> unstarted = new CopyOnWriteArrayList<>();

    @Test
    void j9_strandsThatEndAtOnce_shareAThread_inTheirOrder() throws Exception {
        var shared = new Held(call(strands(100)));
        startAll(shared, 100);
        assertThat(shared.waiting).as("one thread is started to look").hasSize(1);
        shared.runOne().join();
        assertThat(shared.waiting).as("and one in its place").hasSize(1);
        shared.runOne().join();
        assertThat(shared.waiting).as("which finds nothing").isEmpty();
        assertThat(lived).containsExactlyElementsOf(names(100));
        assertThat(threads).hasSize(100);
        assertThat(threads.stream().distinct()).hasSize(1);
    }

    @Test
    void j9_strandThatBlocks_holdsUpNoOther() throws Exception {
        var release = new CountDownLatch(1);
        var strands = strands(3);
        strands.set(0, strand("blocked", () -> awaitQuietly(release)));
        var shared = new Held(call(strands));
        startAll(shared, 3);
        var blocked = shared.runOne();
        shared.awaitSecond();
        shared.runOne().join();
        assertThat(lived).containsExactly("blocked", "strand 1", "strand 2");
        release.countDown();
        blocked.join();
    }

    @Test
    void j9_strandThatIsStartedWhileTheLastThreadStopsLooking_isFound() throws Exception {
        assertThat(livedWhenStartedLate(true)).contains("strand 1");
    }

    @Test
    void j9_strandThatIsStartedWhileTheLastThreadStopsLooking_isLostIfNobodyLooksAgain() throws Exception {
        assertThat(livedWhenStartedLate(false)).doesNotContain("strand 1");
    }

    /** The second strand is started when the first has been taken, and its thread is about to look no more. */
    private List<String> livedWhenStartedLate(boolean looksAgain) throws InterruptedException {
        var release = new CountDownLatch(1);
        var strands = strands(2);
        strands.set(0, strand("blocked", () -> awaitQuietly(release)));
        var shared = new Held(call(strands)) {
            private boolean isLate;

            @Override
            void stopLooking() {
                if (!isLate) {
                    isLate = true;
                    start(1);
                }
                super.stopLooking();
            }

            @Override
            boolean mustLookAgain() {
                return looksAgain && super.mustLookAgain();
            }
        };
        shared.start(0);
        var blocked = shared.runOne();
        awaitLived("blocked");
        if (!shared.waiting.isEmpty()) {
            shared.runOne().join();
        }
        var seen = List.copyOf(lived);
        release.countDown();
        blocked.join();
        return seen;
    }

    @Test
    void j9_strandFindsItsThreadAsIfItWereNew() throws Exception {
        var seen = new CopyOnWriteArrayList<String>();
        var strands = new ArrayList<Strand>();
        for (var name : List.of("one", "two")) {
            strands.add(strand(name, () -> {
                var thread = Thread.currentThread();
                seen.add(thread.getName() + " " + (thread.getUncaughtExceptionHandler() == strands.get(seen.size()))
                        + " " + (thread.getContextClassLoader() == getClass().getClassLoader()));
                thread.setName("changed");
                thread.setUncaughtExceptionHandler((thrower, exception) -> {});
                thread.setContextClassLoader(new URLClassLoader(new URL[0]));
            }));
        }
        var shared = new Held(call(strands));
        startAll(shared, 2);
        shared.runOne().join();
        shared.runOne().join();
        assertThat(seen).containsExactly("one true true", "two true true");
        assertThat(threads.stream().distinct()).hasSize(1);
    }

    @Test
    void j9_strandWhoseNameCannotBeTold_livesAllTheSame() throws Exception {
        var strands = new ArrayList<Strand>();
        strands.add(new Living("no memory", () -> {}) {
            @Override
            public String name() {
                throw new OutOfMemoryError("on purpose");
            }
        });
        var shared = new Held(call(strands));
        shared.start(0);
        shared.runOne().join();
        assertThat(lived).containsExactly("no memory");
    }

    @Test
    void h7_noThreadCanBeStarted_isToldToAllThatWait() throws Exception {
        var why = new OutOfMemoryError("no thread");
        var begun = new AtomicInteger();
        var shared = new Held(call(strands(3))) {
            @Override
            void startThread() {
                if (begun.getAndIncrement() > 0) {
                    throw why;
                }
                super.startThread();
            }
        };
        startAll(shared, 2);
        shared.runOne().join();
        assertThat(lived).as("it had been taken").containsExactly("strand 0");
        assertThat(unstarted).containsExactly(why);
        shared.start(2);
        assertThat(unstarted).containsExactly(why, why);
    }

    @Test
    void j9_callIsToldWhenAStrandIsTaken() throws Exception {
        var taken = new ArrayList<String>();
        var shared = new Held(new Call(strands(2)) {
            @Override
            public void taken() {
                taken.add("after " + lived.size());
            }
        });
        startAll(shared, 2);
        assertThat(shared.hasWaiting()).isTrue();
        shared.runOne().join();
        assertThat(taken).containsExactly("after 0", "after 1");
        assertThat(shared.hasWaiting()).isFalse();
    }

    // ---- strands that tell of their lives

    private class Living extends Strand {
        private final String name;
        private final Runnable body;

        Living(String name, Runnable body) {
            super(ParallelScheduler.INSTANCE);
            this.name = name;
            this.body = body;
        }

        @Override
        protected void live() {
            threads.add(Thread.currentThread());
            lived.add(name);
            body.run();
        }

        @Override
        protected void cannotStart(Throwable why) {
            unstarted.add(why);
        }

        @Override
        public String name() {
            return name;
        }
    }

    private Strand strand(String name, Runnable body) {
        return new Living(name, body);
    }

    private List<Strand> strands(int count) {
        var strands = new ArrayList<Strand>();
        names(count).forEach(name -> strands.add(strand(name, () -> {})));
        return strands;
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "strand " + i).toList();
    }

    private static Call call(List<Strand> strands) {
        return new Call(strands);
    }

    private static class Call implements SharedThreads.Sharing {
        private final List<Strand> strands;

        Call(List<Strand> strands) {
            this.strands = strands;
        }

        @Override
        public Strand strand(int number) {
            return strands.get(number);
        }

        @Override
        public void taken() {}
    }

    private static void startAll(SharedThreads shared, int count) {
        for (var i = 0; i < count; i++) {
            shared.start(i);
        }
    }

    /** Whose threads run when the test wants them to. */
    private static class Held extends SharedThreads {
        final Queue<Thread> waiting = new ConcurrentLinkedQueue<>();
        private final CountDownLatch second = new CountDownLatch(2);

        Held(Sharing owner) {
            super(owner);
        }

        @Override
        void startThread() {
            waiting.add(Thread.ofVirtual().unstarted(this));
            second.countDown();
        }

        void awaitSecond() throws InterruptedException {
            second.await();
        }

        Thread runOne() {
            var thread = waiting.remove();
            thread.start();
            return thread;
        }
    }

    private void awaitLived(String name) {
        while (!lived.contains(name)) {
            Thread.onSpinWait();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

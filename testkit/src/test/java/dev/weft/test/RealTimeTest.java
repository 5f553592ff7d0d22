package dev.weft.test;

import static dev.weft.Weft.asCompleted;
import static dev.weft.Weft.createTask;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.mapConcurrent;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static dev.weft.sync.Attempts.hedge;
import static dev.weft.sync.Attempts.retry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Deadline;
import dev.weft.Weft;
import dev.weft.sync.Queue;
import dev.weft.sync.RateLimiter;
import dev.weft.sync.RetryPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No simulation depends on real time, or on chance. */
@Timeout(60)
class RealTimeTest {

    /** What reads a clock, waits for one, or is another number in each process. */
    private static final Pattern UNCONTROLLED = Pattern.compile(String.join(
            "|",
            "java/lang/System\\.(nanoTime|currentTimeMillis|identityHashCode)",
            "java/lang/Object\\.hashCode",
            "java/lang/Math\\.random",
            "java/lang/Thread\\.sleep",
            "java/time/\\w+\\.now",
            "java/time/Clock\\.(system|tick)\\w*",
            "java/time/InstantSource\\.system",
            "java/util/Date\\.<init>\\(\\)V",
            "java/util/Random\\.<init>\\(\\)V",
            "java/util/(SplittableRandom|security/SecureRandom)\\.<init>\\(\\)V",
            "java/util/UUID\\.randomUUID",
            "java/util/concurrent/ThreadLocalRandom\\.current",
            "java/util/concurrent/CompletableFuture\\.(orTimeout|completeOnTimeout|delayedExecutor)",
            "java/util/concurrent/\\w+\\.schedule\\w*",
            "java/util/concurrent/locks/LockSupport\\.park(Nanos|Until)",
            "dev/weft/internal/runtime/RealTime\\.\\w+"));

    /** By class: each of them is none of a simulation's, or has a reason to. */
    private static final Map<String, Set<String>> REASONS = Map.ofEntries(
            // the other runtimes' clock and timers
            Map.entry("dev/weft/internal/runtime/RealTime", Set.of("System.nanoTime")),
            Map.entry("dev/weft/internal/runtime/Timers", Set.of("System.nanoTime")),
            Map.entry("dev/weft/internal/runtime/TimerThread", Set.of("System.nanoTime", "LockSupport.parkNanos")),
            Map.entry("dev/weft/internal/runtime/Parking", Set.of("LockSupport.parkNanos")),
            Map.entry("dev/weft/internal/runtime/ParallelScheduler", Set.of("RealTime.nanoTime", "RealTime.schedule")),
            Map.entry("dev/weft/internal/runtime/EventLoopScheduler", Set.of("RealTime.nanoTime")),
            Map.entry("dev/weft/internal/runtime/EventLoopWatchman", Set.of("LockSupport.parkNanos")),
            // a strand that is back from outside leaves the JDK's scheduler
            Map.entry("dev/weft/internal/runtime/DeepTurns", Set.of("LockSupport.parkNanos")),
            // for how long a carrier without work is kept, and whether a busy one is parked: neither is a turn's matter
            Map.entry(
                    "dev/weft/internal/runtime/Carrier",
                    Set.of("LockSupport.parkNanos", "RealTime.nanoTime", "RealTime.schedule")),
            // a wait of a class without switch points looks at the JDK's clock, which must have come
            Map.entry("dev/weft/test/internal/deep/JdkTimers", Set.of("LockSupport.parkNanos", "System.nanoTime")),
            // a pinned thread is woken up together with its carrier, and nobody is told
            Map.entry("dev/weft/test/OutsidePace", Set.of("LockSupport.parkNanos", "RealTime.nanoTime")),
            Map.entry("dev/weft/test/PinnedThreads", Set.of("LockSupport.parkNanos", "RealTime.nanoTime")),
            Map.entry("dev/weft/internal/runtime/Scheduler", Set.of("RealTime.schedule", "ThreadLocalRandom.current")),
            // says of a turn that it lasts too long, but not of a simulation's
            Map.entry("dev/weft/internal/run/LongTurnWatch", Set.of("RealTime.nanoTime", "RealTime.schedule")),
            // others are handed on when an interrupt takes long, which closes a channel outside
            Map.entry("dev/weft/internal/task/Interrupter", Set.of("RealTime.isTimerThread", "RealTime.schedule")),
            // a lock that is held by a thread that has no processor
            Map.entry("dev/weft/internal/runtime/Spinning", Set.of("Thread.sleep")),
            // for how long a thread outside has been left alone
            Map.entry("dev/weft/internal/block/Abandonable", Set.of("RealTime.nanoTime")),
            // when a dump was taken, and in a hash table that is only asked whether it has something
            Map.entry("dev/weft/internal/dump/Dump", Set.of("Instant.now")),
            Map.entry("dev/weft/internal/scope/UnclosedScopes$Entry", Set.of("System.identityHashCode")),
            // what rewritten classes do outside of a simulation: as they would have done unchanged
            Map.entry(
                    "dev/weft/test/internal/hooks/Hooks",
                    Set.of(
                            "System.nanoTime",
                            "System.currentTimeMillis",
                            "Instant.now",
                            "Thread.sleep",
                            "LockSupport.parkNanos")),
            Map.entry("dev/weft/test/internal/hooks/ThreadWaits", Set.of("Thread.sleep")),
            Map.entry(
                    "dev/weft/test/internal/hooks/Randoms",
                    Set.of("Math.random", "UUID.randomUUID", "java/util/Random.<init>()V")),
            Map.entry(
                    "dev/weft/test/internal/hooks/VirtualScheduledPool",
                    Set.of(
                            "ScheduledThreadPoolExecutor.schedule",
                            "ScheduledThreadPoolExecutor.scheduleAtFixedRate",
                            "ScheduledThreadPoolExecutor.scheduleWithFixedDelay")),
            Map.entry(
                    "dev/weft/test/internal/hooks/FutureWaits",
                    Set.of(
                            "CompletableFuture.orTimeout",
                            "CompletableFuture.completeOnTimeout",
                            "CompletableFuture.delayedExecutor")),
            Map.entry(
                    "dev/weft/test/internal/hooks/Clocks",
                    Set.of(
                            "Clock.system",
                            "InstantSource.system",
                            "LocalDate.now",
                            "LocalDateTime.now",
                            "LocalTime.now",
                            "OffsetDateTime.now",
                            "ZonedDateTime.now")),
            // plain tests
            Map.entry(
                    "dev/weft/test/junit/LeakCheckExtension",
                    Set.of("Thread.sleep", "CompletableFuture.delayedExecutor")));

    @Test
    void realTimeAndChance_areUsedWhereTheyMayBe() throws Exception {
        var found = new TreeMap<String, Set<String>>();
        for (var type : List.of(Weft.class, Simulation.class)) {
            forEachClass(type, model -> {
                var own = model.thisClass().asInternalName();
                for (var entry : model.constantPool()) {
                    if (entry instanceof MemberRefEntry member
                            && !member.owner().asInternalName().equals(own)) {
                        var call = member.owner().asInternalName() + "." + member.name() + member.type();
                        if (UNCONTROLLED.matcher(call).lookingAt()) {
                            found.computeIfAbsent(own, name -> new TreeSet<>())
                                    .add(call.replaceAll(".*/(\\w+\\.\\w+)\\(.*", "$1"));
                        }
                    }
                }
            });
        }
        assertThat(found).isEqualTo(REASONS);
    }

    private interface ClassVisitor {
        void visit(ClassModel model);
    }

    private static void forEachClass(Class<?> oneOfThem, ClassVisitor visitor) throws Exception {
        var location = Path.of(
                oneOfThem.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (Files.isDirectory(location)) {
            forEachClass(location, visitor);
            return;
        }
        try (var jar = FileSystems.newFileSystem(location)) {
            forEachClass(jar.getPath("/"), visitor);
        }
    }

    private static void forEachClass(Path root, ClassVisitor visitor) throws IOException {
        try (var files = Files.walk(root)) {
            var classes =
                    files.filter(file -> file.toString().endsWith(".class")).toList();
            assertThat(classes).hasSizeGreaterThan(30);
            for (var file : classes) {
                visitor.visit(ClassFile.of().parse(file));
            }
        }
    }

    /** A bit of all that has to do with time or chance. {@code pause} is called at each step. */
    static List<String> program(World world, Runnable pause) throws Exception {
        var log = new ArrayList<String>();
        var queue = new Queue<Integer>(3);
        var limiter = new RateLimiter(2, Duration.ofSeconds(1), 2);
        var ticker = createTask(() -> {
            for (var i = 0; i < 20; i++) {
                limiter.acquire();
                pause.run();
                queue.put(i);
                log.add(i + " at " + world.currentTime());
            }
        });
        var taker = createTask(() -> {
            for (var i = 0; i < 20; i++) {
                sleep(Duration.ofMillis(700));
                pause.run();
                queue.get();
            }
        });
        var tries = new int[1];
        log.add(retry(
                RetryPolicy.attempts(9)
                        .backoff(Duration.ofMillis(10), Duration.ofSeconds(3))
                        .jitter(1),
                () -> {
                    pause.run();
                    if (tries[0]++ < 6) {
                        throw new IOException("again");
                    }
                    return "retried until " + world.currentTime();
                }));
        log.add(hedge(Duration.ofMillis(30), () -> late(world, pause), () -> late(world, pause)));
        var deadline = Deadline.after(Duration.ofMillis(250));
        for (var next : asCompleted(() -> late(world, pause), () -> late(world, pause))) {
            log.add(next.await() + ", left: " + deadline.remaining());
        }
        try {
            timeout(Duration.ofMillis(99), () -> gather(() -> late(world, pause), () -> sleep(Duration.ofDays(1))));
        } catch (TimeoutException e) {
            log.add(e.getMessage() + " at " + world.clock().instant());
        }
        log.addAll(mapConcurrent(List.of(1, 2, 3, 4, 5), 2, i -> late(world, pause)));
        gather(ticker, taker);
        return log;
    }

    private static String late(World world, Runnable pause) throws InterruptedException {
        pause.run();
        sleep(Duration.ofMillis(world.random().nextInt(80)));
        return "late, at " + world.currentTime();
    }

    @Test
    void realTimeThatPasses_changesNothing() throws Exception {
        for (var text : List.of("fifo", "random:3", "pct:3:3:100", "pos:3")) {
            var schedule = Schedule.of(text);
            var logs = new ArrayList<List<String>>();
            var atOnce = Simulation.create().replay(schedule, world -> {
                logs.add(program(world, () -> {}));
            });
            var random = new java.util.Random(1);
            var slowly = Simulation.create().replay(schedule, world -> {
                logs.add(program(world, () -> LockSupport.parkNanos(random.nextInt(1_000_000))));
            });
            assertThat(logs.getLast()).isEqualTo(logs.getFirst()).hasSizeGreaterThan(25);
            assertThat(slowly.turns()).isEqualTo(atOnce.turns());
            assertThat(slowly.digest()).isEqualTo(atOnce.digest());
        }
    }

    /** Chance is what the seed says, also where Weft itself leaves something to it. */
    @Test
    void chance_followsTheSeed() throws Exception {
        var pauses = new TreeSet<Duration>();
        for (var seed : new long[] {0, 0, 0, 1, 1}) {
            Simulation.create().randomSeed(seed).run(world -> {
                var tries = new int[1];
                retry(RetryPolicy.attempts(2).delay(Duration.ofSeconds(1)).jitter(0.5), () -> {
                    if (tries[0]++ == 0) {
                        throw new UncheckedIOException(new IOException("again"));
                    }
                });
                pauses.add(world.currentTime());
            });
        }
        assertThat(pauses).hasSize(2);
    }
}

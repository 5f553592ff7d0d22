package dev.weft.test.internal.hooks;

import java.security.Provider;
import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Random numbers. Each takes what the JDK's method takes, and returns the same, drawn from the hooks' numbers. */
public final class Randoms {

    private Randoms() {}

    private static @Nullable RandomGenerator source() {
        return SwitchPoints.hooks().random();
    }

    /** The seed of a generator that is given none. */
    public static long seed() {
        var source = source();
        return source == null ? new Random().nextLong() : source.nextLong();
    }

    /** In place of the JDK's. */
    @Instead(value = Math.class, name = "random")
    public static double random() {
        var source = source();
        return source == null ? Math.random() : source.nextDouble();
    }

    /** In place of the JDK's. */
    @Instead(ThreadLocalRandom.class)
    public static int nextInt(ThreadLocalRandom random) {
        return source(random).nextInt();
    }

    /** In place of the JDK's. */
    @Instead(ThreadLocalRandom.class)
    public static int nextInt(ThreadLocalRandom random, int bound) {
        return source(random).nextInt(bound);
    }

    /** In place of the JDK's. */
    @Instead(ThreadLocalRandom.class)
    public static int nextInt(ThreadLocalRandom random, int origin, int bound) {
        return source(random).nextInt(origin, bound);
    }

    /** In place of the JDK's. */
    @Instead(ThreadLocalRandom.class)
    public static long nextLong(ThreadLocalRandom random) {
        return source(random).nextLong();
    }

    /** In place of the JDK's. */
    @Instead(ThreadLocalRandom.class)
    public static long nextLong(ThreadLocalRandom random, long bound) {
        return source(random).nextLong(bound);
    }

    /** In place of the JDK's. */
    @Instead(ThreadLocalRandom.class)
    public static long nextLong(ThreadLocalRandom random, long origin, long bound) {
        return source(random).nextLong(origin, bound);
    }

    /** In place of the JDK's. */
    @Instead(ThreadLocalRandom.class)
    public static double nextDouble(ThreadLocalRandom random) {
        return source(random).nextDouble();
    }

    /** In place of the JDK's. */
    @Instead(ThreadLocalRandom.class)
    public static double nextDouble(ThreadLocalRandom random, double bound) {
        return source(random).nextDouble(bound);
    }

    /** In place of the JDK's. */
    @Instead(ThreadLocalRandom.class)
    public static double nextDouble(ThreadLocalRandom random, double origin, double bound) {
        return source(random).nextDouble(origin, bound);
    }

    /** In place of the JDK's. */
    @Instead(ThreadLocalRandom.class)
    public static float nextFloat(ThreadLocalRandom random) {
        return source(random).nextFloat();
    }

    /** In place of the JDK's. */
    @Instead(ThreadLocalRandom.class)
    public static boolean nextBoolean(ThreadLocalRandom random) {
        return source(random).nextBoolean();
    }

    /** The JDK makes a number of a thread from the thread's identity, too, which is another in each execution. */
    private static RandomGenerator source(ThreadLocalRandom random) {
        var source = source();
        return source == null ? random : source;
    }

    /** In place of the JDK's. */
    @Instead(UUID.class)
    public static UUID randomUUID() {
        var source = source();
        if (source == null) {
            return UUID.randomUUID();
        }
        var version = (source.nextLong() & 0xffff_ffff_ffff_0fffL) | 0x4000L;
        return new UUID(version, (source.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L);
    }

    /** In place of the JDK's. */
    @Instead(Collections.class)
    public static void shuffle(List<?> list) {
        Collections.shuffle(list, new Random(seed()));
    }

    /** In place of the JDK's. */
    @Instead(value = SecureRandom.class, name = "<init>")
    public static SecureRandom secureRandom() {
        var source = source();
        return source == null ? new SecureRandom() : new Secure(new Random(source.nextLong()));
    }

    /** Secure in name only. */
    private static final class Secure extends SecureRandom {
        private static final long serialVersionUID = 1;

        Secure(Random random) {
            super(new Source(random), new Provider("weft", "1", "numbers drawn from a seed") {
                private static final long serialVersionUID = 1;
            });
        }
    }

    private static final class Source extends SecureRandomSpi {
        private static final long serialVersionUID = 1;

        private final Random random;

        Source(Random random) {
            this.random = random;
        }

        @Override
        protected void engineSetSeed(byte[] seed) {}

        @Override
        protected void engineNextBytes(byte[] bytes) {
            random.nextBytes(bytes);
        }

        @Override
        protected byte[] engineGenerateSeed(int count) {
            var bytes = new byte[count];
            random.nextBytes(bytes);
            return bytes;
        }
    }
}

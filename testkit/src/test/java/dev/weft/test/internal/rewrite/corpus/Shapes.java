package dev.weft.test.internal.rewrite.corpus;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** The language: kinds of classes, and code of many forms. Each method says what it has seen. */
public class Shapes {

    /** An annotation that is read back. */
    @Retention(RetentionPolicy.RUNTIME)
    @interface Marked {
        String value();
    }

    /** A record with a compact constructor. */
    record Pair<A, B>(A left, B right) {
        static int made;

        Pair {
            made++;
        }
    }

    /** An enum with bodies. */
    enum Op {
        PLUS("+") {
            @Override
            long apply(long a, long b) {
                return a + b;
            }
        },
        TIMES("*") {
            @Override
            long apply(long a, long b) {
                return a * b;
            }
        };

        private final String sign;

        Op(String sign) {
            this.sign = sign;
        }

        abstract long apply(long a, long b);
    }

    /** A sealed interface. */
    sealed interface Shape permits Circle, Square {
        default String name() {
            return "a " + kind();
        }

        private String kind() {
            return getClass().getSimpleName();
        }

        static Shape of(double size) {
            return size < 1 ? new Circle(size) : new Square(size);
        }
    }

    record Circle(double radius) implements Shape {}

    record Square(double side) implements Shape {}

    /** Code before super(), and fields that are set before and after. */
    static class Base {
        protected int x;
        volatile long y;

        Base(int x) {
            this.x = x;
            initialize();
        }

        void initialize() {
            y = x * 2L;
        }
    }

    static class Derived extends Base {
        private double z;
        private final String early;

        Derived(int x, String text) {
            var length = text.length();
            if (length > 3) {
                throw new IllegalArgumentException(text);
            }
            early = text;
            z = x > 1 ? new Pair<>(1.5, 2).left() : 0.5;
            super(x > 0 ? x + length : Integer.parseInt("7"));
            z += this.x;
        }

        Derived() {
            this(2, "abc");
        }
    }

    private static long counter;
    private static final int[] TABLE = {1, 2, 3};
    private static int[] fromInitializer = new int[3];

    static {
        for (int i = 0; i < fromInitializer.length; i++) {
            fromInitializer[i] = TABLE[i] * 2;
        }
    }

    private int number = 1;
    private long wide = 1L << 40;
    private Object any = "any";

    /** A local class, an anonymous one and an inner one, on the same private fields. */
    public String classes() {
        class Local {
            int twice() {
                return number * 2;
            }
        }
        var anonymous = new Object() {
            long both = wide;

            @Override
            public String toString() {
                return both++ + " " + both + " " + ++number;
            }
        };
        return new Local().twice() + " " + anonymous + " " + new Inner().read() + " "
                + new Pair<>("a", new int[] {1}.length) + " " + Pair.made;
    }

    private class Inner {
        String read() {
            wide += 3;
            return number++ + " " + --wide + " " + any;
        }
    }

    public String enumsAndSwitches() {
        var out = new StringBuilder();
        for (var op : Op.values()) {
            out.append(op.sign)
                    .append(op.apply(3, 4))
                    .append(Op.valueOf(op.name()).ordinal());
            out.append(
                    switch (op) {
                        case PLUS -> "p";
                        case TIMES -> {
                            counter += 2;
                            yield "t" + counter;
                        }
                    });
        }
        for (var text : List.of("one", "two", "three", "x")) {
            switch (text) {
                case "one":
                    out.append(1);
                    break;
                case "two":
                    out.append(2);
                // falls through
                case "three":
                    out.append(3);
                    break;
                default:
                    out.append(text);
            }
        }
        return out.toString();
    }

    public String patterns() {
        var out = new StringBuilder();
        for (Object each :
                new Object[] {1, 2L, "s", Shape.of(0.5), Shape.of(2), new Pair<>(1, "r"), new int[] {4}, 'c'}) {
            out.append(
                    switch (each) {
                        case Integer i when i > 5 -> "big";
                        case Integer i -> "int" + i;
                        case Long l -> "long" + l;
                        case String s -> s;
                        case Circle(double radius) -> "circle" + radius;
                        case Square s -> s.name() + s.side();
                        case Pair<?, ?>(Integer left, String right) -> left + right;
                        case int[] array -> "array" + array[0];
                        default -> each.toString();
                    });
        }
        return out.toString();
    }

    /** Longs and doubles on the stack, compound assignments and arrays of every kind. */
    public String arrays() {
        long[] longs = {1, 2, 3};
        double[] doubles = new double[2];
        doubles[0] += longs[1]++ * 2.5;
        longs[0] = longs[1] = longs[2] << 3;
        byte[] bytes = {1, (byte) 200};
        boolean[] flags = {true, bytes[1] < 0};
        flags[0] ^= flags[1];
        char[] chars = {'a', 'b'};
        chars[0]++;
        short[] shorts = {7};
        shorts[0] -= 9;
        float[] floats = {0.5f};
        floats[0] *= 3;
        int[][] grid = {{1, 2}, {3, 4}};
        grid[1][0] += grid[0][1]--;
        Object[] objects = {grid, new String[] {"x", objects(1)[0]}, null};
        objects[2] = objects[1] == null ? "null" : Arrays.toString((Object[]) objects[1]);
        var caught = "";
        try {
            objects(0)[3] = "no";
        } catch (ArrayIndexOutOfBoundsException | ArrayStoreException e) {
            caught = e.getClass().getSimpleName();
        }
        return Arrays.toString(longs)
                + Arrays.toString(doubles)
                + Arrays.toString(flags)
                + new String(chars)
                + shorts[0]
                + floats[0]
                + Arrays.deepToString(grid)
                + objects[2]
                + caught;
    }

    private static String[] objects(int size) {
        return new String[] {"y" + size};
    }

    public String finallyBlocks() {
        var out = new ArrayList<String>();
        for (int i = 0; i < 4; i++) {
            out.add(one(i, out));
        }
        return out.toString();
    }

    private String one(int i, List<String> out) {
        try (AutoCloseable first = () -> out.add("closed" + number)) {
            number += i;
            if (i == 1) {
                throw new IllegalStateException("thrown");
            }
            if (i == 2) {
                return "returned" + first.getClass().isHidden();
            }
            wide = i * 3L;
        } catch (IllegalStateException e) {
            return e.getMessage() + e.getSuppressed().length;
        } catch (Exception e) {
            return "never";
        } finally {
            out.add("finally" + wide);
        }
        return "end";
    }

    public String constructors() {
        var derived = new Derived();
        var caught = "";
        try {
            new Derived(1, "too long");
        } catch (IllegalArgumentException e) {
            caught = e.getMessage();
        }
        return derived.x + " " + derived.y + " " + derived.z + " " + derived.early + " " + caught + " "
                + new Derived(0, "").z;
    }

    /** A lambda that is written and read again, one that is not, and references of every kind. */
    public String lambdas() throws Exception {
        IntSupplier plain = () -> number++ + (int) wide;
        Supplier<Object> bound = any::hashCode;
        Function<String, Integer> unbound = String::length;
        BiFunction<Integer, String, Pair<Integer, String>> constructor = Pair::new;
        Function<Integer, int[]> array = int[]::new;
        Supplier<String> ofSuper = super::toString;
        var serializable = (Supplier<String> & Serializable) () -> "kept" + counter;
        var read = (Supplier<?>) copy(serializable);
        var reference = (Function<List<String>, Integer> & Serializable) List::size;
        @SuppressWarnings("unchecked")
        var referenceRead = (Function<List<String>, Integer>) copy(reference);
        return plain.getAsInt() + " " + bound.get().equals(any.hashCode()) + " " + unbound.apply("four") + " "
                + constructor.apply(1, "c") + " " + array.apply(3).length + " "
                + ofSuper.get().contains("Shapes") + " "
                + read.get() + " " + referenceRead.apply(List.of("a", "b"));
    }

    private static Object copy(Object object) throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return in.readObject();
        }
    }

    @Marked("kept")
    public synchronized String reflection() throws Throwable {
        var method = Shapes.class.getMethod("reflection");
        var lookup = MethodHandles.lookup();
        return method.getAnnotation(Marked.class).value() + " " + Shapes.class.getPackageName() + " "
                + Shape.class.isSealed() + Shape.class.getPermittedSubclasses().length + " "
                + Pair.class.getRecordComponents().length + " "
                + Inner.class.getNestHost().getSimpleName() + " "
                + lookup.findVirtual(Shapes.class, "wideTwice", java.lang.invoke.MethodType.methodType(long.class))
                        .invoke(this)
                + " "
                + Arrays.stream(Op.values())
                        .map(Op::name)
                        .sorted(Comparator.reverseOrder())
                        .toList() + " "
                + Shapes.class.desiredAssertionStatus() + " "
                + Shapes.class.getModule().isNamed() + " "
                + (Shapes.class.getProtectionDomain().getCodeSource().getLocation()) + " "
                + Shapes.class.getResource("Shapes.class") + " "
                + Shapes.class.getPackage().getName();
    }

    private long wideTwice() {
        return wide * 2;
    }

    /** A class that is defined while the program runs, in the same package and nest. */
    public String hiddenClass() throws Exception {
        byte[] bytes;
        try (var in = Shapes.class.getResourceAsStream("Hidden.class")) {
            bytes = in.readAllBytes();
        }
        var type = MethodHandles.lookup().defineHiddenClass(bytes, true).lookupClass();
        var made = (Supplier<?>) type.getDeclaredConstructor().newInstance();
        return type.isHidden() + " " + made.get();
    }
}

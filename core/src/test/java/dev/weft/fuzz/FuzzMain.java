package dev.weft.fuzz;

import dev.weft.WeftRuntime;
import dev.weft.fuzz.Fuzzer.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The fuzzer as a program. The environment may have PLACE, RUNTIME ({@code loop}), SEED (the first one) and COUNT. With
 * {@code -Dweft.fuzz.fill=true} it fills the heap meanwhile, again and again, so that any allocation may fail.
 */
public final class FuzzMain {

    private static final Duration HANG = Duration.ofSeconds(40);
    private static final int CHUNK = 64 * 1024;
    private static final Duration PAUSE = Duration.ofMillis(2);

    private FuzzMain() {}

    /** Exits with 0 if all programs kept their promises, or 1, with what was broken. */
    public static void main(String... arguments) {
        var place = Place.valueOf(setting("PLACE", "THREAD"));
        var seed = Long.parseLong(setting("SEED", "0"));
        var count = Long.parseLong(setting("COUNT", "400"));
        var isLoop = setting("RUNTIME", "parallel").equals("loop");
        var fills = Boolean.getBoolean("weft.fuzz.fill");
        if (fills) {
            Thread.ofPlatform().daemon().name("filler").start(FuzzMain::fill);
        }
        var fuzzer = new Fuzzer(place, isLoop ? WeftRuntime::eventLoop : WeftRuntime::parallel, seed, count);
        if (fills) {
            fuzzer.ignoreLosses();
        }
        var wrong = Watched.run(fuzzer, HANG);
        System.out.println(
                wrong.isEmpty() ? fuzzer.begun() + " programs fuzzed, " + fuzzer.operations() + " operations" : wrong);
        System.exit(wrong.isEmpty() ? 0 : 1);
    }

    private static String setting(String name, String otherwise) {
        var value = System.getenv(name);
        return value == null ? otherwise : value;
    }

    private static void fill() {
        while (true) {
            List<byte[]> all = new ArrayList<>();
            try {
                while (true) {
                    all.add(new byte[CHUNK]);
                }
            } catch (OutOfMemoryError e) {
                all.clear();
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the filler", e);
        }
    }
}

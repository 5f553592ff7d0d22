package dev.weft;

import java.util.IdentityHashMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * What users gave as a reason, in words. Their {@code toString} may throw, block or never end: it is called on a thread
 * of its own, and waited for so long that a dump does not suffer from it. For one dump; not thread-safe.
 */
final class ReasonText {

    private static final int MAX_LENGTH = 500;
    private static final long LIMIT_MILLIS = 100;

    private final IdentityHashMap<Object, String> known = new IdentityHashMap<>();
    private boolean blocked;

    String of(Object reason) {
        return known.computeIfAbsent(reason, this::text);
    }

    private String text(Object reason) {
        return cut(isPlain(reason) ? reason.toString() : foreignText(reason));
    }

    private static boolean isPlain(Object reason) {
        return reason instanceof String
                || reason instanceof Boolean
                || reason instanceof Character
                || (reason instanceof Number && reason.getClass().getClassLoader() == null)
                || reason instanceof Class<?>;
    }

    private String foreignText(Object reason) {
        var unknown = "a " + reason.getClass().getName();
        if (blocked) {
            return unknown;
        }
        var text = new ArrayBlockingQueue<String>(1);
        var thread = Thread.ofPlatform().daemon().name("weft-dump-reason").unstarted(() -> text.add(textOf(reason)));
        var interrupted = false;
        try {
            thread.start();
            for (; ; ) {
                try {
                    var told = text.poll(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
                    if (told != null) {
                        return told;
                    }
                    blocked = true; // one such wait for a dump is enough
                    thread.interrupt();
                    return unknown + " whose toString() blocks";
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (OutOfMemoryError e) {
            return unknown; // no thread is to be had
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static String textOf(Object reason) {
        try {
            return String.valueOf(reason.toString());
        } catch (Throwable e) {
            return "a " + reason.getClass().getName() + " whose toString() throws "
                    + e.getClass().getName();
        }
    }

    /** Not within a character. */
    static String cut(String text) {
        if (text.length() <= MAX_LENGTH) {
            return text;
        }
        var end = Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
        return text.substring(0, end) + "…";
    }
}

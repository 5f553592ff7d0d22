package dev.weft.test;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One order of turns: a value that repeats an execution exactly, here and on any other machine. Its text is what
 * failure messages name and {@link #of(String)} reads:
 *
 * <table>
 * <caption>Schedules</caption>
 * <tr><th>text</th><th>the task that runs next</th></tr>
 * <tr><td>{@code fifo}</td><td>the event loop's order; in a deep simulation the one that has been ready longest</td></tr>
 * <tr><td>{@code random:17}</td><td>one of the ready tasks, drawn with seed 17</td></tr>
 * <tr><td>{@code pct:17:3:200}</td><td>by random priorities that change at 2 (one less than 3) of the first 200 turns</td></tr>
 * <tr><td>{@code pos:17}</td><td>by a random priority that is drawn anew for each turn</td></tr>
 * <tr><td>{@code order:3=1,8=2}</td><td>the one that has been ready longest, but at choice 3 the next one, and at
 * choice 8 the one after that</td></tr>
 * <tr><td>{@code fifo/cancel:2.3.waiting}</td><td>any of these, and task 2 is cancelled in its third wait; or
 * {@code waking}, when that is over</td></tr>
 * </table>
 *
 * <p>Immutable.
 */
public final class Schedule {

    /** The event loop's order; in a deep simulation the thread that has been ready longest. */
    public static final Schedule FIFO = new Schedule("fifo", null, null);

    private static final String CANCEL = "/cancel:";
    private static final int MAX_DEPTH = 1_000;

    private final String rule;

    /** Makes what decides; null for the event loop's own order. */
    private final @Nullable Supplier<Order> order;

    private final @Nullable CancelPoint cancelPoint;

    private Schedule(String rule, @Nullable Supplier<Order> order, @Nullable CancelPoint cancelPoint) {
        this.rule = rule;
        this.order = order;
        this.cancelPoint = cancelPoint;
    }

    static Schedule random(long seed) {
        return new Schedule("random:" + seed, () -> new RandomOrder(seed), null);
    }

    static Schedule priorities(long seed, int depth, int length) {
        return new Schedule(
                "pct:" + seed + ":" + depth + ":" + length, () -> new PriorityOrder(seed, depth, length), null);
    }

    static Schedule partialOrder(long seed) {
        return new Schedule("pos:" + seed, () -> new PartialOrder(seed), null);
    }

    static Schedule recorded(SortedMap<Integer, Integer> detours) {
        var copy = Map.copyOf(detours);
        var text = detours.entrySet().stream()
                .map(detour -> detour.getKey() + "=" + detour.getValue())
                .collect(Collectors.joining(","));
        return new Schedule("order:" + text, () -> new RecordedOrder(copy), null);
    }

    /** This one, with a task cancelled at {@code point}. */
    Schedule cancelling(@Nullable CancelPoint point) {
        return new Schedule(rule, order, point);
    }

    /**
     * The schedule that {@code text} names.
     *
     * @param text as failure messages and {@link #toString} write it, without blanks
     * @return a schedule that is equal to the one that wrote the text
     * @throws IllegalArgumentException if the text does not name a schedule; the message lists the forms
     */
    public static Schedule of(String text) {
        Objects.requireNonNull(text, "text");
        try {
            var cancel = text.indexOf(CANCEL);
            return cancel < 0
                    ? parseRule(text)
                    : parseRule(text.substring(0, cancel))
                            .cancelling(parsePoint(text.substring(cancel + CANCEL.length())));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException(
                    "no schedule: '" + text + "'; there are fifo, random:SEED, pct:SEED:DEPTH:LENGTH (a DEPTH of "
                            + MAX_DEPTH + " at most), pos:SEED and"
                            + " order:CHOICE=PLACE,…, each with or without /cancel:TASK.WAIT.waiting or …waking",
                    e);
        }
    }

    private static Schedule parseRule(String text) {
        var parts = text.split(":", -1);
        return switch (parts[0] + "/" + (parts.length - 1)) {
            case "fifo/0" -> FIFO;
            case "random/1" -> random(Long.parseLong(parts[1]));
            case "pct/3" -> priorities(Long.parseLong(parts[1]), depth(parts[2]), positive(parts[3]));
            case "pos/1" -> partialOrder(Long.parseLong(parts[1]));
            case "order/1" -> recorded(parseDetours(parts[1]));
            default -> throw new IllegalArgumentException("no rule: " + text);
        };
    }

    private static SortedMap<Integer, Integer> parseDetours(String text) {
        var detours = new TreeMap<Integer, Integer>();
        if (!text.isEmpty()) {
            for (var detour : text.split(",", -1)) {
                var sides = detour.split("=", 2);
                detours.put(notNegative(sides[0]), notNegative(sides[1]));
            }
        }
        return detours;
    }

    private static CancelPoint parsePoint(String text) {
        var parts = text.split("\\.", 3);
        return new CancelPoint(
                positive(parts[0]), positive(parts[1]), CancelPoint.Moment.valueOf(parts[2].toUpperCase(Locale.ROOT)));
    }

    private static int depth(String text) {
        var depth = positive(text);
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("the depth must be at most " + MAX_DEPTH + ": " + text);
        }
        return depth;
    }

    private static int positive(String text) {
        return atLeast(1, text);
    }

    private static int notNegative(String text) {
        return atLeast(0, text);
    }

    private static int atLeast(int least, String text) {
        var number = Integer.parseInt(text);
        if (number < least) {
            throw new IllegalArgumentException("must be at least " + least + ": " + text);
        }
        return number;
    }

    /** Something to decide one execution, or null if the event loop's own order does. */
    @Nullable
    Order newOrder() {
        return order == null ? null : order.get();
    }

    /** Whether the choices come from a generator of numbers, and not from a list of them or the event loop's order. */
    boolean isDrawn() {
        return !(newOrderAlways() instanceof RecordedOrder);
    }

    /** The same; for the event loop's own order one that is close to it: it has no rounds. */
    Order newOrderAlways() {
        return order == null ? new RecordedOrder(Map.of()) : order.get();
    }

    @Nullable
    CancelPoint cancelPoint() {
        return cancelPoint;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Schedule schedule && toString().equals(schedule.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    /** The text that {@link #of} reads. */
    @Override
    public String toString() {
        return cancelPoint == null ? rule : rule + CANCEL + cancelPoint;
    }
}

package samples.deep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.test.junit.SimulationTest;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;

/**
 * Arrays and collections that are read and written as a whole, fields by reflection, and state of the JVM. Run by a
 * test: {@code faulty_}, {@code correct_}.
 */
@Disabled("run by DeepSimulationTest")
class WholeStates {

    private static void together(Runnable one, Runnable other) {
        CompletableFuture.allOf(CompletableFuture.runAsync(one), CompletableFuture.runAsync(other))
                .join();
    }

    /** Each of two threads must get its own number back. */
    private static void bothGetTheirs(IntUnaryOperator echo) {
        var one = CompletableFuture.supplyAsync(() -> echo.applyAsInt(1));
        assertThat(echo.applyAsInt(2)).isEqualTo(2);
        assertThat(one.join()).isEqualTo(1);
    }

    // ---- a buffer for all

    private static final byte[] BUFFER = new byte[4];

    private static int fill(byte[] buffer, int number) {
        Arrays.fill(buffer, (byte) number);
        return buffer.clone()[0];
    }

    @SimulationTest(deep = true)
    void faulty_buffer() {
        bothGetTheirs(number -> fill(BUFFER, number));
    }

    @SimulationTest(deep = true)
    void correct_buffer() {
        bothGetTheirs(number -> fill(new byte[4], number));
    }

    // ---- a list that is filled anew

    private final List<String> names = new ArrayList<>();

    private void reload() {
        names.clear();
        Collections.addAll(names, "a", "b");
    }

    private synchronized void reloadAlone() {
        reload();
    }

    @SimulationTest(deep = true)
    void faulty_list() {
        together(this::reload, this::reload);
        assertThat(names).containsExactly("a", "b");
    }

    @SimulationTest(deep = true)
    void correct_list() {
        together(this::reloadAlone, this::reloadAlone);
        assertThat(names).containsExactly("a", "b");
    }

    // ---- copies of a list

    private final List<Integer> numbers = new ArrayList<>();

    private int countByConstructor() {
        numbers.add(1);
        return new ArrayList<>(numbers).size();
    }

    private int countByReference() {
        numbers.add(1);
        return Stream.of(numbers).map(ArrayList::new).findAny().orElseThrow().size();
    }

    private int countByCopy() {
        numbers.add(1);
        return List.copyOf(numbers).size();
    }

    private synchronized int countAlone() {
        return countByConstructor() + countByReference() + countByCopy();
    }

    private static void bothCount(IntSupplier count) {
        var one = CompletableFuture.supplyAsync(count::getAsInt);
        assertThat(count.getAsInt()).isNotEqualTo(one.join());
    }

    @SimulationTest(deep = true)
    void faulty_copyByConstructor() {
        bothCount(this::countByConstructor);
    }

    @SimulationTest(deep = true)
    void faulty_copyByReference() {
        bothCount(this::countByReference);
    }

    @SimulationTest(deep = true)
    void faulty_copy() {
        bothCount(this::countByCopy);
    }

    @SimulationTest(deep = true)
    void correct_copies() {
        bothCount(this::countAlone);
    }

    // ---- a field by reflection

    private int value;

    private static Field field() {
        try {
            return WholeStates.class.getDeclaredField("value");
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }

    private void increment(Field field) {
        try {
            field.setInt(this, field.getInt(this) + 1);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private synchronized void incrementAlone(Field field) {
        increment(field);
    }

    @SimulationTest(deep = true)
    void faulty_reflection() {
        var field = field();
        together(() -> increment(field), () -> increment(field));
        assertThat(value).isEqualTo(2);
    }

    @SimulationTest(deep = true)
    void correct_reflection() {
        var field = field();
        together(() -> incrementAlone(field), () -> incrementAlone(field));
        assertThat(value).isEqualTo(2);
    }

    // ---- a property of the JVM

    private static int property(int number) {
        System.setProperty("samples.deep.number", "" + number);
        return Integer.parseInt(System.getProperty("samples.deep.number"));
    }

    private synchronized int propertyAlone(int number) {
        return property(number);
    }

    @SimulationTest(deep = true)
    void faulty_property() {
        bothGetTheirs(WholeStates::property);
    }

    @SimulationTest(deep = true)
    void correct_property() {
        bothGetTheirs(this::propertyAlone);
    }
}

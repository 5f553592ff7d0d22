package outside;

import static dev.weft.Weft.gather;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;

import dev.weft.test.Simulation;
import java.util.concurrent.TimeoutException;

/** Weft and its test kit as others use them. */
public final class Program {

    private Program() {}

    public static void main(String[] arguments) throws Exception {
        var words = gather(() -> "works", () -> "on");
        var passed = false;
        try {
            timeout(ofMillis(1), () -> sleep(ofHours(1)));
        } catch (TimeoutException e) {
            passed = true;
        }
        Simulation.create().explore(3, () -> sleep(ofHours(1)));
        var module = Program.class.getModule();
        System.out.println(String.join(" ", words)
                + (module.isNamed() ? " the module path" : " the class path")
                + (passed ? ", limit passed" : ", limit did not pass"));
    }
}

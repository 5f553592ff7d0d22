package dev.weft.benchmarks.run;

import java.nio.file.Path;

/**
 * The surroundings of the program.
 *
 * @param root the project's folder
 * @param python how Python is called
 * @param weftVersion which Weft is measured
 * @param console where it says what it does
 */
public record World(Path root, String python, String weftVersion, Console console) {

    /** That of this process, as {@code benchmarks/run} has set it. */
    public static World ofProcess() {
        var python = System.getenv("WEFT_PYTHON");
        return new World(
                Path.of(System.getProperty("weft.benchmarks.root", ".")),
                python == null || python.isEmpty() ? "python3" : python,
                System.getProperty("weft.benchmarks.version", "of unknown version"),
                new Console(System.out, System.err));
    }

    /** The same, with another console. */
    public World with(Console other) {
        return new World(root, python, weftVersion, other);
    }

    Path script() {
        return root.resolve("benchmarks/src/main/python/asyncio_peer.py");
    }

    /** The folder of the reports. */
    public Path reports() {
        return root.resolve("docs/performance");
    }
}

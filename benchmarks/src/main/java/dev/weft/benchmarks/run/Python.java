package dev.weft.benchmarks.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The Python that asyncio is measured with.
 *
 * @param command how it is called
 * @param found whether it is there, and new enough
 * @param text its version; or why it cannot be used, and what to do
 */
record Python(String command, boolean found, String text) {

    /** The first with task groups and timeouts. */
    private static final int LEAST_MINOR = 11;

    private static final int PATIENCE_SECONDS = 20;
    private static final Pattern VERSION = Pattern.compile("Python (\\d+)\\.(\\d+)\\S*");

    /** Looks for it. */
    static Python find(String command) throws InterruptedException {
        try {
            var process = new ProcessBuilder(List.of(command, "--version"))
                    .redirectErrorStream(true)
                    .start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return missing(command, "did not answer within " + PATIENCE_SECONDS + " seconds");
            }
            var answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return of(command, answer);
        } catch (IOException e) {
            return missing(command, "was not found");
        }
    }

    /** From what {@code --version} answered. */
    static Python of(String command, String answer) {
        var version = VERSION.matcher(answer);
        if (!version.matches()) {
            return missing(command, "answered '" + answer + "' when asked for its version");
        }
        int major = Integer.parseInt(version.group(1));
        int minor = Integer.parseInt(version.group(2));
        if (major < 3 || (major == 3 && minor < LEAST_MINOR)) {
            return missing(command, "is " + answer);
        }
        return new Python(command, true, answer.substring("Python ".length()));
    }

    private static Python missing(String command, String what) {
        return new Python(
                command,
                false,
                command + " " + what + "; asyncio needs Python 3." + LEAST_MINOR
                        + " or later: install one, or name it in WEFT_PYTHON");
    }
}

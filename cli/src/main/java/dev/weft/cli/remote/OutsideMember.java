package dev.weft.cli.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weft.cli.files.Sources;
import dev.weft.cluster.Workers;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a member that stand outside of the command line: in {@code weft-cluster.properties}, the environment
 * and system properties. {@link dev.weft.cluster.WorkersBuilder#configure()} checks and applies them; this tells what
 * they say, for those that the program itself needs.
 */
public final class OutsideMember {

    private static final String FILE = "weft-cluster.properties";
    private static final String PROPERTY = "weft.cluster.";
    private static final String VARIABLE = "WEFT_CLUSTER_";

    private final Map<String, String> values = new HashMap<>();
    private final List<String> mistakes;

    private OutsideMember(List<String> mistakes) {
        this.mistakes = List.copyOf(mistakes);
    }

    /** Those of this process. <b>Blocking:</b> while files are read and hosts looked up. */
    public static OutsideMember ofProcess() {
        var outside = new OutsideMember(check());
        if (outside.mistakes.isEmpty()) {
            outside.read();
        }
        return outside;
    }

    private static List<String> check() {
        try {
            Workers.builder("settings").configure();
            return List.of();
        } catch (IllegalArgumentException | IOException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    private void read() {
        var environment = System.getenv();
        var named = System.getProperty(PROPERTY + "config", environment.getOrDefault(VARIABLE + "CONFIG", FILE));
        try (var in = new InputStreamReader(Sources.openFile(Path.of(named)), UTF_8)) {
            var pairs = new Properties();
            pairs.load(in);
            pairs.forEach(
                    (key, value) -> values.put(key.toString(), value.toString().strip()));
        } catch (IOException e) {
            // there is none
        }
        environment.forEach((name, value) -> {
            if (name.startsWith(VARIABLE)) {
                values.put(key(name.substring(VARIABLE.length())), value.strip());
            }
        });
        for (var name : System.getProperties().stringPropertyNames()) {
            if (name.startsWith(PROPERTY)) {
                values.put(
                        name.substring(PROPERTY.length()),
                        System.getProperty(name, "").strip());
            }
        }
    }

    /** {@code joinDns} of {@code JOIN_DNS}. */
    private static String key(String name) {
        var words = name.toLowerCase(Locale.ROOT).split("_", -1);
        var key = new StringBuilder(words[0]);
        for (var i = 1; i < words.length; i++) {
            key.append(words[i].substring(0, Math.min(1, words[i].length())).toUpperCase(Locale.ROOT))
                    .append(words[i].substring(Math.min(1, words[i].length())));
        }
        return key.toString();
    }

    /** Mistakes in them, each with its place. */
    public List<String> mistakes() {
        return mistakes;
    }

    /** The value of a key; null if nobody sets it. */
    public @Nullable String value(String key) {
        return values.get(key);
    }
}

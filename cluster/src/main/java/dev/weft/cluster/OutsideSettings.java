package dev.weft.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Settings of a member from outside the program: a file, the environment, system properties. The last one wins. */
final class OutsideSettings {

    private static final String FILE = "weft-cluster.properties";
    private static final String PROPERTY = "weft.cluster.";
    private static final String VARIABLE = "WEFT_CLUSTER_";

    /** Names the file, and is not a setting in it. */
    private static final String CONFIG = "config";

    /** A key that differs by more letters is another word, and not a slip. */
    private static final int NEAR = 2;

    private final Map<String, String> environment;
    private final Map<String, String> properties;
    private final Path here;
    private final Map<String, Setting> settings = new TreeMap<>();
    private final List<String> mistakes = new ArrayList<>();

    /** A value, and where it stands, in words. */
    private record Setting(String value, String place, Path base) {}

    OutsideSettings(Map<String, String> environment, Map<String, String> properties, Path here) {
        this.environment = environment;
        this.properties = properties;
        this.here = here;
    }

    static OutsideSettings ofProcess() {
        var properties = new TreeMap<String, String>();
        var all = System.getProperties();
        all.stringPropertyNames().forEach(name -> properties.put(name, all.getProperty(name, "")));
        return new OutsideSettings(System.getenv(), properties, Path.of(""));
    }

    /**
     * Applies all of them.
     *
     * @param file null for the one that a property or variable names, or that stands in the working directory
     * @throws IllegalArgumentException with all mistakes
     */
    void apply(WorkersBuilder builder, @Nullable Path file) throws IOException {
        var from = file == null ? file() : file;
        if (from != null) {
            read(from);
        }
        environment.forEach((name, value) -> {
            if (name.startsWith(VARIABLE)) {
                outside(camel(name.substring(VARIABLE.length())), value, name);
            }
        });
        properties.forEach((name, value) -> {
            if (name.startsWith(PROPERTY)) {
                outside(name.substring(PROPERTY.length()), value, "-D" + name);
            }
        });
        set(builder);
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException((mistakes.size() == 1 ? "a mistake" : mistakes.size() + " mistakes")
                    + " in the settings of a member:\n  " + String.join("\n  ", mistakes));
        }
    }

    private @Nullable Path file() {
        var named = properties.getOrDefault(PROPERTY + CONFIG, environment.get(VARIABLE + "CONFIG"));
        if (named != null) {
            return here.resolve(named);
        }
        var usual = here.resolve(FILE);
        return Files.exists(usual) ? usual : null;
    }

    private void read(Path file) throws IOException {
        List<SettingLines.Line> lines;
        try {
            lines = SettingLines.read(file);
        } catch (NoSuchFileException e) {
            var missing = new NoSuchFileException(file.toString(), null, "the settings of a member should be there");
            missing.initCause(e);
            throw missing;
        }
        var base = Optional.ofNullable(file.getParent()).orElse(Path.of(""));
        for (var line : lines) {
            var place = file + ":" + line.number();
            var before = settings.get(line.key());
            if (!line.mistake().isEmpty()) {
                mistakes.add(place + ": " + line.mistake());
            } else if (!SettingValues.SETTERS.containsKey(line.key())) {
                mistakes.add(place + ": unknown key '" + line.key() + "'" + suggestion(line.key()));
            } else if (before != null) {
                mistakes.add(place + ": " + line.key() + " is set in " + before.place + " already: leave one out");
            } else {
                settings.put(line.key(), new Setting(line.value(), place, base));
            }
        }
    }

    private static String suggestion(String key) {
        return nearest(key)
                .map(known -> ": did you mean '" + known + "'?")
                .orElse("; the keys are " + String.join(", ", SettingValues.SETTERS.keySet()));
    }

    /** Names of other things may begin in the same way, as Kubernetes makes them for a service. */
    private void outside(String key, String value, String place) {
        if (SettingValues.SETTERS.containsKey(key)) {
            settings.put(key, new Setting(value.strip(), place, here));
        } else if (!key.equals(CONFIG)) {
            nearest(key)
                    .ifPresent(known -> mistakes.add(place + ": did you mean "
                            + (place.startsWith("-D") ? "-D" + PROPERTY + known : VARIABLE + snake(known)) + "?"));
        }
    }

    private void set(WorkersBuilder builder) {
        settings.forEach((key, setting) -> {
            try {
                if (setting.value.isEmpty()) {
                    throw new IllegalArgumentException("the value is empty");
                }
                Objects.requireNonNull(SettingValues.SETTERS.get(key)).set(builder, setting.value, setting.base);
            } catch (IllegalArgumentException | IOException e) {
                mistakes.add(setting.place + ": " + key + ": " + (e instanceof NoSuchFileException ? "no file " : "")
                        + e.getMessage());
            }
        });
        var tls = settings.get("tls");
        var allow = settings.get("allow");
        var insecure = settings.get("insecure");
        var dns = settings.get("joinDns");
        var join = settings.get("join");
        if (insecure != null && tls != null && insecure.value.equals("true")) {
            mistakes.add(insecure.place + ": insecure: tls is set in " + tls.place + ": leave one out");
        }
        if (dns != null && join != null) {
            mistakes.add(dns.place + ": joinDns: join is set in " + join.place + ": leave one out");
        }
        if (allow != null && tls == null) {
            mistakes.add(allow.place + ": allow: goes with tls, which is not set");
        } else if (allow != null && mistakes.isEmpty()) {
            builder.allow(SettingValues.list(allow.value));
        }
    }

    // ---- names

    private static String camel(String snake) {
        var text = new StringBuilder();
        for (var word : snake.toLowerCase(Locale.ROOT).split("_", -1)) {
            text.append(
                    text.isEmpty() || word.isEmpty()
                            ? word
                            : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return text.toString();
    }

    private static String snake(String camel) {
        return camel.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
    }

    private static Optional<String> nearest(String key) {
        return SettingValues.SETTERS.keySet().stream()
                .filter(known -> distance(key, known) <= Math.min(NEAR, known.length() - 2))
                .min(Comparator.comparingInt(known -> distance(key, known)));
    }

    /** The number of letters that have to be put in, left out or changed. */
    private static int distance(String one, String other) {
        var row = new int[other.length() + 1];
        for (var j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (var i = 1; i <= one.length(); i++) {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j < row.length; j++) {
                var isSame = Character.toLowerCase(one.charAt(i - 1)) == Character.toLowerCase(other.charAt(j - 1));
                var changed = diagonal + (isSame ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}

package dev.weft.cli.command;

import dev.weft.cli.files.Reason;
import dev.weft.cli.files.Sources;
import dev.weft.cli.files.Untrusted;
import dev.weft.cli.text.Shown;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Reads a file of settings in TOML: a table for a command, with a key for each of its options. Which keys there are,
 * and what their values may be, the command's own declarations say.
 */
final class SettingsFile {

    private static final int MAX_BYTES = 1024 * 1024;

    /** The key for what is no option. */
    private static final String DOCUMENTS = "documents";

    /** They say where settings come from, or what else to do. */
    private static final List<String> NO_KEYS = List.of("config", "no-config", "help");

    private final Path file;
    private final CommandLine command;
    private final Map<String, OptionSpec> options = new TreeMap<>();

    private SettingsFile(Path file, CommandLine command) {
        this.file = file;
        this.command = command;
        for (var option : command.getCommandSpec().options()) {
            var key = option.longestName().replaceFirst("^-+", "");
            if (!NO_KEYS.contains(key)) {
                options.put(key, option);
            }
        }
    }

    /**
     * Reads the table of a command.
     *
     * @param command that has the options; it is used to try them
     * @throws IllegalArgumentException if the file cannot be read, is not TOML, or has a key or value that is not
     *     known; with the lines in its message
     */
    static List<Setting> read(Path file, CommandLine command) {
        return new SettingsFile(file, command).read();
    }

    private List<Setting> read() {
        var toml = parsed();
        if (toml.hasErrors()) {
            throw new IllegalArgumentException(toml.errors().stream()
                    .limit(5)
                    .map(error -> place(error.position()) + remedied(String.valueOf(error.getMessage())))
                    .collect(Collectors.joining("\n", Shown.harmless(file.toString()) + " is not TOML:\n", "")));
        }
        var name = command.getCommandName();
        for (var key : toml.keySet()) {
            if (!key.equals(name)) {
                throw wrong(toml, key, "is not known: settings of weft " + name + " stand in a table [" + name + "]");
            }
        }
        var settings = new ArrayList<Setting>();
        var value = toml.get(List.of(name));
        if (value instanceof TomlTable table) {
            for (var key : table.keySet()) {
                settings.add(setting(table, key));
            }
        } else if (value != null) {
            throw wrong(toml, name, "is a table: write [" + name + "] on a line of its own, and its keys below it");
        }
        return settings;
    }

    /** Regular expressions have backslashes, and double quotes are the first that one thinks of. */
    private static String remedied(String mistake) {
        return Shown.harmless(mistake)
                + (mistake.startsWith("Invalid escape sequence") ? "; in '…' a backslash is meant as itself" : "");
    }

    private TomlParseResult parsed() {
        var text = text();
        try {
            return Untrusted.read(() -> Toml.parse(text));
        } catch (Untrusted.TooMuchException e) {
            throw new IllegalArgumentException(
                    "--config " + Shown.harmless(file.toString()) + ": " + e.getMessage(), e);
        }
    }

    private String text() {
        try (var in = Sources.openFile(file)) {
            var bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IllegalArgumentException("--config " + file + ": has more than 1 MB");
            }
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            // editors of Windows mark a file in UTF-8
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("--config: there is no file " + Shown.harmless(file.toString()), e);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(
                    "--config " + Shown.harmless(file.toString()) + ": is not in UTF-8: save it in UTF-8", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("--config " + Shown.harmless(file.toString()) + ": " + Reason.of(e), e);
        }
    }

    private Setting setting(TomlTable table, String key) {
        var value = table.get(List.of(key));
        if (key.equals(DOCUMENTS)) {
            // a name that looks like an option is none
            var names = texts(table, key, value).stream().map(text -> text.startsWith("-") ? "./" + text : text);
            return new Setting("", false, names.toList());
        }
        var option = options.get(key);
        if (option == null) {
            throw wrong(table, key, "is not known" + suggestion(key));
        }
        var name = option.longestName();
        var words = new ArrayList<String>();
        if (option.arity().max() == 0) {
            if (!(value instanceof Boolean isOn)) {
                throw wrong(table, key, "is true or false");
            }
            if (isOn) {
                words.add(name);
            }
        } else if (option.isMultiValue() && value instanceof TomlArray) {
            texts(table, key, value).forEach(text -> words.add(name + "=" + text));
        } else if (value instanceof String || value instanceof Long) {
            words.add(name + "=" + value);
        } else {
            throw wrong(table, key, option.isMultiValue() ? "is a text, or a list of texts" : "is a text or a number");
        }
        tryOut(table, key, words);
        return new Setting(name, option.isMultiValue(), words);
    }

    private List<String> texts(TomlTable table, String key, @Nullable Object value) {
        if (value instanceof String text) {
            return List.of(text);
        }
        if (value instanceof TomlArray array) {
            var texts = IntStream.range(0, array.size()).mapToObj(array::get).toList();
            if (texts.stream().allMatch(String.class::isInstance)) {
                return texts.stream().map(String::valueOf).toList();
            }
        }
        throw wrong(table, key, "is a text, or a list of texts");
    }

    private void tryOut(TomlTable table, String key, List<String> words) {
        try {
            command.parseArgs(words.toArray(String[]::new));
        } catch (CommandLine.ParameterException e) {
            throw wrong(
                    table, key, String.valueOf(e.getMessage()).replaceFirst("^Invalid value for option [^:]*: ", ""));
        }
    }

    private String suggestion(String key) {
        var bare = key.replaceAll("[^a-zA-Z]", "");
        var near = options.keySet().stream()
                .filter(known -> {
                    var other = known.replace("-", "");
                    return other.equalsIgnoreCase(bare)
                            || other.startsWith(bare)
                            || (!other.isEmpty() && bare.startsWith(other));
                })
                .findFirst();
        return near.map(known -> ": did you mean " + known + "?")
                .orElse("; a key is the long name of an option without --, or documents");
    }

    private IllegalArgumentException wrong(TomlTable table, String key, String what) {
        return new IllegalArgumentException(
                place(table.inputPositionOf(List.of(key))) + Shown.harmless("'" + key + "' " + what));
    }

    private String place(@Nullable TomlPosition position) {
        return Shown.harmless(file.toString()) + (position == null ? "" : ":" + position.line()) + ": ";
    }
}

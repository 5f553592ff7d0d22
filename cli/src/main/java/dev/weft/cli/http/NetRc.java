package dev.weft.cli.http;

import dev.weft.cli.files.Sources;
import dev.weft.cli.text.ByteText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The name and password for each host, as a {@code .netrc} has them: the words of curl's manual. Immutable. */
public final class NetRc {

    /** No host. */
    public static final NetRc NONE = new NetRc(Map.of(), null);

    private static final int MAX_BYTES = 1024 * 1024;

    private final Map<String, Login> logins;
    private final @Nullable Login otherwise;

    private NetRc(Map<String, Login> logins, @Nullable Login otherwise) {
        this.logins = Map.copyOf(logins);
        this.otherwise = otherwise;
    }

    /** A name and a password. */
    record Login(String name, String password) {
        /** Without the password. */
        @Override
        public String toString() {
            return "Login[…]";
        }
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException with the reason, and nothing of what is in it, if it cannot be read
     */
    public static NetRc read(Path file) {
        try (var in = Sources.openFile(file)) {
            var bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IllegalArgumentException(file + " has more than " + ByteText.format(MAX_BYTES));
            }
            return parse(new String(bytes, StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("there is no file " + file, e);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Reads the file; unknown words are skipped. The first entry of a host counts. */
    static NetRc parse(String text) {
        var logins = new HashMap<String, Login>();
        Login otherwise = null;
        var words = words(text);
        for (var i = 0; i < words.size(); ) {
            var isDefault = words.get(i).equals("default");
            if (!isDefault && !(words.get(i).equals("machine") && i + 1 < words.size())) {
                i++;
                continue;
            }
            var host = isDefault ? "" : words.get(i + 1).toLowerCase(Locale.ROOT);
            i += isDefault ? 1 : 2;
            var name = "";
            var password = "";
            while (i + 1 < words.size()
                    && List.of("login", "password", "account").contains(words.get(i))) {
                switch (words.get(i)) {
                    case "login" -> name = words.get(i + 1);
                    case "password" -> password = words.get(i + 1);
                    default -> {}
                }
                i += 2;
            }
            var login = new Login(name, password);
            if (isDefault) {
                otherwise = otherwise == null ? login : otherwise;
            } else {
                logins.putIfAbsent(host, login);
            }
        }
        return new NetRc(logins, otherwise);
    }

    /** Separated by blanks, or in quotes; without comments, and without macros, which end with an empty line. */
    private static List<String> words(String text) {
        var words = new ArrayList<String>();
        var inMacro = false;
        for (var line : text.lines().toList()) {
            if (inMacro) {
                inMacro = !line.isBlank();
                continue;
            }
            var at = 0;
            while (true) {
                while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
                    at++;
                }
                if (at == line.length() || line.charAt(at) == '#') {
                    break;
                }
                var word = new StringBuilder();
                at = line.charAt(at) == '"' ? quoted(line, at + 1, word) : plain(line, at, word);
                if (word.toString().equals("macdef")) {
                    inMacro = true;
                    break;
                }
                words.add(word.toString());
            }
        }
        return words;
    }

    private static int plain(String line, int begin, StringBuilder word) {
        var at = begin;
        while (at < line.length() && !Character.isWhitespace(line.charAt(at))) {
            word.append(line.charAt(at++));
        }
        return at;
    }

    private static int quoted(String line, int begin, StringBuilder word) {
        var at = begin;
        while (at < line.length() && line.charAt(at) != '"') {
            at += line.charAt(at) == '\\' && at + 1 < line.length() ? 1 : 0;
            word.append(line.charAt(at++));
        }
        return Math.min(at + 1, line.length());
    }

    /** The name and password for this host; null if there are none. */
    @Nullable
    Login login(String host) {
        return logins.getOrDefault(host, otherwise);
    }
}

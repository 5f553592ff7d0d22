package dev.weft.cli.keep;

import dev.weft.cli.text.HostName;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Names for bodies: a folder for each host, and in it what can be read of the URL, its hash, and its suffix, as in
 * {@code example.org/docs_guide~5d41402abc4b2a76.html}.
 *
 * <p>The hash is what keeps URLs apart, whatever a file system thinks of case, length, dots and reserved names, and
 * whatever other URLs there are: a URL has the same name in every run. The readable part holds letters, digits,
 * {@code . _ -} and nothing else, and begins neither with a dot nor with a hyphen: no URL leads out of its folder, or
 * makes a file that another program takes for an option.
 */
public final class FileNames {

    private static final int MAX_READABLE = 80;
    private static final int MAX_SUFFIX = 8;
    private static final int HASH_DIGITS = 16;
    private static final Pattern RESERVED =
            Pattern.compile("(?i)(?:con|prn|aux|nul|com\\d|lpt\\d|conin_|conout_|clock_)[_ ]*(?:\\..*)?");

    private FileNames() {}

    /** A file in a folder, which is in the one that all are in. */
    public record Name(String folder, String file) {
        /** With {@code /} between them. */
        @Override
        public String toString() {
            return folder + "/" + file;
        }
    }

    /** The name, relative to the folder that all are in, with {@code /} between its two parts. */
    public static String of(URI uri) {
        return name(uri).toString();
    }

    public static Name name(URI uri) {
        var host = HostName.of(uri) + (HostName.portOf(uri) == -1 ? "" : "_" + HostName.portOf(uri));
        var path = withoutSlashesAround(uri.getRawPath());
        var suffix = suffix(path);
        var readable = path.substring(0, path.length() - suffix.length());
        return new Name(
                unreserved(readable(host)),
                (readable.isEmpty() ? "index" : readable(readable)) + "~" + hash(uri)
                        + suffix.toLowerCase(Locale.ROOT));
    }

    private static String withoutSlashesAround(String path) {
        var start = 0;
        var end = path.length();
        while (start < end && path.charAt(start) == '/') {
            start++;
        }
        while (start < end && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(start, end);
    }

    /** Windows takes some names for devices, whatever follows a dot in them, and drops dots at the end. */
    private static String unreserved(String folder) {
        var name = folder.endsWith(".") ? folder.substring(0, folder.length() - 1) + "_" : folder;
        return RESERVED.matcher(name).matches() ? "_" + name : name;
    }

    private static String suffix(String path) {
        var dot = path.lastIndexOf('.');
        var suffix = dot < 0 ? "" : path.substring(dot);
        return suffix.length() > 1
                        && suffix.length() <= 1 + MAX_SUFFIX
                        && suffix.chars().skip(1).allMatch(FileNames::isPlain)
                ? suffix
                : "";
    }

    private static String readable(String text) {
        var clean = new StringBuilder();
        for (var i = 0; i < text.length() && clean.length() < MAX_READABLE; i++) {
            var c = text.charAt(i);
            if (isWhole(text, i)) {
                i++;
            }
            clean.append(isPlain(c) || c == '_' || (i > 0 && (c == '.' || c == '-')) ? c : '_');
        }
        return clean.toString();
    }

    /** Whether a character beyond the first 65,536 begins here, which is two of Java's. */
    private static boolean isWhole(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                && at + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(at + 1));
    }

    private static boolean isPlain(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static String hash(URI uri) {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256").digest(uri.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}

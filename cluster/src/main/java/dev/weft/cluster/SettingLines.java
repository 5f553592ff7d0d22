package dev.weft.cluster;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** The pairs of a file in the format of {@link Properties}, with the lines that they stand in. */
final class SettingLines {

    private static final int MAX_BYTES = 1 << 20;

    /** A pair; or, if the line has a mistake, what is wrong with it. */
    record Line(int number, String key, String value, String mistake) {}

    private SettingLines() {}

    static List<Line> read(Path file) throws IOException {
        var natural = text(file).split("\r\n|\r|\n", -1);
        var lines = new ArrayList<Line>();
        for (var i = 0; i < natural.length; i++) {
            var first = i + 1;
            var text = new StringBuilder(natural[i]);
            var start = natural[i].stripLeading();
            if (start.isEmpty() || start.startsWith("#") || start.startsWith("!")) {
                continue;
            }
            while (isContinued(natural[i]) && i + 1 < natural.length) {
                i++;
                text.append('\n').append(natural[i]);
            }
            lines.add(line(first, text.toString()));
        }
        return lines;
    }

    private static String text(Path file) throws IOException {
        byte[] bytes;
        try (var in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        }
        if (bytes.length > MAX_BYTES) {
            throw new IOException(file + " has more than 1 MiB: it is not a file of settings");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IOException(file + " is not in UTF-8: save it in UTF-8", e);
        }
    }

    private static boolean isContinued(String line) {
        var backslashes = 0;
        while (backslashes < line.length() && line.charAt(line.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    /** The JDK knows the escapes; one pair at a time, so that the line is known. */
    private static Line line(int number, String text) throws IOException {
        var pair = new Properties();
        try {
            pair.load(new StringReader(text));
        } catch (IllegalArgumentException e) {
            return new Line(number, "", "", "a \\u is not followed by four hexadecimal digits");
        }
        var key = pair.stringPropertyNames().iterator().next();
        return new Line(number, key, pair.getProperty(key).strip(), "");
    }
}

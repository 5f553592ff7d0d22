package dev.weft.cli.input;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.http.Trust;
import dev.weft.cli.keep.FileNames;
import dev.weft.cli.keep.JournalFile;
import dev.weft.cli.keep.JournalLine;
import dev.weft.cli.links.LinkTarget;
import dev.weft.cli.links.PageLinks;
import dev.weft.cli.links.Sitemap;
import dev.weft.cli.links.UnreadableDocumentException;
import dev.weft.cli.text.UrlText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every reader of what others have made, with texts that are nearly right: it ends in a result or in the exception that
 * its callers expect. The seed is in the message; {@code -Dweft.fuzz.seed} and {@code -Dweft.fuzz.rounds} choose
 * others.
 */
class InputFuzzTest {

    private static final long SEED = Long.getLong("weft.fuzz.seed", 15);
    private static final int ROUNDS =
            Integer.getInteger("weft.fuzz.rounds", Boolean.getBoolean("weft.hostile.full") ? 400 : 100);

    private static final List<String> PIECES = List.of(
            "<",
            ">",
            "<!>",
            "<!--",
            "-->",
            "<?xml version='1.0'?>",
            "<!doctype html>",
            "<html>",
            "<a href=",
            "\"",
            "'",
            "<meta http-equiv=refresh content=\"0; url=x\">",
            "<meta charset=utf-16>",
            "srcset=\"a 1x, b 2x\"",
            "<base href=",
            "[a](b)",
            "![",
            "](",
            "*",
            "_",
            "`",
            "> ",
            "- ",
            "&amp;",
            "&#0;",
            "\n",
            "\r",
            "\0",
            "\u00ff",
            "\u00fe\u00ff",
            "\u001f\u008b\u0008",
            "<urlset>",
            "<url><loc>",
            "</loc></url>",
            "<![CDATA[",
            "]]>",
            "<!DOCTYPE urlset [",
            "<!ENTITY x \"y\">",
            "&x;",
            "http://a/",
            "https://",
            "//",
            "..",
            "/",
            "?",
            "#",
            "%",
            "@",
            ":",
            "[::1]",
            "{",
            "}",
            "{\"journal\":\"weft fetch\",\"version\":1,\"method\":\"GET\"}",
            "{\"uri\":\"http://a/\",\"status\":200",
            ",\"redirects\":[",
            "]",
            "null",
            "1e999",
            "-1",
            "9".repeat(40),
            "\"uri\":{}",
            "\"status\":",
            "true",
            ",",
            "-----BEGIN CERTIFICATE-----\n",
            "-----END CERTIFICATE-----\n",
            "MIIB",
            "\u0085",
            "\ufeff",
            " ".repeat(50));

    private static byte[] text(Random random) {
        var text = new StringBuilder();
        for (var left = random.nextInt(40); left >= 0; left--) {
            var piece = random.nextInt(8) == 0
                    ? String.valueOf((char) random.nextInt(256))
                    : PIECES.get(random.nextInt(PIECES.size()));
            text.append(piece.repeat(random.nextInt(20) == 0 ? 300 : 1 + random.nextInt(2)));
        }
        return text.toString().getBytes(ISO_8859_1);
    }

    private interface Attempt {
        void on(byte[] bytes) throws Exception;
    }

    private static void fuzz(Attempt attempt) {
        for (var round = 0; round < ROUNDS; round++) {
            var bytes = text(new Random(SEED * 1_000_003 + round));
            try {
                attempt.on(bytes);
            } catch (UnreadableDocumentException | IOException e) {
                assertThat(e.getMessage()).isNotNull();
            } catch (Exception | Error e) {
                throw new AssertionError("seed " + SEED + ", round " + round + ": " + new String(bytes, ISO_8859_1), e);
            }
        }
    }

    @Test
    void pages() {
        for (var type : new String[] {"text/html", "application/xhtml+xml", "text/markdown", "text/plain", "", null}) {
            fuzz(bytes -> PageLinks.read(new ByteArrayInputStream(bytes), type, "x"));
        }
    }

    @Test
    void sitemaps() {
        fuzz(bytes -> Sitemap.read(new ByteArrayInputStream(bytes), _ -> true));
    }

    @Test
    void lists() {
        fuzz(bytes -> {
            var lines = new LineReader(new ByteArrayInputStream(bytes));
            while (lines.next() instanceof SourceLine line) {
                UrlText.parse(line.text());
            }
        });
    }

    @Test
    void journals(@TempDir Path folder) {
        fuzz(bytes -> new String(bytes, ISO_8859_1).lines().forEach(JournalLine::parse));
        var file = folder.resolve("journal");
        fuzz(bytes -> {
            Files.write(file, bytes);
            JournalFile.open(file, "GET", null).close();
        });
    }

    @Test
    void urls() {
        var base = URI.create("http://a/b/c?d");
        fuzz(bytes -> {
            var text = new String(bytes, ISO_8859_1);
            UrlText.parse(text);
            UrlText.resolve(base, text);
            LinkTarget.of(text, base);
            if (UrlText.parse("http://a/" + text) instanceof UrlText.Url(var uri, var _)) {
                var name = FileNames.name(uri);
                assertThat(name.file())
                        .doesNotStartWith("-")
                        .doesNotStartWith(".")
                        .doesNotContain("/");
                assertThat(name.folder())
                        .doesNotStartWith("-")
                        .doesNotStartWith(".")
                        .doesNotContain("/");
            }
        });
    }

    @Test
    void certificates(@TempDir Path folder) {
        var file = folder.resolve("pem");
        fuzz(bytes -> {
            Files.write(file, bytes);
            try {
                Trust.readPem(file);
            } catch (IllegalArgumentException e) {
                assertThat(e.getMessage()).contains(file.toString());
            }
        });
    }

    /** A group that is repeated is matched by recursion, and one in which there is choice, by trying all. */
    @Test
    void noRegularExpression_repeatsAGroup() throws Exception {
        var repeated = Pattern.compile("(?<!\\\\\\\\)\\)(?:[*+]|\\{\\d)(?!\\+)");
        assertThat(repeated.matcher("\"(<[?!].*?>)*\"").find())
                .as("what it looks for")
                .isTrue();
        var offences = new ArrayList<String>();
        var seen = 0;
        try (var files = Files.walk(Path.of("src/main/java"))) {
            for (var file :
                    (Iterable<Path>) files.filter(path -> path.toString().endsWith(".java"))::iterator) {
                seen++;
                for (var line : Files.readAllLines(file)) {
                    var literals = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"").matcher(line);
                    while (literals.find()) {
                        if (repeated.matcher(literals.group()).find()) {
                            offences.add(file + ": " + line.strip());
                        }
                    }
                }
            }
        }
        assertThat(seen).isGreaterThan(100);
        assertThat(offences).isEmpty();
    }
}

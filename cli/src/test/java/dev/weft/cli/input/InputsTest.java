package dev.weft.cli.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.model.SourceLocation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputsTest {

    @TempDir
    Path folder;

    private static List<InputEntry> read(List<String> arguments, List<String> files, InputStream in) {
        var entries = new ArrayList<InputEntry>();
        var inputs = new Inputs(arguments, files, in);
        inputs.readArguments(entries::add);
        inputs.readLists(entries::add);
        return entries;
    }

    private static InputStream in(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void everything_isReadInOrder_withItsPlace() throws IOException {
        var file = file("urls.txt", "# x\nhttp://b/\n");
        assertThat(read(List.of("http://a/", "nonsense"), List.of(file, "-"), in("http://c/")))
                .satisfiesExactly(
                        entry -> assertThat(entry)
                                .isEqualTo(new InputEntry.Url(
                                        "http://a/", URI.create("http://a/"), null, SourceLocation.argument(1))),
                        entry -> assertThat(entry)
                                .isInstanceOfSatisfying(
                                        InputEntry.NoUrl.class,
                                        none -> assertThat(none.location()).hasToString("argument 2")),
                        entry -> assertThat(entry)
                                .isEqualTo(new InputEntry.Url(
                                        "http://b/", URI.create("http://b/"), null, SourceLocation.line(file, 2))),
                        entry -> assertThat(entry)
                                .isEqualTo(new InputEntry.Url(
                                        "http://c/",
                                        URI.create("http://c/"),
                                        null,
                                        new SourceLocation("stdin:1", true))));
    }

    @Test
    void missingFile_andDirectory_areTold_andTheRestIsRead() throws IOException {
        var missing = folder.resolve("missing").toString();
        var file = file("urls.txt", "http://b/");
        assertThat(read(List.of(), List.of(missing, folder.toString(), "nul\0name", file), in("")))
                .satisfiesExactly(
                        entry -> assertThat(entry).isEqualTo(new InputEntry.NoInput(missing, "there is no such file")),
                        entry -> assertThat(entry)
                                .isInstanceOfSatisfying(
                                        InputEntry.NoInput.class,
                                        none -> assertThat(none.why()).contains("is a directory")),
                        entry -> assertThat(entry).isInstanceOf(InputEntry.NoInput.class),
                        entry -> assertThat(entry).isInstanceOf(InputEntry.Url.class));
    }

    @Test
    void inputThatBreaks_isToldWithTheLine_andWhatCameBeforeIsKept() {
        var breaking = new InputStream() {
            private final InputStream first = in("http://a/\nhttp://b/\nhtt");

            @Override
            public int read() throws IOException {
                throw new IOException("unused");
            }

            @Override
            public int read(byte[] bytes, int offset, int count) throws IOException {
                var some = first.read(bytes, offset, count);
                if (some < 0) {
                    throw new IOException("the disk is gone");
                }
                return some;
            }
        };
        assertThat(read(List.of(), List.of("-"), breaking))
                .satisfiesExactly(
                        entry -> assertThat(entry).isInstanceOf(InputEntry.Url.class),
                        entry -> assertThat(entry).isInstanceOf(InputEntry.Url.class),
                        entry -> assertThat(entry)
                                .isEqualTo(new InputEntry.NoInput(
                                        "stdin", "cannot be read beyond line 2: the disk is gone")));
    }

    @Test
    void dashAsAnArgument_isToldHowToReadStandardInput() {
        assertThat(read(List.of("-"), List.of(), in("http://a/")))
                .singleElement()
                .isInstanceOfSatisfying(
                        InputEntry.NoUrl.class, none -> assertThat(none.why()).contains("-i -"));
    }
}

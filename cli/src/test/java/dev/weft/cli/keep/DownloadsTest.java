package dev.weft.cli.keep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.cli.http.CannotSaveException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadsTest {

    private static final URI URL = URI.create("http://a/x.txt");

    @TempDir
    Path temp;

    private Path folder;

    @BeforeEach
    void name() {
        folder = temp.resolve("new/folder");
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<Path> files() throws IOException {
        try (var all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void body_isInItsPlace_onlyWhenItIsWhole() throws Exception {
        try (var downloads = Downloads.open(folder, List.of())) {
            var download = downloads.of(URL);
            download.write(bytes("one "));
            download.write(bytes("two"));
            assertThat(downloads.has(URL)).isFalse();
            assertThat(downloads.file(URL)).doesNotExist();
            assertThat(download.keep(null)).isEqualTo(downloads.file(URL)).hasContent("one two");
            download.close();
            assertThat(downloads.has(URL)).isTrue();
        }
        assertThat(files()).singleElement().isEqualTo(folder.resolve(FileNames.of(URL)));
    }

    @Test
    void emptyBody_isAnEmptyFile() throws Exception {
        try (var downloads = Downloads.open(folder, List.of());
                var download = downloads.of(URL)) {
            assertThat(download.keep(null)).isEmptyFile();
        }
    }

    private static void save(Downloads downloads, URI url) throws IOException {
        try (var download = downloads.of(url)) {
            download.write(bytes("body"));
            download.keep(null);
        }
    }

    @Test
    void hostsFolder_thatIsReplacedMeanwhile_isLookedAtAnew() throws Exception {
        var other = URI.create("http://a/y.txt");
        try (var downloads = Downloads.open(folder, List.of())) {
            save(downloads, URL);
            var host = downloads.file(URL).getParent();
            Files.move(host, temp.resolve("moved"));
            save(downloads, other);
            assertThat(downloads.file(other)).hasContent("body");

            Files.move(host, temp.resolve("moved again"));
            Files.createSymbolicLink(host, Files.createDirectory(temp.resolve("elsewhere")));
            assertThatThrownBy(() -> save(downloads, other))
                    .isInstanceOf(CannotSaveException.class)
                    .hasMessageContaining("symbolic link");
            assertThat(temp.resolve("elsewhere")).isEmptyDirectory();
        }
        assertThat(temp.resolve("moved")).isDirectoryContaining("glob:**x~*.txt");
        assertThat(temp.resolve("moved again")).isDirectoryContaining("glob:**y~*.txt");
    }

    @Test
    void bodiesOfVeryManyHosts_areAllThere() throws Exception {
        try (var downloads = Downloads.open(folder, List.of())) {
            for (var i = 0; i < 200; i++) {
                save(downloads, URI.create("http://h" + i % 100 + "/" + i));
            }
        }
        assertThat(files()).hasSize(200);
    }

    @Test
    void bodyThatIsGivenUp_leavesNothing_andTheOldOneAsItWas() throws Exception {
        try (var downloads = Downloads.open(folder, List.of())) {
            try (var first = downloads.of(URL)) {
                first.write(bytes("old"));
                first.keep(null);
            }
            try (var second = downloads.of(URL)) {
                second.write(bytes("ne"));
            }
            assertThat(downloads.file(URL)).hasContent("old");
            try (var third = downloads.of(URL)) {
                third.write(bytes("new"));
                third.keep(null);
            }
            assertThat(downloads.file(URL)).hasContent("new");
        }
        assertThat(files()).hasSize(1);
    }

    @Test
    void writeAfterTheEnd_isRefused_andMakesNoFile() throws Exception {
        try (var downloads = Downloads.open(folder, List.of())) {
            var download = downloads.of(URL);
            download.close();
            assertThatThrownBy(() -> download.write(bytes("late"))).isInstanceOf(CannotSaveException.class);
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void whatAKilledRunHasLeft_isTakenAway_andNotWhatOthersAreAt() throws Exception {
        try (var living = Downloads.open(folder, List.of());
                var download = living.of(URL)) {
            download.write(bytes("half"));
            var dead = Files.createDirectory(folder.resolve(".weft-parts-dead"));
            Files.writeString(dead.resolve("lock"), "");
            Files.writeString(dead.resolve("1"), "half of somethi");
            Downloads.open(folder, List.of()).close();
            assertThat(dead).doesNotExist();
            assertThat(download.keep(null)).hasContent("half");
        }
        assertThat(files()).hasSize(1);
    }

    @Test
    void folderThatCannotBeUsed_isSaid() throws Exception {
        var file = Files.writeString(temp.resolve("file"), "x");
        assertThatThrownBy(() -> Downloads.open(file, List.of())).hasMessageContaining("it is a file: give a folder");
        assertThatThrownBy(() -> Downloads.open(file.resolve("below"), List.of()))
                .hasMessageContaining("cannot be made");
    }

    @Test
    void fileThatCannotBeWritten_isSaid() throws Exception {
        try (var downloads = Downloads.open(folder, List.of());
                var download = downloads.of(URL)) {
            Files.createDirectories(downloads.file(URL)); // a folder stands where the file should
            Files.writeString(downloads.file(URL).resolve("x"), "x");
            download.write(bytes("x"));
            assertThatThrownBy(() -> download.keep(null))
                    .isInstanceOf(CannotSaveException.class)
                    .hasMessageContaining("cannot write " + downloads.file(URL));
        }
    }
}

package dev.weft.cli.keep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFileTest {

    private static final JournalLine.Done DONE = new JournalLine.Done(
            URI.create("http://a/?q=%22"), 200, 12, Duration.ofMillis(34), 2, List.of(URI.create("http://b/")));

    @TempDir
    Path temp;

    private Path path;

    @BeforeEach
    void name() {
        path = temp.resolve("journal");
    }

    private static void append(JournalFile journal, String text) throws IOException {
        journal.appender().write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatIsAppended_isFoundAgain() throws Exception {
        try (var journal = JournalFile.open(path, "GET", null)) {
            assertThat(journal.find(DONE.uri())).isNull();
            append(journal, DONE + "\n");
        }
        try (var journal = JournalFile.open(path, "GET", null)) {
            assertThat(journal.find(DONE.uri())).isEqualTo(DONE);
            assertThat(journal.unreadable()).isZero();
        }
    }

    @Test
    void everyBeginningOfIt_asAKillMayLeave_isAJournalThatGoesOn() throws Exception {
        try (var journal = JournalFile.open(path, "GET", null)) {
            append(journal, DONE + "\n");
        }
        var whole = Files.readAllBytes(path);
        var head = new String(whole, StandardCharsets.UTF_8).indexOf('\n') + 1;
        var other = new JournalLine.Done(URI.create("http://c/"), 404, 1, Duration.ZERO, 1, List.of());
        for (var length = head; length <= whole.length; length++) {
            Files.write(path, java.util.Arrays.copyOf(whole, length));
            try (var journal = JournalFile.open(path, "GET", null)) {
                assertThat(journal.find(DONE.uri())).isEqualTo(length == whole.length ? DONE : null);
                append(journal, other + "\n");
            }
            try (var journal = JournalFile.open(path, "GET", null)) {
                assertThat(journal.find(other.uri()))
                        .as("after %d bytes", length)
                        .isEqualTo(other);
                assertThat(journal.unreadable()).isZero();
            }
        }
    }

    @Test
    void killBeforeTheFirstLineWasWhole_isABeginning() throws Exception {
        JournalFile.open(path, "GET", null).close();
        var whole = Files.readAllBytes(path);
        for (var length = 0; length < whole.length; length++) {
            Files.write(path, java.util.Arrays.copyOf(whole, length));
            JournalFile.open(path, "GET", null).close();
            assertThat(Files.readAllBytes(path)).isEqualTo(whole);
        }
    }

    @Test
    void linesThatSayNothing_areCounted_andTheRestHolds() throws Exception {
        JournalFile.open(path, "GET", null).close();
        Files.writeString(path, "nonsense\n{\"uri\":\"http://x/\"}\n[1]\n" + DONE + "\n", StandardOpenOption.APPEND);
        try (var journal = JournalFile.open(path, "GET", null)) {
            assertThat(journal.unreadable()).isEqualTo(3);
            assertThat(journal.find(DONE.uri())).isEqualTo(DONE);
        }
    }

    @Test
    void anotherFile_isRefused_andLeftAsItIs() throws Exception {
        for (var text : List.of("my diary\n", "no end", "{\"journal\":\"other\",\"version\":1,\"method\":\"GET\"}\n")) {
            Files.writeString(path, text);
            assertThatThrownBy(() -> JournalFile.open(path, "GET", null))
                    .hasMessageContaining("no journal of weft fetch");
            assertThat(path).hasContent(text);
        }
        assertThatThrownBy(() -> JournalFile.open(temp, "GET", null)).hasMessageContaining("it is a folder");
        assertThatThrownBy(() -> JournalFile.open(temp.resolve("no/such"), "GET", null))
                .hasMessageContaining("cannot be opened");
    }

    @Test
    void anotherMethod_isRefused() throws Exception {
        JournalFile.open(path, "GET", null).close();
        assertThatThrownBy(() -> JournalFile.open(path, "HEAD", null))
                .hasMessageContaining("method GET")
                .hasMessageContaining("HEAD");
    }

    @Test
    void anotherVersion_isRefused() throws Exception {
        Files.writeString(path, new JournalLine.Head(99, "GET", null) + "\n");
        assertThatThrownBy(() -> JournalFile.open(path, "GET", null)).hasMessageContaining("another version");
    }

    @Test
    void oneAtATime() throws Exception {
        try (var journal = JournalFile.open(path, "GET", null)) {
            assertThatThrownBy(() -> JournalFile.open(journal.path(), "GET", null))
                    .hasMessageContaining("uses it already");
        }
        JournalFile.open(path, "GET", null).close();
    }
}

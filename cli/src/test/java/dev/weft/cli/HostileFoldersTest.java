package dev.weft.cli;

import static dev.weft.cli.Ran.weft;
import static dev.weft.cli.ScriptedServer.answer;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weft.cli.keep.FileNames;
import dev.weft.cli.model.ExitCode;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders into which somebody else has put things: nothing outside is touched, nothing hangs, and it is said. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no pipes with names, and links need a privilege")
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileFoldersTest {

    @TempDir
    Path temp;

    private Path folder;
    private Path treasure;
    private ScriptedServer server;

    @BeforeEach
    void open() throws IOException {
        folder = Files.createDirectory(temp.resolve("out"));
        treasure = Files.createDirectory(temp.resolve("treasure"));
        Files.writeString(treasure.resolve("lock"), "");
        Files.writeString(treasure.resolve("1"), "dear");
        Files.writeString(treasure.resolve("letters"), "dear");
        server = new ScriptedServer(r -> answer(200, "the body of " + r.target()));
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        try (var left = Files.list(treasure)) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .as("what lies outside")
                    .containsExactlyInAnyOrder("lock", "1", "letters");
        }
        assertThat(treasure.resolve("1")).hasContent("dear");
    }

    private Ran fetch(String... more) {
        return weft(Stream.concat(
                        Stream.of("fetch", "--format", "ndjson", "-o", folder.toString(), server.url("/a")),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    private Path body() {
        return folder.resolve(FileNames.of(URI.create(server.url("/a"))));
    }

    private static void pipe(Path path) throws IOException {
        try {
            assumeTrue(new ProcessBuilder("mkfifo", path.toString()).start().waitFor() == 0, "mkfifo makes pipes");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void giveAway(Path path) throws IOException {
        try {
            var nobody = path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
            Files.setOwner(path, nobody);
        } catch (IOException e) {
            assumeTrue(false, "only the administrator gives files away: " + e);
        }
    }

    /** Things that are not what their name says. */
    enum Odd {
        LINK,
        DANGLING_LINK,
        LINK_LOOP,
        PIPE,
        SOCKET,
        FOLDER,
        FILE_OF_ANOTHER;

        void make(Path path, Path treasure) throws IOException {
            switch (this) {
                case LINK -> Files.createSymbolicLink(path, treasure.resolve("lock"));
                case DANGLING_LINK -> Files.createSymbolicLink(path, treasure.resolve("none"));
                case LINK_LOOP -> Files.createSymbolicLink(path, path);
                case PIPE -> pipe(path);
                case SOCKET -> {
                    try (var socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                        socket.bind(UnixDomainSocketAddress.of(path));
                    } catch (IOException | UnsupportedOperationException e) {
                        assumeTrue(false, "no socket can be made there: " + e);
                    }
                }
                case FOLDER -> Files.createDirectory(path);
                case FILE_OF_ANOTHER -> giveAway(Files.writeString(path, ""));
            }
        }
    }

    // ---- what looks like the remains of another run

    @Test
    void remainsThatAreALink_areNotFollowed() throws Exception {
        Files.createSymbolicLink(folder.resolve(".weft-parts-1"), treasure);
        var ran = fetch();
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.err()).contains(".weft-parts-1: it is a symbolic link");
        assertThat(body()).hasContent("the body of /a");
        assertThat(folder.resolve(".weft-parts-1")).isSymbolicLink();
    }

    @ParameterizedTest
    @EnumSource(Odd.class)
    void remainsThatAreSomethingElse_areLeftAlone(Odd odd) throws Exception {
        var remains = folder.resolve(".weft-parts-1");
        if (odd == Odd.FOLDER) {
            giveAway(Files.createDirectory(remains));
        } else {
            odd.make(remains, treasure);
        }
        var ran = fetch();
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.err()).contains("left alone: .weft-parts-1: it ");
        assertThat(Files.exists(remains, NOFOLLOW_LINKS)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Odd.class)
    void lockThatIsSomethingElse_leavesTheRemainsAlone(Odd odd) throws Exception {
        var remains = Files.createDirectory(folder.resolve(".weft-parts-1"));
        Files.writeString(remains.resolve("1"), "half");
        odd.make(remains.resolve("lock"), treasure);
        var ran = fetch();
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.err()).contains("left alone: .weft-parts-1: 'lock' in it is not one of weft's");
        assertThat(remains.resolve("1")).hasContent("half");
    }

    @ParameterizedTest
    @EnumSource(Odd.class)
    void partThatIsSomethingElse_leavesTheRemainsAlone(Odd odd) throws Exception {
        var remains = Files.createDirectory(folder.resolve(".weft-parts-1"));
        Files.writeString(remains.resolve("lock"), "");
        odd.make(remains.resolve("2"), treasure);
        var ran = fetch();
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.err()).contains("left alone: .weft-parts-1: there is something else in it, '2'");
        assertThat(remains.resolve("lock")).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"letter", "1.txt", "-1", "\u0661", "LOCK"})
    void remainsWithAStranger_areLeftAlone(String stranger) throws Exception {
        var remains = Files.createDirectory(folder.resolve(".weft-parts-1"));
        Files.writeString(remains.resolve("lock"), "");
        Files.writeString(remains.resolve("1"), "half");
        Files.writeString(remains.resolve(stranger), "dear");
        assertThat(fetch().err()).contains("there is something else in it");
        assertThat(remains.resolve(stranger)).hasContent("dear");
        assertThat(remains.resolve("1")).hasContent("half");
    }

    // ---- the places of bodies

    @ParameterizedTest
    @EnumSource(Odd.class)
    void hostFolderThatIsSomethingElse_isAnErrorOfItsUrls(Odd odd) throws Exception {
        var host = body().getParent();
        if (odd == Odd.LINK) {
            Files.createSymbolicLink(host, treasure);
        } else if (odd == Odd.FOLDER) {
            giveAway(Files.createDirectory(host));
        } else {
            odd.make(host, treasure);
        }
        var ran = fetch();
        assertThat(ran.exitCode()).isOne();
        assertThat(ran.result(server.url("/a"))).containsEntry("kind", "file");
        assertThat(ran.result(server.url("/a")).get("message").toString())
                .contains("cannot write")
                .contains(": it ");
    }

    @ParameterizedTest
    @EnumSource(value = Odd.class, mode = EnumSource.Mode.EXCLUDE, names = "FILE_OF_ANOTHER")
    void somethingElseInABodysPlace_staysThere(Odd odd) throws Exception {
        Files.createDirectory(body().getParent());
        odd.make(body(), treasure);
        var ran = fetch();
        assertThat(ran.result(server.url("/a"))).containsEntry("kind", "file");
        assertThat(Files.isRegularFile(body(), NOFOLLOW_LINKS)).isFalse();
    }

    @Test
    void bodyThatIsALink_isNotTakenForDone() throws Exception {
        var journal = temp.resolve("journal").toString();
        assertThat(fetch("--resume", journal).exitCode()).isZero();
        Files.delete(body());
        Files.createSymbolicLink(body(), treasure.resolve("letters"));
        assertThat(fetch("--resume", journal).result(server.url("/a"))).containsEntry("kind", "file");
    }

    @Test
    void folderThatIsALinkOfAnotherUser_isRefused() throws Exception {
        var link = Files.createSymbolicLink(temp.resolve("link"), folder);
        assertThat(weft("fetch", "-o", link.toString(), server.url("/a")).exitCode())
                .as("one's own link")
                .isZero();
        assumeTrue("root".equals(System.getProperty("user.name")), "only the administrator gives links away");
        var changed = new ProcessBuilder("chown", "-h", "nobody", link.toString()).start();
        assumeTrue(changed.waitFor() == 0);
        var ran = weft("fetch", "-o", link.toString(), server.url("/a"));
        assertThat(ran.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err()).contains("a symbolic link that another user (nobody) has made");
    }

    @Test
    void folderForAll_withAStickyBit_isAsGoodAsAnother() throws Exception {
        assumeTrue(
                new ProcessBuilder("chmod", "1777", folder.toString()).start().waitFor() == 0);
        assertThat(fetch().exitCode()).isZero();
        assertThat(body()).hasContent("the body of /a");
    }

    // ---- the journal and the picture

    @ParameterizedTest
    @EnumSource(Odd.class)
    void journalThatIsSomethingElse_isRefused(Odd odd) throws Exception {
        var journal = temp.resolve("journal");
        odd.make(journal, treasure);
        var ran = weft("fetch", "--resume", journal.toString(), server.url("/a"));
        assertThat(ran.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err()).contains("--resume " + journal + ": it ");
        assertThat(treasure.resolve("lock")).isEmptyFile();
    }

    @ParameterizedTest
    @EnumSource(value = Odd.class, mode = EnumSource.Mode.EXCLUDE, names = "FILE_OF_ANOTHER")
    void pictureInThePlaceOfSomethingElse_isRefusedBeforeItBegins(Odd odd) throws Exception {
        var picture = temp.resolve("picture.html");
        odd.make(picture, treasure);
        var ran = weft("fetch", "--timeline", picture.toString(), server.url("/a"));
        assertThat(ran.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err()).contains("--timeline " + picture + ": it is");
        assertThat(server.requests()).isEmpty();
        assertThat(Files.isRegularFile(picture, NOFOLLOW_LINKS)).isFalse();
    }

    // ---- permissions

    @Test
    void replacedFiles_keepTheirPermissions() throws Exception {
        var picture = Files.writeString(temp.resolve("picture.html"), "old");
        Files.createDirectories(body().getParent());
        Files.writeString(body(), "old");
        for (var file : new Path[] {picture, body()}) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        }
        assertThat(fetch("--timeline", picture.toString()).exitCode()).isZero();
        for (var file : new Path[] {picture, body()}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-r-----");
            assertThat(Files.readString(file)).isNotEqualTo("old");
        }
    }

    @Test
    void replacedFileOfAnother_staysTheirs_whereThatMayBe() throws Exception {
        var picture = Files.writeString(temp.resolve("picture.html"), "old");
        giveAway(picture);
        assertThat(fetch("--timeline", picture.toString()).exitCode()).isZero();
        assertThat(Files.getOwner(picture).getName()).isEqualTo("nobody");
        assertThat(Files.readString(picture)).isNotEqualTo("old");
    }

    // ---- what is read

    @ParameterizedTest
    @ValueSource(strings = {"-i", "--links", "--sitemap"})
    void pipeThatNobodyWritesTo_endsAtTheDeadline(String option) throws Exception {
        var pipe = temp.resolve("pipe");
        pipe(pipe);
        var ran = weft("fetch", "--format", "ndjson", "--deadline", "1s", option, pipe.toString(), server.url("/a"));
        assertThat(ran.exitCode()).isEqualTo(ExitCode.DEADLINE);
        assertThat(ran.result(server.url("/a"))).containsEntry("outcome", "unstarted");
        // lets the reader go, which waits in the background
        Files.newOutputStream(pipe).close();
    }

    @Test
    void certificatesOutOfAPipe_areRefused() throws Exception {
        var pipe = temp.resolve("pipe");
        pipe(pipe);
        var ran = weft("fetch", "--cacert", pipe.toString(), server.url("/a"));
        assertThat(ran.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err()).contains("it is a pipe");
    }
}

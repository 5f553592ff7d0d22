package dev.weft.cli.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both ways: relative to an open folder, and by the name where a platform has no such thing. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need a privilege")
class FolderTest {

    @TempDir
    Path temp;

    private Path treasure() throws IOException {
        var treasure = Files.createDirectory(temp.resolve("treasure"));
        Files.writeString(treasure.resolve("1"), "dear");
        return treasure;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void files_areMade_moved_andDeleted(boolean secure) throws Exception {
        try (var folder = Folder.open(temp, secure);
                var parts = folder.newFolder("parts")) {
            parts.create("1").close();
            assertThat(parts.names("")).containsExactly("1");
            assertThatThrownBy(() -> parts.create("1")).isInstanceOf(FileAlreadyExistsException.class);
            assertThatThrownBy(() -> folder.newFolder("parts")).isInstanceOf(FileAlreadyExistsException.class);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(temp.resolve("parts"))))
                    .isEqualTo("rwx------");
            try (var to = folder.folderMade("host")) {
                parts.replace("1", to, "body");
                assertThat(to.hasFile("body")).isTrue();
            }
            try (var to = folder.folderMade("host");
                    var appender = to.appender("body")) {
                appender.write("x".getBytes(StandardCharsets.UTF_8));
            }
            assertThat(temp.resolve("host/body")).hasContent("x");
            parts.delete("none");
            folder.deleteFolder("parts");
            assertThat(temp.resolve("parts")).doesNotExist();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void links_areNeverFollowed(boolean secure) throws Exception {
        var treasure = treasure();
        Files.createSymbolicLink(temp.resolve("folder"), treasure);
        Files.createSymbolicLink(temp.resolve("file"), treasure.resolve("1"));
        Files.createSymbolicLink(temp.resolve("dangling"), treasure.resolve("2"));
        try (var folder = Folder.open(temp, secure)) {
            assertThatThrownBy(() -> folder.folder("folder")).isInstanceOf(NotOursException.class);
            assertThatThrownBy(() -> folder.folderMade("folder")).isInstanceOf(NotOursException.class);
            for (var link : new String[] {"file", "dangling"}) {
                assertThatThrownBy(() -> folder.openThere(link)).isInstanceOf(NotOursException.class);
                assertThatThrownBy(() -> folder.appender(link)).isInstanceOf(NotOursException.class);
                assertThatThrownBy(() -> folder.checkReplaceable(link)).isInstanceOf(NotOursException.class);
                assertThatThrownBy(() -> folder.create(link)).isInstanceOf(FileAlreadyExistsException.class);
                assertThat(folder.hasFile(link)).isFalse();
            }
            folder.delete("file");
            folder.delete("folder");
        }
        assertThat(treasure.resolve("1")).hasContent("dear");
        assertThat(treasure.resolve("2")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void names_areOfThingsInIt(boolean secure) throws Exception {
        treasure();
        var inner = Files.createDirectory(temp.resolve("inner"));
        try (var folder = Folder.open(inner, secure)) {
            for (var name : new String[] {"", ".", "..", "../treasure", "../treasure/1", "/etc/passwd", "a/b"}) {
                assertThatThrownBy(() -> folder.create(name)).hasMessageContaining("no name of a file");
                assertThatThrownBy(() -> folder.delete(name)).hasMessageContaining("no name of a file");
                assertThatThrownBy(() -> folder.folderMade(name)).hasMessageContaining("no name of a file");
            }
        }
        assertThat(temp.resolve("treasure/1")).hasContent("dear");
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "where there are no open folders, the name is all there is")
    void folderThatIsPutAside_whileItIsOpen_isStillTheSame() throws Exception {
        var treasure = treasure();
        Files.createDirectory(temp.resolve("parts"));
        Files.writeString(temp.resolve("parts/1"), "half");
        try (var folder = Folder.open(temp);
                var parts = folder.folder("parts")) {
            // what somebody does who may write in the folder above
            Files.move(temp.resolve("parts"), temp.resolve("aside"));
            Files.createSymbolicLink(temp.resolve("parts"), treasure);
            parts.delete("1");
            assertThat(temp.resolve("aside/1")).doesNotExist();
            assertThat(treasure.resolve("1")).hasContent("dear");
        }
    }

    @Test
    void reason_isInWords_whereTheJdkHasOnlyAName() {
        assertThat(Reason.of(new AccessDeniedException("a"))).isEqualTo("no permission");
        assertThat(Reason.of(new AccessDeniedException("a", "b", null))).isEqualTo("no permission");
        assertThat(Reason.of(new FileSystemException("a", "b", "No space left on device")))
                .isEqualTo("No space left on device");
        assertThat(Reason.of(new NotOursException("it is a folder"))).isEqualTo("it is a folder");
        assertThat(Reason.of(new IOException("other"))).isEqualTo("other");
    }
}

package dev.weft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * No class but those of {@code dev.weft.cli.files} opens, makes, moves or deletes a file, so that what they see to
 * cannot be forgotten. Looks into the class files: there no import and no method reference hides it.
 */
class FilesRuleTest {

    private static final String OURS = "dev/weft/cli/files/";

    /** They only look. */
    private static final Set<String> HARMLESS = Set.of(
            "Files.isDirectory", "Files.isRegularFile", "Files.exists", "Files.isWritable", "File.pathSeparator");

    /** Each with its reason. */
    private static final Map<String, Set<String>> ALLOWED = Map.of(
            // the standard streams, which are open already
            "dev/weft/cli/console/StandardIo", Set.of("FileOutputStream.<init>", "Files.readSymbolicLink"),
            // the terminal of this process, by its fixed name
            "dev/weft/cli/console/Terminal", Set.of("File.<init>"),
            // a recording, after Sources has looked at it: the JDK opens it only by its name
            "dev/weft/cli/timeline/RecordedTasks", Set.of("RecordingFile.<init>"),
            // what the kernel says of another process
            "dev/weft/cli/inspect/Candidate", Set.of("Files.readString"),
            // the class path of another process
            "dev/weft/cli/inspect/ClassPath", Set.of("Files.newDirectoryStream", "Path.toFile", "ZipFile.<init>"));

    /** All that these have. */
    private static final Set<String> OWNERS = Set.of(
            "java/nio/file/Files",
            "java/nio/file/spi/FileSystemProvider",
            "java/nio/file/SecureDirectoryStream",
            "java/io/File",
            "java/io/FileInputStream",
            "java/io/FileOutputStream",
            "java/io/FileReader",
            "java/io/FileWriter",
            "java/io/RandomAccessFile",
            "java/util/logging/FileHandler");

    private static final Set<String> MEMBERS = Set.of(
            "java/nio/channels/FileChannel.open",
            "java/nio/channels/AsynchronousFileChannel.open",
            "java/nio/file/Path.toFile",
            "java/util/zip/ZipFile.<init>",
            "java/util/jar/JarFile.<init>",
            "jdk/jfr/consumer/RecordingFile.<init>",
            "java/util/Scanner.<init>",
            "java/util/Formatter.<init>");

    private static Stream<String> uses(ClassModel model) {
        return StreamSupport.stream(model.constantPool().spliterator(), false)
                .filter(MemberRefEntry.class::isInstance)
                .map(MemberRefEntry.class::cast)
                .filter(member -> OWNERS.contains(member.owner().asInternalName())
                        || MEMBERS.contains(member.owner().asInternalName() + "."
                                + member.name().stringValue()))
                .map(member -> {
                    var owner = member.owner().asInternalName();
                    return owner.substring(owner.lastIndexOf('/') + 1) + "."
                            + member.name().stringValue();
                })
                .filter(use -> !HARMLESS.contains(use));
    }

    private static List<ClassModel> classes() throws IOException, URISyntaxException {
        var root = Path.of(
                Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        var classes = new ArrayList<ClassModel>();
        try (var files = Files.walk(root)) {
            for (var file :
                    (Iterable<Path>) files.filter(path -> path.toString().endsWith(".class"))::iterator) {
                classes.add(ClassFile.of().parse(file));
            }
        }
        return classes;
    }

    @Test
    void filesAreTouched_inOnePackageOnly() throws Exception {
        var classes = classes();
        assertThat(classes).as("what was looked at").hasSizeGreaterThan(150);
        var offences = new TreeSet<String>();
        var needed = new TreeSet<String>();
        for (var model : classes) {
            var name = model.thisClass().asInternalName();
            if (name.startsWith(OURS)) {
                continue;
            }
            var top = name.contains("$") ? name.substring(0, name.indexOf('$')) : name;
            uses(model).forEach(use -> {
                if (ALLOWED.getOrDefault(top, Set.of()).contains(use)) {
                    needed.add(top + " " + use);
                } else {
                    offences.add(name + " uses " + use + ": go through dev.weft.cli.files");
                }
            });
        }
        assertThat(offences).isEmpty();
        assertThat(needed)
                .as("exceptions that are still needed")
                .hasSize(ALLOWED.values().stream().mapToInt(Set::size).sum());
    }

    @Test
    void seededFault_isFound() throws Exception {
        try (var in = Seeded.class.getResourceAsStream("FilesRuleTest$Seeded.class")) {
            assertThat(in).isNotNull();
            assertThat(uses(ClassFile.of().parse(in.readAllBytes())))
                    .containsExactlyInAnyOrder("Files.delete", "FileOutputStream.<init>");
        }
    }

    private interface Deletion {
        void of(Path path) throws IOException;
    }

    /** What must be found, also behind a method reference. */
    private static final class Seeded {
        static Deletion deletion() {
            return Files::delete;
        }

        static Object stream(String name) throws IOException {
            return new java.io.FileOutputStream(name);
        }
    }
}

package dev.weft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The maintainers' page {@code docs/internals.md} names classes and members that exist. */
class InternalsTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Path CLASSES = Path.of("target", "classes");

    /** A class with its room, perhaps, and a member of it or several: {@code task/TaskImpl.livePrevious/liveNext}. */
    private static final Pattern NAME =
            Pattern.compile("`(?:(?:[a-z]+/)*)([A-Z]\\w*[a-z]\\w*)((?:\\.\\w+)?)((?:/\\w+)*)(?:\\(\\))?`");

    /** Names of the JDK, and words. */
    private static final Set<String> OTHERS = Set.of(
            "CancellationException",
            "CompletableFuture",
            "ForkJoinPool",
            "InterruptedException",
            "OutOfMemoryError",
            "StackOverflowError");

    /** The members that each class of core declares, by the simple names of both. */
    private static Map<String, Set<String>> members() throws IOException {
        var members = new TreeMap<String, Set<String>>();
        try (var files = Files.walk(CLASSES)) {
            for (var file :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                var type = ClassFile.of().parse(file);
                var name = simpleName(type.thisClass().asInternalName());
                members.computeIfAbsent(name, of -> new TreeSet<>()).addAll(declared(type));
            }
        }
        return members;
    }

    private static List<String> declared(ClassModel type) {
        var names = new ArrayList<String>();
        type.fields().forEach(field -> names.add(field.fieldName().stringValue()));
        type.methods().forEach(method -> names.add(method.methodName().stringValue()));
        return names;
    }

    private static String simpleName(String internalName) {
        return internalName.substring(Math.max(internalName.lastIndexOf('/'), internalName.lastIndexOf('$')) + 1);
    }

    /** The classes of all modules, and programs of the build. */
    private static Set<String> sources() throws IOException {
        var sources = new TreeSet<String>();
        for (var folder : List.of("core/src", "testkit/src", "cli/src", "build-support")) {
            try (var files = Files.walk(ROOT.resolve(folder))) {
                files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(".java"))
                        .forEach(name -> sources.add(name.replace(".java", "")));
            }
        }
        return sources;
    }

    private static Set<String> gone(String page) throws IOException {
        var members = members();
        var sources = sources();
        var gone = new TreeSet<String>();
        for (var name : NAME.matcher(page).results().toList()) {
            var type = name.group(1);
            if (!members.containsKey(type)) {
                if (!sources.contains(type) && !OTHERS.contains(type)) {
                    gone.add(type);
                }
                continue;
            }
            for (var member : (name.group(2) + name.group(3)).split("[./]")) {
                if (!member.isEmpty()
                        && !members.get(type).contains(member)
                        && !members.containsKey(member)
                        && !member.equals("java")) {
                    gone.add(type + "." + member);
                }
            }
        }
        return gone;
    }

    @Test
    void page_namesClassesAndMembersThatExist() throws IOException {
        var page = Files.readString(ROOT.resolve("docs/internals.md"));
        assertThat(NAME.matcher(page).results()).hasSizeGreaterThan(300);
        assertThat(gone(page)).isEmpty();
    }

    @Test
    void canary_whatIsGone_isFound() throws IOException {
        assertThat(gone("`TaskNames.last`, `task/TaskImpl.livePrevious/nothing`, `RunScope.id`, `Scope.id`, `Nothing`"))
                .containsExactly("Nothing", "RunScope.id", "TaskImpl.nothing", "TaskNames");
    }
}

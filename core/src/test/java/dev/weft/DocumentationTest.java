package dev.weft;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeParameterTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The Javadoc of what is public, read from the sources. */
class DocumentationTest {

    private static final Path SOURCES = Path.of("src", "main", "java", "dev", "weft");

    /** In these packages all members have all tags. */
    private static final List<Path> COMPLETE = List.of(
            SOURCES,
            SOURCES.resolve("sync"),
            SOURCES.resolve("diagnostics"),
            Path.of("../testkit").resolve(SOURCES).resolve("test"),
            Path.of("../testkit").resolve(SOURCES).resolve("test/junit"),
            Path.of("../cluster").resolve(SOURCES).resolve("cluster"));

    /** Members that were there before {@code @since} was. Never more: what is new says since when it is there. */
    private static final int WITHOUT_SINCE = 354;

    /** A public type or method. */
    private record Member(
            String name,
            @Nullable String doc,
            List<String> parameters,
            List<String> exceptions,
            boolean hasResult,
            boolean isOverride) {

        boolean hasSince() {
            return doc != null && doc.contains("@since ");
        }

        /** Tags that are not there. A text that begins with a link says only what differs from its target. */
        List<String> missing() {
            return doc == null || doc.strip().startsWith("{@link") ? List.of() : allMissing(doc);
        }

        private List<String> allMissing(String doc) {
            var tags = new ArrayList<String>();
            parameters.forEach(parameter -> tags.add("@param " + parameter + " "));
            exceptions.forEach(exception -> tags.add("@throws " + exception + " "));
            if (hasResult) {
                tags.add("@return ");
            }
            tags.removeIf(doc::contains);
            return tags;
        }
    }

    @Test
    void everythingPublic_hasJavadoc() throws Exception {
        var members = members(sources());
        assertThat(members).hasSizeGreaterThan(400);
        assertThat(members).filteredOn(member -> member.doc() == null).isEmpty();
    }

    @Test
    void everythingNew_saysSinceWhen() throws Exception {
        assertThat(members(sources()))
                .filteredOn(member -> !member.hasSince())
                .as("public members without @since")
                .hasSizeLessThanOrEqualTo(WITHOUT_SINCE);
    }

    @Test
    void everythingNew_hasAllTags() throws Exception {
        assertThat(members(sources()))
                .filteredOn(Member::hasSince)
                .hasSizeGreaterThan(100)
                .allSatisfy(member -> assertThat(member.missing()).isEmpty());
    }

    @Test
    void completePackages_missNoTag() throws Exception {
        for (var folder : COMPLETE) {
            try (var files = Files.list(folder)) {
                assertThat(members(objects(files)))
                        .as("%s", folder)
                        .filteredOn(member -> !member.isOverride())
                        .isNotEmpty()
                        .allSatisfy(member -> assertThat(member.allMissing(String.valueOf(member.doc())))
                                .isEmpty());
            }
        }
    }

    @Test
    void rules_catchAViolation() throws Exception {
        var source = """
            public class Canary {
                /** Text. @since 0.1.0 */
                public <T> int bad(int a) throws java.io.IOException { return a; }
                /** {@link #bad}. */
                public int alike(int a) { return a; }
                public void none() {}
                /** Text. */
                public record Pair(int left) { static int count; }
                void hidden() {}
            }
            """;
        var members =
                members(List.of(new SimpleJavaFileObject(URI.create("string:///C.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                }));
        assertThat(members)
                .extracting(Member::name)
                .containsExactly("Canary", "Canary.bad", "Canary.alike", "Canary.none", "Canary.Pair");
        assertThat(members.get(1).missing())
                .containsExactly("@param <T> ", "@param a ", "@throws java.io.IOException ", "@return ");
        assertThat(members.get(2).missing()).isEmpty();
        assertThat(members.get(3).doc()).isNull();
        assertThat(members.get(4).missing()).containsExactly("@param left ");
    }

    private static List<JavaFileObject> sources() throws IOException {
        try (var main = Files.list(SOURCES);
                var sync = Files.list(SOURCES.resolve("sync"))) {
            return objects(Stream.concat(main, sync));
        }
    }

    private static List<JavaFileObject> objects(Stream<Path> sources) throws IOException {
        try (var files = ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, null)) {
            var paths = sources.filter(path -> path.toString().endsWith(".java")
                            && !path.endsWith("package-info.java")
                            && !path.endsWith("module-info.java"))
                    .sorted()
                    .toList();
            var objects = new ArrayList<JavaFileObject>();
            files.getJavaFileObjectsFromPaths(paths).forEach(objects::add);
            return objects;
        }
    }

    private static List<Member> members(List<JavaFileObject> sources) throws IOException {
        var task = (JavacTask) ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, diagnostic -> {}, List.of("-proc:none"), null, sources);
        var docs = DocTrees.instance(task);
        var found = new ArrayList<Member>();
        for (CompilationUnitTree unit : task.parse()) {
            new Members(docs, found).scan(unit, "");
        }
        return found;
    }

    /** Finds what is public; the argument is the name of the type around, with a dot, or null within a hidden one. */
    private static final class Members extends TreePathScanner<@Nullable Void, @Nullable String> {

        private final DocTrees docs;
        private final List<Member> found;

        Members(DocTrees docs, List<Member> found) {
            this.docs = docs;
            this.found = found;
        }

        @Override
        public @Nullable Void visitClass(ClassTree type, @Nullable String outer) {
            var name = type.getSimpleName().toString();
            // Weft inherits its calls from classes that are not public themselves
            var isHidden = outer == null || name.isEmpty() || !isPublic(type.getModifiers()) && !name.endsWith("Calls");
            if (!isHidden && isPublic(type.getModifiers())) {
                add(
                        outer + name,
                        Stream.concat(typeParameters(type.getTypeParameters()), components(type))
                                .toList(),
                        List.of(),
                        false,
                        false);
            }
            return super.visitClass(type, isHidden ? null : outer + name + ".");
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable String type) {
            var modifiers = method.getModifiers();
            var isOverride = modifiers.getAnnotations().toString().contains("Override");
            if (type != null && isPublic(modifiers) && (!isOverride || doc() != null)) {
                var result = method.getReturnType();
                // a record's own parameters are told with the record
                var isOfRecord = result == null
                        && getCurrentPath().getParentPath().getLeaf().getKind() == Tree.Kind.RECORD;
                add(
                        type + method.getName(),
                        Stream.concat(
                                        typeParameters(method.getTypeParameters()),
                                        method.getParameters().stream()
                                                .filter(parameter -> !isOfRecord)
                                                .map(parameter ->
                                                        parameter.getName().toString()))
                                .toList(),
                        method.getThrows().stream().map(Tree::toString).toList(),
                        result != null && !result.toString().equals("void"),
                        isOverride);
            }
            return null; // what is in a body is hidden
        }

        private static Stream<String> typeParameters(List<? extends TypeParameterTree> parameters) {
            return parameters.stream().map(parameter -> "<" + parameter.getName() + ">");
        }

        /** Of a record: all of its fields that are not static. */
        private static Stream<String> components(ClassTree type) {
            return type.getKind() != Tree.Kind.RECORD
                    ? Stream.empty()
                    : type.getMembers().stream()
                            .filter(VariableTree.class::isInstance)
                            .map(VariableTree.class::cast)
                            .filter(field -> !field.getModifiers().getFlags().contains(Modifier.STATIC))
                            .map(field -> field.getName().toString());
        }

        private boolean isPublic(ModifiersTree modifiers) {
            var around = getCurrentPath().getParentPath().getLeaf();
            return modifiers.getFlags().contains(Modifier.PUBLIC)
                    || around.getKind() == Tree.Kind.INTERFACE
                            && !modifiers.getFlags().contains(Modifier.PRIVATE);
        }

        private void add(
                String name, List<String> parameters, List<String> exceptions, boolean hasResult, boolean isOverride) {
            found.add(new Member(name, doc(), parameters, exceptions, hasResult, isOverride));
        }

        private @Nullable String doc() {
            return docs.getDocComment(getCurrentPath());
        }
    }
}

package dev.weft.test.internal.rewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.test.Simulation;
import dev.weft.test.internal.hooks.SwitchPoints;
import dev.weft.test.internal.rewrite.corpus.Shapes;
import dev.weft.test.internal.rewrite.corpus.Small;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Loading: which classes, from where, and what is left as it is. */
@Timeout(60)
class LoaderTest {

    private static final ClassDesc MADE = ClassDesc.of("made.Made");

    /** A parent whose class files are made by the test. */
    private static final class Made extends ClassLoader {
        private final Map<String, byte[]> files = new HashMap<>();

        Made() {
            super(LoaderTest.class.getClassLoader());
        }

        Made with(String name, byte[] bytes) {
            files.put(name.replace('.', '/') + ".class", bytes);
            return this;
        }

        @Override
        protected URL findResource(String path) {
            var bytes = files.get(path);
            if (bytes == null) {
                return null;
            }
            try {
                return URL.of(java.net.URI.create("made:///" + path), new URLStreamHandler() {
                    @Override
                    protected URLConnection openConnection(URL url) {
                        return new URLConnection(url) {
                            @Override
                            public void connect() {}

                            @Override
                            public InputStream getInputStream() {
                                return new ByteArrayInputStream(bytes);
                            }
                        };
                    }
                });
            } catch (java.net.MalformedURLException e) {
                throw new AssertionError(e);
            }
        }

        RewritingLoader loader() {
            return new RewritingLoader(this, Patterns.of(List.of("made")));
        }
    }

    private static byte[] hugeMethod(int calls) {
        return ClassFile.of()
                .build(
                        MADE,
                        type -> type.withMethodBody(
                                        "small",
                                        MethodTypeDesc.of(ConstantDescs.CD_long),
                                        ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC,
                                        code -> code.invokestatic(
                                                        ClassDesc.of("java.lang.System"),
                                                        "nanoTime",
                                                        MethodTypeDesc.of(ConstantDescs.CD_long))
                                                .lreturn())
                                .withField("field", ConstantDescs.CD_int, ClassFile.ACC_STATIC)
                                .withMethodBody(
                                        "huge",
                                        MethodTypeDesc.of(ConstantDescs.CD_int),
                                        ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC,
                                        code -> {
                                            for (int i = 0; i < calls; i++) {
                                                code.getstatic(MADE, "field", ConstantDescs.CD_int)
                                                        .pop();
                                            }
                                            code.bipush(7).ireturn();
                                        }));
    }

    @Test
    void classesOfThePatterns_areLoadedAgain() throws Exception {
        var loader = RewritingLoader.of(Small.class);
        assertThat(loader.loadClass(Small.class.getName())).isNotSameAs(Small.class);
        assertThat(loader.loadClass(Small.class.getName())).isSameAs(loader.loadClass(Small.class.getName()));
        assertThat(loader.loadClass(Small.class.getName() + "$Account").getClassLoader())
                .isSameAs(loader);
        assertThat(loader.loadClass(LoaderTest.class.getName())).isSameAs(LoaderTest.class);
        assertThat(loader.loadClass("java.lang.String")).isSameAs(String.class);
        assertThat(loader.loadClass(Shapes.class.getName()).getPackage().getName())
                .isEqualTo(Shapes.class.getPackageName());
    }

    @Test
    void libraryItself_isNeverLoadedAgain() throws Exception {
        var loader = RewritingLoader.of(LoaderTest.class, "dev.weft", "org.assertj");
        assertThat(loader.loadClass(Simulation.class.getName())).isSameAs(Simulation.class);
        assertThat(loader.loadClass("dev.weft.Weft")).isSameAs(dev.weft.Weft.class);
        assertThat(loader.loadClass(SwitchPoints.class.getName())).isSameAs(SwitchPoints.class);
        assertThat(loader.loadClass(LoaderTest.class.getName())).isNotSameAs(LoaderTest.class);
        assertThat(loader.loadClass(Test.class.getName())).isSameAs(Test.class);
    }

    @Test
    void sameClassByManyThreads_isLoadedOnce() throws Exception {
        var loader = RewritingLoader.of(Small.class);
        try (var executor = Executors.newFixedThreadPool(8)) {
            var loading = IntStream.range(0, 32)
                    .<Callable<Class<?>>>mapToObj(i -> () -> Class.forName(Small.class.getName(), true, loader))
                    .toList();
            var first = loader.loadClass(Small.class.getName());
            for (var future : executor.invokeAll(loading)) {
                assertThat(future.get()).isSameAs(first);
            }
        }
    }

    @Test
    void namesThatAreNone_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RewritingLoader.of(Small.class, "com.acme.*"))
                .withMessageContaining("'com.acme.*'")
                .withMessageContaining("\"com.acme\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RewritingLoader.of(Small.class, "java.util"))
                .withMessageContaining("java.util cannot be rewritten");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RewritingLoader.of(String.class))
                .withMessageContaining("java.lang.String is a class of the JDK");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rewritten.of(Small.class, "com.acme"))
                .withMessageContaining("add its package, " + Small.class.getPackageName());
    }

    @Test
    void methodThatWouldBeTooLarge_isLeftAndNamed() throws Exception {
        var loader = new Made().with("made.Made", hugeMethod(9_000)).loader();
        var type = loader.loadClass("made.Made");
        assertThat(type.getMethod("huge").invoke(null)).isEqualTo(7);
        assertThat(loader.unwritten())
                .containsExactly(new Unwritten("made.Made.huge", "is too large for switch points"));
        assertThat(type.getProtectionDomain().getCodeSource()).isNotNull();
    }

    @Test
    void oldClass_isLeftAndNamed() throws Exception {
        var bytes = hugeMethod(1);
        bytes[7] = 48;
        var loader = new Made().with("made.Made", bytes).loader();
        assertThat(loader.loadClass("made.Made").getMethod("huge").invoke(null)).isEqualTo(7);
        assertThat(loader.unwritten())
                .containsExactly(new Unwritten("made.Made", "its class-file version is 48, and must be 50 or more"));
    }

    @Test
    void oldInterface_isLeftAndNamed() throws Exception {
        var bytes = ClassFile.of()
                .build(
                        MADE,
                        type -> type.withVersion(ClassFile.JAVA_7_VERSION, 0)
                                .withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_INTERFACE | ClassFile.ACC_ABSTRACT));
        var loader = new Made().with("made.Made", bytes).loader();
        assertThat(loader.loadClass("made.Made").isInterface()).isTrue();
        assertThat(loader.unwritten())
                .containsExactly(new Unwritten(
                        "made.Made", "is an interface of before Java 8, which can have no static methods"));
    }

    @Test
    void classOfALaterJdk_isTheJvmsToRefuse() {
        var bytes = hugeMethod(1);
        bytes[7] = 120;
        var loader = new Made().with("made.Made", bytes).loader();
        assertThatThrownBy(() -> loader.loadClass("made.Made")).isInstanceOf(UnsupportedClassVersionError.class);
        assertThat(loader.unwritten()).singleElement().asString().contains("120");
    }

    @Test
    void fileThatIsNoClass_isTheJvmsToRefuse() {
        var loader = new Made()
                .with("made.Made", "no class".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .loader();
        assertThatThrownBy(() -> loader.loadClass("made.Made")).isInstanceOf(ClassFormatError.class);
        assertThat(loader.unwritten()).singleElement().asString().startsWith("made.Made: cannot be read: ");
    }

    @Test
    void fileOfAnotherClass_isTheJvmsToRefuse() {
        var loader = new Made().with("made.Other", hugeMethod(1)).loader();
        assertThatThrownBy(() -> loader.loadClass("made.Other"))
                .isInstanceOf(NoClassDefFoundError.class)
                .hasMessageContaining("made/Made");
        assertThatThrownBy(() -> loader.loadClass("made.Missing"))
                .isInstanceOf(ClassNotFoundException.class)
                .hasMessageContaining("made.Missing");
    }

    @Test
    void sealedArchive_isRewrittenWithItsVersions(@TempDir Path folder) throws Exception {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.SEALED, "true");
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, "4.2");
        var archive = folder.resolve("sealed archive.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(archive), manifest)) {
            out.putNextEntry(new JarEntry("made/Made.class"));
            out.write(hugeMethod(1));
        }
        try (var parent = new URLClassLoader(new URL[] {archive.toUri().toURL()})) {
            var plain = parent.loadClass("made.Made");
            var type = new RewritingLoader(parent, Patterns.of(List.of("made"))).loadClass("made.Made");
            assertThat(type).isNotSameAs(plain);
            assertThat(type.getPackage().getImplementationVersion()).isEqualTo("4.2");
            assertThat(type.getProtectionDomain().getCodeSource().getLocation())
                    .isEqualTo(plain.getProtectionDomain().getCodeSource().getLocation());
            assertThat(type.getMethod("huge").invoke(null)).isEqualTo(7);
        }
    }

    @Test
    void classThatIsRewrittenAlready_isLeftAndNamed() {
        var rewriter = new ClassRewriter(LoaderTest.class.getClassLoader()::getResourceAsStream);
        byte[] once;
        try (var in = Small.class.getResourceAsStream("Small.class")) {
            once = rewriter.rewrite("Small", in.readAllBytes()).bytes();
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
        var twice = rewriter.rewrite("Small", once);
        assertThat(twice.bytes()).isSameAs(once);
        assertThat(twice.left()).containsExactly(new Unwritten("Small", "is rewritten already"));
    }

    @Test
    void everyRoute_isThatOfAMethodOfTheJdk() {
        assertThat(Routes.targets())
                .hasSizeGreaterThan(70)
                .contains(
                        "java.lang.Thread.sleep(J)",
                        "java.lang.Object.wait(JI)",
                        "java.util.concurrent.locks.Condition.awaitNanos(J)",
                        "java.lang.Thread.<init>(Ljava/lang/Runnable;)",
                        "java.util.concurrent.Executors.newFixedThreadPool(I)")
                .allSatisfy(target -> {
                    var end = target.lastIndexOf('.', target.indexOf('('));
                    var type = Class.forName(target.substring(0, end));
                    var method = target.substring(end + 1);
                    var name = method.substring(0, method.indexOf('('));
                    var parameters = java.lang.invoke.MethodType.fromMethodDescriptorString(
                                    method.substring(method.indexOf('(')) + "V", null)
                            .parameterArray();
                    if (name.equals("<init>")) {
                        assertThat(type.getConstructor(parameters)).isNotNull();
                    } else {
                        assertThat(type.getMethod(name, parameters)).isNotNull();
                    }
                });
    }
}

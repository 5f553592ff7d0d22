package dev.weft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Weft;
import dev.weft.cluster.Workers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.node.Node;
import org.jgroups.JChannel;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.nibor.autolink.LinkExtractor;
import org.tomlj.Toml;
import picocli.CommandLine;
import tools.jackson.core.JsonParser;

/** The Java that {@code build-support/image} packs has all modules that the program needs. */
class ImageModulesTest {

    /** Those of demonstrations of JGroups, and of protocols that need a database, Kerberos or a script. */
    private static final Set<String> UNUSED =
            Set.of("java.desktop", "java.scripting", "java.security.jgss", "java.sql");

    @Test
    void modulesOfTheImage_areAllThatTheProgramNeeds() throws Exception {
        assertThat(needed()).contains("java.base", "java.net.http", "jdk.attach"); // so that jdeps has been understood
        assertThat(packed()).containsAll(needed());
    }

    private static List<String> packed() throws IOException {
        try (var lines = Files.lines(Path.of("..", "build-support", "image"))) {
            var list = lines.filter(line -> line.startsWith("modules="))
                    .findFirst()
                    .orElseThrow();
            return List.of(list.substring("modules=".length()).split(","));
        }
    }

    private static List<String> needed() throws Exception {
        var command = new ArrayList<>(List.of(
                "--multi-release",
                Integer.toString(Runtime.version().feature()),
                "--ignore-missing-deps",
                "--module-path", // where the one for the cluster finds JGroups
                place(JChannel.class),
                "--print-module-deps"));
        for (var type : List.of(
                Main.class,
                Weft.class,
                CommandLine.class,
                JsonParser.class,
                Jsoup.class,
                Node.class,
                AutolinkExtension.class,
                LinkExtractor.class,
                Toml.class,
                ParserRuleContext.class,
                Workers.class,
                JChannel.class)) {
            command.add(place(type));
        }
        var output = new StringWriter();
        var writer = new PrintWriter(output);
        var status = ToolProvider.findFirst("jdeps").orElseThrow().run(writer, writer, command.toArray(String[]::new));
        assertThat(status).as(output.toString()).isZero();
        return Stream.of(lastLine(output.toString()).split(","))
                .filter(module -> module.matches("(java|jdk)\\..*"))
                .filter(module -> !UNUSED.contains(module))
                .toList();
    }

    private static String place(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }

    /** Warnings come before. */
    private static String lastLine(String text) {
        return text.strip().lines().reduce("", (before, line) -> line);
    }
}

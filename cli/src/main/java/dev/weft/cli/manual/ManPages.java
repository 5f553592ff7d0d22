package dev.weft.cli.manual;

import dev.weft.cli.manual.Manual.Argument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Pages for {@code man}, in the macros of {@code man(7)}: one for the program and one for each of its commands. */
public final class ManPages {

    /** The environment variables that the program reads, for whichever command. */
    private static final Map<String, String> ENVIRONMENT = environment();

    private final Manual root;
    private final String version;

    private ManPages(Manual root, String version) {
        this.root = root;
        this.version = version;
    }

    private static Map<String, String> environment() {
        var variables = new LinkedHashMap<String, String>();
        variables.put("NO_COLOR", "If it is not empty, nothing is coloured. Colours are for terminals only.");
        variables.put("TERM", "If it is dumb, nothing is coloured.");
        variables.put(
                "COLUMNS, LINES",
                "The size of the terminal, if the shell exports it. It is asked for, or taken for 80 by 24, if not.");
        variables.put(
                "WEFT_JAVA_OPTS",
                "Options for the Java that runs the program, as in -Xmx1g, split at spaces; they replace those for a"
                        + " quick start.");
        variables.put(
                "WEFT_JAVA_HOME",
                "The Java to run on. Only the script of a checkout reads it: an installed program brings its own.");
        return variables;
    }

    /** The pages, by the names of their files, as in {@code weft-fetch.1}. */
    public static Map<String, String> of(Manual root, String version) {
        var pages = new ManPages(root, version);
        var files = new LinkedHashMap<String, String>();
        root.withCommands().forEach(command -> files.put(title(command) + ".1", pages.page(command)));
        return files;
    }

    private static String title(Manual command) {
        return command.name().replace(' ', '-');
    }

    private String page(Manual command) {
        var page = new Roff();
        page.title(title(command), "weft " + version, "Weft");
        page.section("NAME");
        page.name(title(command), phrase(command.brief()));
        page.section("SYNOPSIS");
        page.synopsis(command.name(), command.synopsis());
        page.section("DESCRIPTION");
        page.paragraph(command.brief());
        command.details().forEach(page::paragraph);
        commands(page, command);
        options(page, command);
        examples(page, command);
        if (!command.footer().exits().isEmpty()) {
            page.section("EXIT STATUS");
            command.footer().exits().forEach(exit -> page.item(Roff.bold(String.valueOf(exit.code())), exit.meaning()));
        }
        page.section("ENVIRONMENT");
        ENVIRONMENT.forEach((name, meaning) -> page.item(Roff.bold(name), meaning));
        page.section("SEE ALSO");
        page.references(root.withCommands()
                .filter(other -> other != command)
                .map(ManPages::title)
                .toList());
        return page.toString();
    }

    private static void commands(Roff page, Manual command) {
        if (!command.commands().isEmpty()) {
            page.section("COMMANDS");
            command.commands().forEach(below -> page.item(Roff.bold(below.name()), below.brief()));
        }
    }

    private static void options(Roff page, Manual command) {
        page.section("OPTIONS");
        for (var parameter : command.parameters()) {
            page.item(Roff.italic(parameter.label()), parameter.description());
        }
        for (var group : command.groups()) {
            if (!group.title().isEmpty()) {
                page.subsection(group.title());
            }
            group.options().forEach(option -> page.item(names(option), option.description()));
        }
    }

    private static String names(Argument option) {
        var value = option.takesValue() ? Roff.text("=") + Roff.italic(option.label()) : "";
        return option.names().stream().map(Roff::bold).collect(Collectors.joining(", ")) + value;
    }

    private static void examples(Roff page, Manual command) {
        if (!command.footer().examples().isEmpty()) {
            page.section("EXAMPLES");
            command.footer().examples().forEach(example -> page.item(Roff.bold(example.line()), example.explanation()));
        }
    }

    /** As the list of all pages on a machine wants it: no capital, no full stop. */
    private static String phrase(String sentence) {
        var end = sentence.endsWith(".") ? sentence.length() - 1 : sentence.length();
        return sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1, end);
    }

    /** A page as it is being written. */
    private static final class Roff {

        private final StringBuilder page = new StringBuilder();

        /** Text that means itself: no character of it is taken for a request, or drawn as a nicer one. */
        static String text(String text) {
            var escaped = new StringBuilder();
            if (text.startsWith(".") || text.startsWith("'")) {
                escaped.append("\\&");
            }
            text.codePoints().forEach(c -> {
                switch (c) {
                    case '\\' -> escaped.append("\\e");
                    case '-' -> escaped.append("\\-");
                    case '\'' -> escaped.append("\\(aq");
                    case '"' -> escaped.append("\\(dq");
                    case '`' -> escaped.append("\\(ga");
                    case '^' -> escaped.append("\\(ha");
                    case '~' -> escaped.append("\\(ti");
                    default -> {
                        if (c < 0x80) {
                            escaped.appendCodePoint(c);
                        } else {
                            escaped.append("\\[u").append(hex(c)).append(']');
                        }
                    }
                }
            });
            return escaped.toString();
        }

        private static String hex(int codePoint) {
            var hex = Integer.toHexString(codePoint).toUpperCase(Locale.ROOT);
            return "0".repeat(Math.max(0, 4 - hex.length())) + hex;
        }

        static String bold(String text) {
            return "\\fB" + text(text) + "\\fR";
        }

        static String italic(String text) {
            return "\\fI" + text(text) + "\\fR";
        }

        void title(String name, String source, String manual) {
            // no date: pages of the same sources are the same
            line(".TH \"" + text(name.toUpperCase(Locale.ROOT)) + "\" \"1\" \"\" \"" + text(source) + "\" \""
                    + text(manual) + "\"");
            line(".nh");
            line(".ad l");
        }

        void section(String title) {
            line(".SH \"" + text(title) + "\"");
        }

        void subsection(String title) {
            line(".SS \"" + text(title) + "\"");
        }

        void name(String name, String does) {
            line(text(name) + " \\- " + text(does));
        }

        void synopsis(String command, String synopsis) {
            var rest = synopsis.startsWith(command) ? synopsis.substring(command.length()) : " " + synopsis;
            line(bold(command) + text(rest));
        }

        void paragraph(String text) {
            line(".PP");
            line(text(text));
        }

        void item(String tag, String text) {
            line(".TP");
            line(tag);
            line(text.isEmpty() ? "\\&" : text(text));
        }

        void references(List<String> pages) {
            line(pages.stream().map(page -> bold(page) + "(1)").collect(Collectors.joining(", ")));
        }

        private void line(String line) {
            page.append(line).append('\n');
        }

        @Override
        public String toString() {
            return page.toString();
        }
    }
}

package dev.weft.cli.manual;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The description of a command, taken from the very declarations that its command line is parsed by. Hidden commands
 * and options are left out. Immutable.
 *
 * @param name as it is called, as in {@code weft fetch}
 * @param brief what it does, in a sentence
 * @param details the rest of its description, in paragraphs
 * @param synopsis what may stand on its command line
 * @param parameters what is no option, in order
 * @param groups its options
 * @param commands its subcommands
 */
public record Manual(
        String name,
        String brief,
        List<String> details,
        String synopsis,
        List<Argument> parameters,
        List<Group> groups,
        Footer footer,
        List<Manual> commands) {

    private static final String FILE = "FILE";
    private static final String COMMAND = "COMMAND";
    private static final String OPTIONS = "Options";

    /**
     * Options that belong together.
     *
     * @param title what they are about; empty if they are all there are
     */
    public record Group(String title, List<Argument> options) {}

    /**
     * An option or a parameter.
     *
     * @param names of an option, the short one first; none of a parameter
     * @param label of its value, as in {@code FILE}; empty if it takes none
     * @param words all that its value can be, or none if they cannot be listed
     * @param isFile whether its value is the name of a file
     * @param isRepeatable whether it may be given more than once
     */
    public record Argument(
            List<String> names,
            String label,
            String description,
            List<String> words,
            boolean isFile,
            boolean isRepeatable) {

        boolean takesValue() {
            return !label.isEmpty();
        }

        /** The description's first sentence, without its full stop: as much as a list has room for. */
        String brief() {
            var end = description.indexOf(". ");
            var sentence = end < 0 ? description : description.substring(0, end);
            return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
        }
    }

    /** All that the command of this declaration, and those below it, say. */
    public static Manual of(CommandSpec spec) {
        var description = Arrays.stream(spec.usageMessage().description())
                .map(Manual::plain)
                .toList();
        return new Manual(
                spec.qualifiedName(),
                description.isEmpty() ? "" : description.getFirst(),
                description.stream().skip(1).filter(line -> !line.isBlank()).toList(),
                new CommandLine.Help(spec, CommandLine.Help.defaultColorScheme(Ansi.OFF))
                        .synopsis(0)
                        .strip(),
                spec.positionalParameters().stream()
                        .filter(parameter -> !parameter.hidden())
                        .map(parameter -> argument(spec, parameter, List.of()))
                        .toList(),
                groups(spec),
                Footer.of(Arrays.stream(spec.usageMessage().footer())
                        .map(Manual::plain)
                        .toList()),
                spec.subcommands().values().stream()
                        .map(CommandLine::getCommandSpec)
                        .filter(command -> !command.usageMessage().hidden())
                        .map(Manual::of)
                        .toList());
    }

    /** The last word of its name. */
    public String word() {
        return name.substring(name.lastIndexOf(' ') + 1);
    }

    /** Its options, of all groups. */
    public List<Argument> options() {
        return groups.stream().flatMap(group -> group.options().stream()).toList();
    }

    /** Itself and all commands below it. */
    Stream<Manual> withCommands() {
        return Stream.concat(Stream.of(this), commands.stream().flatMap(Manual::withCommands));
    }

    private static List<Group> groups(CommandSpec spec) {
        var groups = new ArrayList<Group>();
        var grouped = new LinkedHashSet<OptionSpec>();
        for (var group : spec.argGroups()) {
            grouped.addAll(group.allOptionsNested());
            add(groups, title(group), group.allOptionsNested(), spec);
        }
        var others = spec.options().stream()
                .filter(option -> !grouped.contains(option))
                .toList();
        add(groups, groups.isEmpty() ? "" : OPTIONS, others, spec);
        return groups;
    }

    private static void add(List<Group> groups, String title, List<OptionSpec> options, CommandSpec spec) {
        var shown = options.stream()
                .filter(option -> !option.hidden())
                .map(option -> argument(spec, option, List.of(option.names())))
                .toList();
        if (!shown.isEmpty()) {
            groups.add(new Group(title, shown));
        }
    }

    private static String title(ArgGroupSpec group) {
        var heading =
                plain(Optional.ofNullable(group.heading()).orElse(OPTIONS)).strip();
        return heading.endsWith(":") ? heading.substring(0, heading.length() - 1) : heading;
    }

    private static Argument argument(CommandSpec spec, ArgSpec argument, List<String> names) {
        var takesValue = argument.arity().max() > 0;
        var isRepeatable = argument.isMultiValue();
        return new Argument(
                names,
                takesValue ? argument.paramLabel() + (names.isEmpty() && isRepeatable ? "..." : "") : "",
                plain(String.join(" ", argument.description())),
                takesValue ? words(spec, argument) : List.of(),
                takesValue && isFile(argument),
                isRepeatable);
    }

    private static List<String> words(CommandSpec spec, ArgSpec argument) {
        if (argument.isPositional() && argument.paramLabel().equals(COMMAND)) {
            return spec.root().subcommands().values().stream()
                    .filter(command -> !command.getCommandSpec().usageMessage().hidden())
                    .map(CommandLine::getCommandName)
                    .toList();
        }
        var candidates = argument.completionCandidates();
        return candidates == null
                ? List.of()
                : StreamSupport.stream(candidates.spliterator(), false).toList();
    }

    /** By its label too: who takes - for a stream cannot take a path. */
    private static boolean isFile(ArgSpec argument) {
        return argument.paramLabel().contains(FILE)
                || argument.type() == Path.class
                || Arrays.asList(argument.auxiliaryTypes()).contains(Path.class);
    }

    /** Without the format's and the markup's own characters. */
    private static String plain(String text) {
        return Ansi.OFF.string(String.format(text)).stripTrailing();
    }
}

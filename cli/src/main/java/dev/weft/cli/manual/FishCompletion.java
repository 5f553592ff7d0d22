package dev.weft.cli.manual;

import dev.weft.cli.manual.Manual.Argument;

/** Completion for fish 3 and later. */
final class FishCompletion {

    private final StringBuilder script = new StringBuilder();
    private final String name;

    private FishCompletion(Manual manual) {
        name = manual.name();
        script.append("# fish completion for " + name + "; \"" + name + " completion fish\" prints it.\n");
        line("-f", "");
        var noCommand = "-n __fish_use_subcommand";
        for (var command : manual.commands()) {
            line(noCommand + " -a " + command.word(), command.brief());
        }
        manual.options().forEach(option -> option(noCommand, option));
        for (var command : manual.commands()) {
            var here = "-n '__fish_seen_subcommand_from " + command.word() + "'";
            command.options().forEach(option -> option(here, option));
            for (var parameter : command.parameters()) {
                if (parameter.isFile()) {
                    line(here + " -F", "");
                } else if (!parameter.words().isEmpty()) {
                    line(here + " -a " + quoted(String.join(" ", parameter.words())), "");
                }
            }
        }
    }

    static String script(Manual manual) {
        return new FishCompletion(manual).script.toString();
    }

    private void option(String condition, Argument option) {
        var text = new StringBuilder(condition);
        for (var optionName : option.names()) {
            text.append(
                    optionName.startsWith("--") ? " -l " + optionName.substring(2) : " -s " + optionName.substring(1));
        }
        if (option.isFile()) {
            text.append(" -r -F");
        } else if (option.takesValue()) {
            text.append(" -x");
        }
        if (!option.words().isEmpty()) {
            text.append(" -a ").append(quoted(String.join(" ", option.words())));
        }
        line(text.toString(), option.brief());
    }

    private void line(String what, String description) {
        script.append("complete -c " + name + " " + what);
        if (!description.isEmpty()) {
            script.append(" -d ").append(quoted(description));
        }
        script.append('\n');
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}

package dev.weft.cli.input;

import dev.weft.cli.files.NotOursException;
import dev.weft.cli.files.Sources;
import dev.weft.cli.files.Untrusted;
import dev.weft.cli.model.Rest;
import dev.weft.cli.model.SourceLocation;
import dev.weft.cli.text.UrlText;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * Where URLs come from: arguments, files, standard input. A fault of one entry or input is an entry itself, and stops
 * nothing.
 *
 * @param arguments URLs
 * @param files names of files, {@code -} for standard input
 * @param pages where links are found
 */
public record Inputs(List<String> arguments, List<String> files, PageInputs pages, InputStream standardInput) {

    /** The name of standard input among the files. */
    public static final String STANDARD_INPUT = "-";

    public Inputs {
        arguments = List.copyOf(arguments);
        files = List.copyOf(files);
    }

    public Inputs(List<String> arguments, List<String> files, InputStream standardInput) {
        this(arguments, files, PageInputs.NONE, standardInput);
    }

    /**
     * Hands over the entries of the files, in order.
     *
     * <p><b>Blocking:</b> as the files and standard input do, and that cannot be interrupted.
     */
    void readLists(EntrySink entries) {
        readLists(new LinkBudget(), entries);
    }

    /** The same, as far as there is memory for it. */
    public void readLists(LinkBudget budget, EntrySink entries) {
        for (var file : files) {
            if (file.equals(STANDARD_INPUT)) {
                read("stdin", standardInput, budget, entries);
            } else {
                open(file, budget, entries);
            }
        }
    }

    /**
     * Hands over the arguments.
     *
     * <p><b>Blocking:</b> never.
     */
    public void readArguments(EntrySink entries) {
        var number = 0;
        for (var argument : arguments) {
            entries.accept(entry(argument, SourceLocation.argument(++number)));
        }
    }

    private static void open(String file, LinkBudget budget, EntrySink entries) {
        try {
            try (var in = Sources.open(Path.of(file))) {
                read(file, in, budget, entries);
            }
        } catch (NotOursException e) {
            entries.accept(new InputEntry.NoInput(file, "is a directory: give a file with one URL a line"));
        } catch (IOException | InvalidPathException e) {
            entries.accept(new InputEntry.NoInput(file, inWords(e)));
        }
    }

    /** Why a file cannot be read. */
    static String inWords(Exception e) {
        return switch (e) {
            case NoSuchFileException none -> "there is no such file";
            case AccessDeniedException denied -> "you may not read it";
            default -> "cannot be read: " + e.getMessage();
        };
    }

    private static void read(String name, InputStream in, LinkBudget budget, EntrySink entries) {
        var lines = new LineReader(new Utf16(new Announced(in, entries::pause)));
        var last = 0L;
        try {
            while (true) {
                if (entries.isCounting()) {
                    var count = lines.countRest();
                    if (count > 0) {
                        entries.count(new Rest(name, last + 1, lines.number(), count));
                    }
                    return;
                }
                var line = Untrusted.read(lines::next);
                if (line == null) {
                    return;
                }
                last = line.number();
                if (line instanceof SourceLine.Text text && text.text().indexOf('\0') >= 0) {
                    entries.accept(new InputEntry.NoInput(
                            name,
                            "is no text from line " + last
                                    + " on: it has NUL bytes; if it is in UTF-16, save it in UTF-8"));
                    return;
                }
                if (!budget.takeLine(line.text())) {
                    entries.accept(new InputEntry.NoInput(
                            name,
                            "has more URLs than fit into the memory there is (WEFT_JAVA_OPTS=-Xmx2g gives 2 GB): the"
                                    + " rest is left out from line " + last + " on; give it to another run"));
                    return;
                }
                entries.accept(entry(line, SourceLocation.line(name, last)));
            }
        } catch (InterruptedIOException | ClosedByInterruptException e) {
            // whoever wanted to know has left
        } catch (IOException e) {
            entries.accept(new InputEntry.NoInput(name, "cannot be read beyond line " + last + ": " + e.getMessage()));
        }
    }

    private static InputEntry entry(SourceLine line, SourceLocation location) {
        return switch (line) {
            case SourceLine.Text text -> entry(text.text(), location);
            case SourceLine.Unreadable unreadable ->
                new InputEntry.NoUrl(unreadable.beginning(), unreadable.why(), location);
        };
    }

    private static InputEntry entry(String text, SourceLocation location) {
        if (text.equals(STANDARD_INPUT)) {
            return new InputEntry.NoUrl(text, "is no URL: to read URLs from standard input, write -i -", location);
        }
        return switch (UrlText.parse(text)) {
            case UrlText.Url url -> InputEntry.Url.of(text, url, location);
            case UrlText.NoUrl none -> new InputEntry.NoUrl(text, none.why(), location);
        };
    }
}

package dev.weft.cli.command;

import dev.weft.cli.console.Diagnostics;
import dev.weft.cli.files.FileOutput;
import dev.weft.cli.files.NotOursException;
import dev.weft.cli.files.Sources;
import dev.weft.cli.model.ExitCode;
import dev.weft.cli.timeline.FlightTimeline;
import dev.weft.cli.timeline.Timeline;
import dev.weft.cli.timeline.TimelinePage;
import dev.weft.cli.timeline.TimelineSvg;
import dev.weft.cli.timeline.TraceEvents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code weft timeline}: a flight recording as a picture. */
@Command(
        name = "timeline",
        description = {
            "Draws the tasks of a flight recording, or of several.",
            "",
            "Recordings of the members of a cluster are drawn on the time of the first one: their clocks are compared"
                    + " by the calls between them, and each handler stands below its call.",
            "",
            "The picture is one HTML file that needs nothing else, with a lane for each task, to be zoomed and searched"
                    + " in a browser.",
        },
        sortOptions = false,
        synopsisHeading = "Usage: ",
        customSynopsis = "weft timeline [OPTIONS] RECORDING.jfr...",
        parameterListHeading = "%nRecording:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  jcmd PID JFR.start filename=app.jfr      in a program that uses Weft",
            "  jcmd PID JFR.stop name=1",
            "  weft timeline app.jfr                    writes app.html",
            "  weft timeline app.jfr --svg              writes app.svg, for a document",
            "  weft timeline app.jfr --format trace     writes app.json, for Perfetto",
            "  weft timeline caller.jfr w1.jfr w2.jfr   calls of members: caller.html",
            "",
            "Exit: 0 written, 2 wrong usage or nothing of Weft's in the recording, 74 cannot be written,"
                    + " 141 nobody reads it any more."
        })
public final class TimelineCommand implements Callable<Integer> {

    private final CommandContext context;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            paramLabel = "RECORDING.jfr",
            arity = "1..*",
            converter = Converters.PathName.class,
            description = "A flight recording.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private List<Path> recordings;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            converter = Converters.PathName.class,
            description = "Where to write, replacing what is there; - for standard output. Default: beside the"
                    + " first recording, ending in .html, .svg or .json.")
    private @Nullable Path output;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = Converters.PictureWord.class,
            description = "html: a page. svg: a picture for documents, of 200 lanes at most. trace: trace events as"
                    + " JSON, for Perfetto. Default: html.")
    private @Nullable PictureFormat format;

    @Option(names = "--svg", description = "The same as --format svg.")
    private boolean svg;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli fills it
    private final HelpOption help = new HelpOption();

    public TimelineCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        if (svg && format != null && format != PictureFormat.SVG) {
            throw wrong("--svg and --format " + format + " ask for two forms: leave one of them out");
        }
        var to = target();
        if (to != null
                && FileOutput.isAmong(
                        to, recordings.stream().map(Path::toString).toList())) {
            throw wrong(to + " is read too: give another name" + (output == null ? " with -o" : ""));
        }
        Timeline timeline;
        String text;
        try {
            timeline = read();
            text = drawn(timeline);
        } catch (OutOfMemoryError e) {
            throw wrong(named() + " needs more memory than there is: WEFT_JAVA_OPTS=-Xmx4g gives 4 GB");
        }
        try {
            if (to == null) {
                context.io().out().write(text.getBytes(StandardCharsets.UTF_8));
                context.io().out().flush();
            } else {
                FileOutput.write(to, text);
                new Diagnostics(context.io())
                        .line("Wrote " + to + ": " + timeline.lanes().size() + " lanes");
            }
        } catch (IOException e) {
            if (to == null) {
                return new Diagnostics(context.io()).notWritten("the result", e);
            }
            new Diagnostics(context.io()).message("cannot write " + to + ": " + words(e));
            return ExitCode.CANNOT_WRITE;
        }
        return ExitCode.OK;
    }

    private String drawn(Timeline timeline) throws IOException {
        if (timeline.lanes().isEmpty()) {
            throw wrong(named() + " has no events of Weft's: record a program while it uses Weft, with"
                    + " jcmd PID JFR.start, or java -XX:StartFlightRecording=filename=app.jfr. Tasks shorter than"
                    + " 0.1 ms are recorded only with dev.weft.Task#threshold=0ms");
        }
        return switch (form()) {
            case HTML -> TimelinePage.of(timeline);
            case SVG -> TimelineSvg.of(timeline);
            case TRACE -> TraceEvents.of(timeline);
        };
    }

    private PictureFormat form() {
        return svg ? PictureFormat.SVG : format == null ? PictureFormat.HTML : format;
    }

    private Timeline read() {
        var timeline = new FlightTimeline();
        for (var recording : recordings) {
            try {
                Sources.checkFile(recording);
                timeline.add(recording);
            } catch (NoSuchFileException e) {
                throw wrong("there is no file " + recording);
            } catch (NotOursException e) {
                throw wrong(recording + " is not a file");
            } catch (IOException | RuntimeException | StackOverflowError | InternalError e) {
                // the JDK's parser fails in many ways on what is not a recording, or only a part of one
                throw wrong(recording + " cannot be read as a flight recording (" + words(e)
                        + "): is it complete? A running one is written by jcmd PID JFR.dump");
            }
        }
        return timeline.timeline();
    }

    private String named() {
        return recordings.stream().map(Path::toString).collect(Collectors.joining(", "));
    }

    private static String words(Throwable e) {
        var message = e.getMessage();
        return message == null || message.isEmpty() ? e.getClass().getSimpleName() : message;
    }

    /** Null for standard output. */
    private @Nullable Path target() {
        if (output != null) {
            return output.toString().equals("-") ? null : output;
        }
        var recording = recordings.getFirst();
        var name = String.valueOf(recording.getFileName());
        var stem = name.endsWith(".jfr") ? name.substring(0, name.length() - 4) : name;
        return recording.resolveSibling(stem + form().suffix);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}

package dev.weft.cli.command;

import dev.weft.cli.check.CheckFormat;
import dev.weft.cli.check.Fragments;
import dev.weft.cli.check.LinkFilter;
import dev.weft.cli.http.Proxies;
import dev.weft.cli.http.Request;
import dev.weft.cli.http.Trust;
import dev.weft.cli.manual.Shell;
import dev.weft.cli.model.Rate;
import dev.weft.cli.model.StatusSet;
import dev.weft.cli.model.Verdict;
import dev.weft.cli.report.Format;
import dev.weft.cli.report.ProgressMode;
import dev.weft.cli.text.ByteText;
import dev.weft.cli.text.Choice;
import dev.weft.cli.text.DurationText;
import dev.weft.diagnostics.Entry;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The forms of options' values; the message of each failure says how to write it. Picocli puts the option's name before
 * it.
 */
public final class Converters {

    private Converters() {}

    private static TypeConversionException wrong(String message) {
        return new TypeConversionException(message);
    }

    /** A duration of more than nothing. */
    static final class PositiveDuration implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String value) {
            Duration duration;
            try {
                duration = DurationText.parse(value);
            } catch (IllegalArgumentException e) {
                throw wrong(String.valueOf(e.getMessage()));
            }
            if (!duration.isPositive()) {
                throw wrong("'" + value + "' is no time at all; it must be more than 0");
            }
            return duration;
        }
    }

    /** A whole number of at least one. */
    static final class AtLeastOne implements ITypeConverter<Integer> {
        private static final int MAX = 1_000_000;

        @Override
        public Integer convert(String value) {
            if (!value.matches("\\d{1,7}") || Integer.parseInt(value) < 1 || Integer.parseInt(value) > MAX) {
                throw wrong("'" + value + "' must be a whole number from 1 to " + MAX);
            }
            return Integer.valueOf(value);
        }
    }

    /** A process id. */
    static final class Pid implements ITypeConverter<Long> {
        @Override
        public Long convert(String value) {
            if (!value.matches("\\d{1,18}") || Long.parseLong(value) < 1) {
                throw wrong(
                        "'" + value + "' is no process id: a whole number from 1; 'weft ps' lists those that use Weft");
            }
            return Long.valueOf(value);
        }
    }

    /** How many, none included. */
    static final class NoneOrMore implements ITypeConverter<Integer> {
        private static final int MAX = 1_000;

        @Override
        public Integer convert(String value) {
            if (!value.matches("\\d{1,4}") || Integer.parseInt(value) > MAX) {
                throw wrong("'" + value + "' must be a whole number from 0 to " + MAX);
            }
            return Integer.valueOf(value);
        }
    }

    /** A text in which {@code *} is any text, and {@code ?} any character. */
    public static final class Glob implements ITypeConverter<Pattern> {
        @Override
        public Pattern convert(String value) {
            var parts = value.split("\\*", -1);
            var regex = new StringBuilder(literal(parts[0]));
            for (var i = 1; i < parts.length - 1; i++) {
                // where a part is found first, it is taken to be: no other place would do better
                regex.append("(?>.*?").append(literal(parts[i])).append(')');
            }
            if (parts.length > 1) {
                regex.append(".*").append(literal(parts[parts.length - 1]));
            }
            return Pattern.compile(regex.toString(), Pattern.DOTALL);
        }

        private static String literal(String part) {
            var regex = new StringBuilder();
            part.codePoints().forEach(c -> regex.append(c == '?' ? "." : Pattern.quote(Character.toString(c))));
            return regex.toString();
        }
    }

    /** A state that a task can be seen in. */
    static final class StateWord implements ITypeConverter<Entry.State>, Iterable<String> {
        private static final Map<String, Entry.State> STATES = states();

        private static Map<String, Entry.State> states() {
            var states = new LinkedHashMap<String, Entry.State>();
            states.put("not-started", Entry.State.NOT_STARTED);
            states.put("running", Entry.State.RUNNING);
            states.put("waiting", Entry.State.WAITING);
            return states;
        }

        @Override
        public Entry.State convert(String value) {
            var state = STATES.get(value.toLowerCase(Locale.ROOT));
            if (state == null) {
                throw wrong("'" + value + "' is not known; write one of " + String.join(", ", STATES.keySet()));
            }
            return state;
        }

        /** For who completes command lines. */
        @Override
        public Iterator<String> iterator() {
            return STATES.keySet().iterator();
        }
    }

    /** One of the words of {@link Shell}. */
    static final class ShellWord implements ITypeConverter<Shell> {
        @Override
        public Shell convert(String value) {
            return orWrong(text -> Choice.parse(Shell.values(), text), value);
        }
    }

    /** The converter of a value whose own parser explains what is wrong with a text. */
    private static <T> T orWrong(Function<String, T> parse, String value) {
        try {
            return parse.apply(value);
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    /** One of the words of {@link dev.weft.cli.command.PsFormat}. */
    static final class PsFormatWord implements ITypeConverter<PsFormat> {
        @Override
        public PsFormat convert(String value) {
            return orWrong(PsFormat::parse, value);
        }
    }

    /** A TCP port, or 0 for any that is free. */
    static final class Port implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            if (!value.matches("\\d{1,5}") || Integer.parseInt(value) > 65_535) {
                throw wrong("'" + value + "' must be a port from 1 to 65535, or 0 for any that is free");
            }
            return Integer.valueOf(value);
        }
    }

    /** One of the words of {@link dev.weft.cli.report.Format}. */
    static final class FormatWord implements ITypeConverter<Format> {
        @Override
        public Format convert(String value) {
            return orWrong(Format::parse, value);
        }
    }

    /** One of the words of {@link dev.weft.cli.command.PictureFormat}. */
    static final class PictureWord implements ITypeConverter<PictureFormat> {
        @Override
        public PictureFormat convert(String value) {
            return orWrong(text -> Choice.parse(PictureFormat.values(), text), value);
        }
    }

    /** One of the words of {@link dev.weft.cli.check.CheckFormat}. */
    static final class CheckFormatWord implements ITypeConverter<CheckFormat> {
        @Override
        public CheckFormat convert(String value) {
            return orWrong(CheckFormat::parse, value);
        }
    }

    /** One of the words of {@link dev.weft.cli.check.Fragments}. */
    static final class FragmentsWord implements ITypeConverter<Fragments> {
        @Override
        public Fragments convert(String value) {
            return orWrong(Fragments::parse, value);
        }
    }

    /** A regular expression that is looked for in links. */
    static final class LinkPattern implements ITypeConverter<Pattern> {
        @Override
        public Pattern convert(String value) {
            return orWrong(LinkFilter::parse, value);
        }
    }

    /** One of the words of {@link dev.weft.cli.report.ProgressMode}. */
    static final class ProgressWord implements ITypeConverter<ProgressMode> {
        @Override
        public ProgressMode convert(String value) {
            return orWrong(ProgressMode::parse, value);
        }
    }

    /** The name of a file or folder; an empty one would mean the current folder, and nobody means that. */
    static final class PathName implements ITypeConverter<Path> {
        @Override
        public Path convert(String value) {
            if (value.isEmpty()) {
                throw wrong("'' is no name; write . for the current folder");
            }
            return orWrong(Path::of, value);
        }
    }

    /** As in {@code 2xx,404}. */
    static final class Statuses implements ITypeConverter<StatusSet> {
        @Override
        public StatusSet convert(String value) {
            return orWrong(StatusSet::parse, value);
        }
    }

    /** As in {@code 10/s}. */
    static final class PerTime implements ITypeConverter<Rate> {
        @Override
        public Rate convert(String value) {
            return orWrong(Rate::parse, value);
        }
    }

    /** As in {@code 10MB}; more than nothing. */
    static final class Size implements ITypeConverter<Long> {
        @Override
        public Long convert(String value) {
            var size = orWrong(ByteText::parse, value);
            if (size == 0) {
                throw wrong("'" + value + "' is nothing at all; it must be more than 0");
            }
            return size;
        }
    }

    /** A proxy's URL, or nothing for none. Checked here, read when it is known what the environment says. */
    static final class ProxyUrl implements ITypeConverter<String> {
        @Override
        public String convert(String value) {
            if (!value.isEmpty()) {
                orWrong(Proxies::parse, value);
            }
            return value;
        }
    }

    /** A file of certificates. */
    static final class Certificates implements ITypeConverter<List<X509Certificate>> {
        @Override
        public List<X509Certificate> convert(String value) {
            return orWrong(text -> Trust.readPem(Path.of(text)), value);
        }
    }

    /** Outcomes with commas between them, or {@code none}. */
    static final class Verdicts implements ITypeConverter<Set<Verdict>> {
        @Override
        public Set<Verdict> convert(String value) {
            if (value.equalsIgnoreCase("none")) {
                return Set.of();
            }
            var verdicts = EnumSet.noneOf(Verdict.class);
            for (var word : value.split(",", -1)) {
                verdicts.add(orWrong(text -> Choice.parse(Verdict.values(), text), word.strip()));
            }
            return verdicts;
        }
    }

    /** As in {@code Accept: text/html}. */
    static final class HeaderLine implements ITypeConverter<Request.Header> {
        @Override
        public Request.Header convert(String value) {
            var colon = value.indexOf(':');
            if (colon < 1) {
                // it may be a secret
                throw wrong("a text of " + value.length() + " characters is no header; write it as 'Name: value'");
            }
            var header = new Request.Header(
                    value.substring(0, colon).strip(),
                    value.substring(colon + 1).strip());
            try {
                Request.check(header);
            } catch (IllegalArgumentException e) {
                throw wrong("'" + header.name() + "' cannot be sent: " + Request.whyNot(header));
            }
            return header;
        }
    }

    /** The value of the header of that name. */
    static final class UserAgent implements ITypeConverter<Request.Header> {
        @Override
        public Request.Header convert(String value) {
            return new HeaderLine().convert("User-Agent:" + value);
        }
    }

    /** As in {@code HEAD}. */
    static final class Method implements ITypeConverter<String> {
        @Override
        public String convert(String value) {
            var method = value.toUpperCase(Locale.ROOT);
            if (!method.matches("[A-Z]+") || method.equals("CONNECT")) {
                throw wrong("'" + value + "' is no method; write GET, HEAD or another one");
            }
            return method;
        }
    }
}

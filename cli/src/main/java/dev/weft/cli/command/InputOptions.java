package dev.weft.cli.command;

import dev.weft.cli.input.Inputs;
import dev.weft.cli.input.PageInputs;
import dev.weft.cli.text.UrlText;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Options of {@code weft fetch}: where URLs come from. */
final class InputOptions {

    @Option(
            names = {"-i", "--input"},
            paramLabel = "FILE",
            description = "A list of URLs, one a line; blank lines and lines with # are skipped. - for standard input."
                    + " May be repeated.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = "--links",
            paramLabel = "FILE|URL",
            description = "A page of HTML or Markdown: what it links to is fetched. - for standard input. May be"
                    + " repeated.")
    private List<String> links = new ArrayList<>();

    @Option(
            names = "--sitemap",
            paramLabel = "FILE|URL",
            description = "A sitemap (XML or lines, also .gz): its pages are fetched. An index: those of all its"
                    + " sitemaps. - for standard input. May be repeated.")
    private List<String> sitemaps = new ArrayList<>();

    @Option(
            names = "--base",
            paramLabel = "URL",
            converter = BaseUrl.class,
            description = "Where --links files will stand, for the relative links in them; that of a folder ends with"
                    + " /. Without it, those are not fetched.")
    private @Nullable URI base;

    /** An absolute URL. */
    static final class BaseUrl implements ITypeConverter<URI> {
        @Override
        public URI convert(String value) {
            return switch (UrlText.parse(value)) {
                case UrlText.Url(var uri, var _) -> uri;
                case UrlText.NoUrl(var why) -> throw new TypeConversionException("'" + value + "': " + why);
            };
        }
    }

    boolean isEmpty() {
        return files.isEmpty() && links.isEmpty() && sitemaps.isEmpty();
    }

    /** The conflict between options, with the remedy; null if there is none. */
    @Nullable
    String contradiction() {
        var fromStandardInput = Stream.of(
                        repeated("-i -", files), repeated("--links -", links), repeated("--sitemap -", sitemaps))
                .flatMap(List::stream)
                .toList();
        if (fromStandardInput.size() > 1) {
            return fromStandardInput.stream().distinct().count() == 1
                    ? fromStandardInput.getFirst() + " is given more than once: standard input can be read only once"
                    : String.join(" and ", fromStandardInput) + ": standard input can be read only once";
        }
        return base != null && links.isEmpty()
                ? "--base is for the relative links of --links FILE: give such a file, or leave it out"
                : null;
    }

    private static List<String> repeated(String option, List<String> names) {
        return names.stream()
                .filter(Inputs.STANDARD_INPUT::equals)
                .map(_ -> option)
                .toList();
    }

    Inputs inputs(List<String> arguments, InputStream standardInput) {
        return new Inputs(arguments, files, new PageInputs(links, sitemaps, base), standardInput);
    }
}

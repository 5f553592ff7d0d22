package dev.weft.cli.command;

import dev.weft.cli.files.Sources;
import dev.weft.cli.http.Payload;
import dev.weft.cli.http.Request;
import dev.weft.cli.text.ByteText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for the requests to servers. */
final class RequestOptions {

    /** Each request holds it in memory. */
    private static final int MAX_DATA = 16 * 1024 * 1024;

    @Option(
            names = {"-X", "--method"},
            paramLabel = "METHOD",
            converter = Converters.Method.class,
            description = "Default: GET, and POST with --data.")
    private @Nullable String method;

    @Option(
            names = "--check",
            description = "Only look whether it is there: HEAD, and GET where a server does not answer that well.")
    private boolean check;

    @Option(
            names = {"-H", "--header"},
            paramLabel = "'NAME: VALUE'",
            converter = Converters.HeaderLine.class,
            description = "Sent with each request. May be repeated.")
    private List<Request.Header> headers = new ArrayList<>();

    @Option(
            names = {"-d", "--data"},
            paramLabel = "TEXT|@FILE",
            description = "What is sent; as a form, unless a header says otherwise.")
    private @Nullable String data;

    @Option(
            names = {"-A", "--user-agent"},
            paramLabel = "TEXT",
            converter = Converters.UserAgent.class,
            description = "Who asks. Default: weft and its version.")
    private Request.@Nullable Header userAgent;

    @Option(names = "--cookies", description = "Keep servers' cookies while this runs. Default: they are ignored.")
    private boolean cookies;

    @Option(
            names = "--compressed",
            description =
                    "Tell servers that they may pack bodies (gzip). What comes packed is unpacked in any case, and"
                            + " --max-bytes counts it unpacked.")
    private boolean compressed;

    /**
     * The request.
     *
     * @throws IllegalArgumentException if two options contradict each other; they are in the message
     */
    Request request() {
        if (check && method != null) {
            throw new IllegalArgumentException("--check asks by HEAD and GET: leave out --method " + method);
        }
        if (data != null && (check || "GET".equals(method) || "HEAD".equals(method))) {
            throw new IllegalArgumentException(
                    "--data is not for " + (check ? "--check" : "--method " + method) + ": leave one of them out");
        }
        var all = new ArrayList<>(headers);
        if (userAgent != null) {
            all.add(userAgent);
        }
        if (data != null && headers.stream().noneMatch(header -> header.name().equalsIgnoreCase("Content-Type"))) {
            all.add(new Request.Header("Content-Type", "application/x-www-form-urlencoded"));
        }
        var usual = data == null ? "GET" : "POST";
        return new Request(
                check ? "HEAD" : method == null ? usual : method,
                all,
                check,
                compressed,
                data == null ? null : body(data));
    }

    boolean keepsCookies() {
        return cookies;
    }

    /** The value itself, or a file's content. It may be a secret. */
    private static Payload body(String text) {
        if (!text.startsWith("@")) {
            return Payload.of(text.getBytes(StandardCharsets.UTF_8));
        }
        var name = text.substring(1);
        try (var in = Sources.openFile(Path.of(name))) {
            var bytes = in.readNBytes(MAX_DATA + 1);
            if (bytes.length > MAX_DATA) {
                throw new IllegalArgumentException("--data: " + name + " has more than " + ByteText.format(MAX_DATA));
            }
            return Payload.of(bytes);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("--data: there is no file " + name, e);
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException("--data: " + name + " cannot be read: " + e.getMessage(), e);
        }
    }
}

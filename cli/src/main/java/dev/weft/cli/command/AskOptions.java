package dev.weft.cli.command;

import dev.weft.cli.http.Request;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of {@code weft check}: what servers are told. */
final class AskOptions {

    @Option(
            names = {"-H", "--header"},
            paramLabel = "'NAME: VALUE'",
            converter = Converters.HeaderLine.class,
            description = "Sent with each request; credentials only to servers that are named. May be repeated.")
    private List<Request.Header> headers = new ArrayList<>();

    @Option(
            names = {"-A", "--user-agent"},
            paramLabel = "TEXT",
            converter = Converters.UserAgent.class,
            description = "Who asks. Default: weft and its version.")
    private Request.@Nullable Header userAgent;

    @Option(names = "--cookies", description = "Keep servers' cookies while this runs. Default: they are ignored.")
    private boolean cookies;

    List<Request.Header> headers() {
        var all = new ArrayList<>(headers);
        if (userAgent != null) {
            all.add(userAgent);
        }
        return all;
    }

    boolean keepsCookies() {
        return cookies;
    }
}

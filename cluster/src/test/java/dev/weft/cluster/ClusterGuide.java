package dev.weft.cluster;

import static dev.weft.Weft.FOREVER;
import static dev.weft.Weft.mapConcurrent;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static java.time.Duration.ofSeconds;

import dev.weft.Runner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** The programs of docs/cluster.md. {@link ClusterGuideTest} runs them, and compares the page. */
final class ClusterGuide {

    // snippet program
    static final Handler<String, Integer> SIZE =
            Handler.of("size", Codecs.text(), Codecs.json(Integer.class)).idempotent(2);

    void main(String[] args) throws Exception {
        Runner.builder().signals("INT", "TERM").build().run(() -> {
            try (var workers = Workers.builder("pages")
                    .bind(args[1])
                    .join(List.of(args[2], args[3]))
                    .tls(Tls.fromPem(Path.of("tls")))
                    .limit(200)
                    .serve(SIZE, url -> fetch(url).length())
                    .open()) {
                if (args[0].equals("worker")) {
                    sleep(FOREVER); // Ctrl-C and SIGTERM drain
                }
                var sizes = timeout(ofSeconds(30), () -> mapConcurrent(urls(), 600, url -> workers.call(SIZE, url)));
                System.out.println(sizes.stream().mapToInt(n -> n).sum());
            }
        });
    }
    // end

    static Workers configured(Path file) throws IOException, InterruptedException {
        // snippet configured
        var workers = Workers.builder("pages")
                .limit(50) // unless it is set outside
                .configure(file)
                .serve(SIZE, url -> fetch(url).length())
                .open();
        // end
        return workers;
    }

    static String fetch(String url) {
        return "<html>" + url;
    }

    static List<String> urls() {
        return IntStream.range(0, 100).mapToObj(i -> "page " + i % 10).toList();
    }
}

package dev.weft.shop;

import dev.weft.Weft;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * The load test: many requests in flight, each by a user of its own, and each answer checked. Compares the controller
 * on Weft with the same on bare virtual threads and on {@code CompletableFuture}.
 */
public final class Load {

    private static final int ORDERS = 1_000;
    private static final List<String> PATHS = List.of("/orders/", "/bare/orders/", "/future/orders/");

    private final JsonMapper json = JsonMapper.builder().build();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(60))
            .build();
    private final String url;

    Load(String url) {
        this.url = url;
    }

    /**
     * The outcomes of some requests.
     *
     * @param millis how long each took, sorted
     * @param seconds how long all of them took
     * @param failures of requests that got no answer with status 200
     * @param wrong answers with the context of somebody else
     */
    record Result(List<Double> millis, double seconds, List<String> failures, List<String> wrong) {

        double percentile(double share) {
            return millis.isEmpty() ? Double.NaN : millis.get((int) Math.min(millis.size() - 1, millis.size() * share));
        }

        double throughput() {
            return millis.size() / seconds;
        }
    }

    /** Takes the shop's address, how many requests are in flight, how many there are, and how many rounds. */
    public static void main(String[] args) {
        var url = args.length > 0 ? args[0] : "http://127.0.0.1:8080";
        var inFlight = args.length > 1 ? Integer.parseInt(args[1]) : 1_000;
        var requests = args.length > 2 ? Integer.parseInt(args[2]) : 5_000;
        var rounds = args.length > 3 ? Integer.parseInt(args[3]) : 5;
        try {
            new Load(url).compare(inFlight, requests, rounds);
        } catch (InterruptedException e) {
            System.err.println("interrupted");
        }
    }

    /** The first round warms up; of the others the medians are compared. */
    private void compare(int inFlight, int requests, int rounds) throws InterruptedException {
        var p99 = new double[PATHS.size()][rounds];
        var throughput = new double[PATHS.size()][rounds];
        for (var round = 0; round <= rounds; round++) {
            for (var path = 0; path < PATHS.size(); path++) {
                var result = run(PATHS.get(path), requests, inFlight, path == 0);
                if (round > 0) {
                    p99[path][round - 1] = result.percentile(0.99);
                    throughput[path][round - 1] = result.throughput();
                }
                System.out.printf(
                        Locale.ROOT,
                        "%-8s %-16s %6.0f requests/s  p50 %5.0f ms  p99 %5.0f ms  %d failed  %d wrong%n",
                        round == 0 ? "warm-up" : "round " + round,
                        PATHS.get(path),
                        result.throughput(),
                        result.percentile(0.5),
                        result.percentile(0.99),
                        result.failures().size(),
                        result.wrong().size());
            }
        }
        for (var path = 1; path < PATHS.size(); path++) {
            System.out.printf(
                    Locale.ROOT,
                    "%s against %s: throughput x %.2f, p99 x %.2f%n",
                    PATHS.getFirst(),
                    PATHS.get(path),
                    median(throughput[0]) / median(throughput[path]),
                    median(p99[0]) / median(p99[path]));
        }
    }

    private static double median(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }

    /** Makes {@code requests} requests of {@code path}, {@code inFlight} at a time. */
    Result run(String path, int requests, int inFlight, boolean isContextChecked) throws InterruptedException {
        var failures = new ConcurrentLinkedQueue<String>();
        var wrong = new ConcurrentLinkedQueue<String>();
        var begin = System.nanoTime();
        var numbers = IntStream.range(0, requests).boxed().toList();
        var nanos = Weft.mapConcurrent(numbers, inFlight, number -> {
            var start = System.nanoTime();
            try {
                check(path, number, isContextChecked, wrong);
                return System.nanoTime() - start;
            } catch (IOException | IllegalStateException e) {
                failures.add(number + ": " + e);
                return -1L;
            }
        });
        var seconds = (System.nanoTime() - begin) / 1e9;
        var millis = nanos.stream()
                .filter(took -> took >= 0)
                .map(took -> took / 1e6)
                .sorted()
                .toList();
        return new Result(millis, seconds, new ArrayList<>(failures), new ArrayList<>(wrong));
    }

    private void check(String path, int number, boolean isContextChecked, ConcurrentLinkedQueue<String> wrong)
            throws IOException, InterruptedException {
        var user = "user-" + number;
        var id = 1 + number % ORDERS;
        var request = HttpRequest.newBuilder(URI.create(url + path + id))
                .header(Users.HEADER, user)
                .timeout(Duration.ofSeconds(60))
                .build();
        var response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IllegalStateException("status " + response.statusCode());
        }
        var order = json.readValue(response.body(), Order.class);
        if (order.id() != id
                || !order.item().equals("item " + id)
                || !order.customer().equals("customer " + id)) {
            wrong.add(number + ": " + order);
        } else if (isContextChecked) {
            contextFault(order, user).ifPresent(fault -> wrong.add(number + ": " + fault));
        }
    }

    /** Why the context of some part is not that of the request. */
    static Optional<String> contextFault(Order order, String user) {
        var trace = order.seen().getFirst().trace();
        if (order.seen().size() != 8) {
            return Optional.of("not 8 parts: " + order.seen());
        }
        return order.seen().stream()
                .filter(seen -> !seen.mdc().equals(user)
                        || !seen.security().equals(user)
                        || seen.trace().equals("none")
                        || !seen.trace().equals(trace))
                .findFirst()
                .map(seen -> "not of " + user + " and trace " + trace + ": " + seen);
    }
}

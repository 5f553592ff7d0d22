package dev.weft.cli.timeline;

import dev.weft.cli.text.JsonWriter;
import dev.weft.cli.timeline.Timeline.Lane;
import dev.weft.cli.timeline.Timeline.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Objects;

/** A timeline as one HTML page, which needs nothing else, and asks no network for anything. */
public final class TimelinePage {

    private static final String TEMPLATE = "timeline.html";

    private TimelinePage() {}

    /** The page. */
    public static String of(Timeline timeline) throws IOException {
        var parts = withHashes(template()).split("@TITLE@|@DATA@", -1);
        if (parts.length != 3) {
            throw new IllegalStateException(TEMPLATE + " has " + (parts.length - 1) + " places to fill, not 2");
        }
        return parts[0] + escaped("Weft timeline: " + timeline.title()) + parts[1] + data(timeline) + parts[2];
    }

    /** The policy of the page allows this one style sheet and this one script, by their hashes, and nothing else. */
    static String withHashes(String template) {
        return template.replace("@STYLE@", hash(between(template, "<style>", "</style>")))
                .replace("@SCRIPT@", hash(between(template, "<script>", "</script>")));
    }

    private static String between(String text, String begin, String end) {
        var from = text.indexOf(begin);
        var to = text.indexOf(end, from);
        if (from < 0 || to < 0 || text.indexOf(begin, to) >= 0) {
            throw new IllegalStateException(TEMPLATE + " must have one " + begin);
        }
        return text.substring(from + begin.length(), to);
    }

    private static String hash(String content) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("each Java has SHA-256", e);
        }
    }

    private static String template() throws IOException {
        try (var in = Objects.requireNonNull(TimelinePage.class.getResourceAsStream(TEMPLATE), TEMPLATE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** The data for the page's script. */
    static String data(Timeline timeline) {
        var json = JsonWriter.inPage()
                .open('{')
                .field("title", timeline.title())
                .field("subtitle", timeline.subtitle())
                .field("kind", lower(timeline.kind()))
                .field("begin", timeline.beginMicros())
                .field("end", timeline.endMicros())
                .field("empty", timeline.empty())
                .name("lanes")
                .open('[');
        timeline.lanes().forEach(lane -> write(lane, json));
        json.close(']').name("marks").open('[');
        for (var mark : timeline.marks()) {
            json.open('{')
                    .field("at", mark.atMicros())
                    .field("kind", mark.kind())
                    .field("lane", mark.lane())
                    .field("text", mark.text())
                    .close('}');
        }
        return json.close(']').close('}').toString();
    }

    private static void write(Lane lane, JsonWriter json) {
        json.open('{')
                .field("id", lane.id())
                .field("parent", lane.parent())
                .field("depth", lane.depth())
                .field("name", lane.name())
                .field("from", lane.fromMicros())
                .field("to", lane.toMicros())
                .field("state", lower(lane.state()));
        if (lane.queued() != Lane.NOT_QUEUED) {
            json.field("queued", lane.queued());
        }
        if (!lane.word().isEmpty()) {
            json.field("word", lane.word());
        }
        if (!lane.label().isEmpty()) {
            json.field("label", lane.label());
        }
        if (!lane.tag().isEmpty()) {
            json.field("tag", lane.tag());
        }
        if (lane.role() != Role.WORK) {
            json.field("role", lower(lane.role()));
        }
        json.name("spans").open('[');
        for (var span : lane.spans()) {
            json.open('[')
                    .value(span.fromMicros())
                    .value(span.toMicros())
                    .value(span.waiting() ? 1 : 0)
                    .value(span.what())
                    .close(']');
        }
        json.close(']').name("facts").open('[');
        for (var fact : lane.facts()) {
            json.open('[').value(fact.name()).value(fact.value()).close(']');
        }
        json.close(']').close('}');
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}

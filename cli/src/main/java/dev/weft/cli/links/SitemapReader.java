package dev.weft.cli.links;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Reads one sitemap. Not thread-safe. */
final class SitemapReader {

    private static final String INDEX = "sitemapindex";

    /** The exception repeats the place before what has happened. */
    private static final Pattern MESSAGE = Pattern.compile(".*?Message: (.*)", Pattern.DOTALL);

    private static final int BEGINNING = 4096;

    /** A longer one is no URL: so much is kept that it is seen to be too long. */
    private static final int MAX_URL = 20_000;

    private final InputStream in;
    private final Predicate<? super Link> hasRoom;
    private boolean full;
    private final List<Link> locations = new ArrayList<>();
    private final StringBuilder location = new StringBuilder();
    private int locationLine;
    private int linesAbove;

    SitemapReader(InputStream in, Predicate<? super Link> hasRoom) {
        this.in = in;
        this.hasRoom = hasRoom;
    }

    Sitemap read() throws UnreadableDocumentException, IOException {
        var content = Unpacked.of(in, Sitemap.MAX_BYTES);
        content.mark(BEGINNING);
        var beginning = content.readNBytes(BEGINNING);
        content.reset();
        // the XML parser is given text: at bytes that are none, it writes to standard error
        var text = new BufferedReader(new InputStreamReader(content, PageText.xmlCharset(beginning)));
        var first = skipBlanks(text);
        return first == '<' ? xml(text, PageKind.isHtml(beginning)) : lines(text);
    }

    /** Some have blank lines before the XML declaration, where none may be. Returns what comes after, still unread. */
    private int skipBlanks(BufferedReader text) throws IOException {
        while (true) {
            text.mark(1);
            var c = text.read();
            if (c != '\ufeff' && !Character.isWhitespace(c)) {
                text.reset();
                return c;
            }
            linesAbove += c == '\n' ? 1 : 0;
        }
    }

    // ---- XML

    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
        return factory;
    }

    private Sitemap xml(Reader content, boolean isHtml) throws UnreadableDocumentException {
        @Nullable String root = null;
        String broken;
        try {
            var xml = factory().createXMLStreamReader(content);
            root = root(xml);
            collect(xml, root.equals(INDEX) ? "sitemap" : "url");
            return new Sitemap(root.equals(INDEX), locations, null);
        } catch (XMLStreamException e) {
            broken = inWords(e);
        } catch (RuntimeException e) {
            // the JDK's parser has no words for some of what it does not like
            broken = "is no XML: " + e.getMessage();
        }
        if (root == null) {
            throw new UnreadableDocumentException(
                    "is no sitemap" + (isHtml ? " but a page: --links reads those" : ": " + broken));
        }
        return new Sitemap(root.equals(INDEX), locations, broken);
    }

    private static String root(XMLStreamReader xml) throws XMLStreamException, UnreadableDocumentException {
        while (xml.next() != XMLStreamConstants.START_ELEMENT) {
            // comments, a document type
        }
        var root = xml.getLocalName();
        if (!root.equals("urlset") && !root.equals(INDEX)) {
            throw new UnreadableDocumentException(
                    root.equalsIgnoreCase("html")
                            ? "is no sitemap but a page: --links reads those"
                            : "is no sitemap: its root element is <" + root + ">, not <urlset> or <" + INDEX + ">");
        }
        return root;
    }

    private void collect(XMLStreamReader xml, String parent) throws XMLStreamException {
        var open = new ArrayList<String>();
        while (!full && xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    open.add(xml.getLocalName());
                    if (isLocation(open, parent)) {
                        location.setLength(0);
                        locationLine = linesAbove + xml.getLocation().getLineNumber();
                    }
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    if (isLocation(open, parent)) {
                        append(xml.getText());
                    }
                }
                case XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new XMLStreamException(
                            "Message: has an entity &" + xml.getLocalName() + "; of its own: they are not read",
                            xml.getLocation());
                case XMLStreamConstants.END_ELEMENT -> {
                    if (isLocation(open, parent)) {
                        add(new Link(location.toString().strip(), locationLine));
                    }
                    if (!open.isEmpty()) {
                        open.removeLast();
                    }
                }
                default -> {}
            }
        }
    }

    private static boolean isLocation(List<String> open, String parent) {
        return open.size() == 2
                && open.getLast().equals("loc")
                && open.getFirst().equals(parent);
    }

    /** Counts the lines before the URL, which may stand below its tag. */
    private void append(String text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (location.isEmpty() && Character.isWhitespace(c)) {
                locationLine += c == '\n' ? 1 : 0;
            } else if (location.length() < MAX_URL) {
                location.append(c);
            }
        }
    }

    private void add(Link link) {
        full = !hasRoom.test(link);
        if (!full) {
            locations.add(link);
        }
    }

    private String inWords(XMLStreamException e) {
        if (e.getNestedException() instanceof IOException io) {
            return String.valueOf(io.getMessage());
        }
        var text = String.valueOf(e.getMessage());
        var message = MESSAGE.matcher(text);
        var line = e.getLocation() == null
                ? ""
                : "line " + (linesAbove + e.getLocation().getLineNumber()) + ": ";
        return line + (message.matches() ? message.group(1) : text).strip();
    }

    // ---- plain text

    private Sitemap lines(BufferedReader content) throws UnreadableDocumentException {
        var number = linesAbove;
        try {
            for (var line = line(content); line != null && !full; line = line(content)) {
                number++;
                var text = line.strip();
                if (!text.isEmpty()) {
                    if (locations.isEmpty() && !isUrl(text)) {
                        throw new UnreadableDocumentException(
                                "is no sitemap: neither XML, nor lines that begin with http:// or https://");
                    }
                    add(new Link(text, number));
                }
            }
        } catch (IOException e) {
            return new Sitemap(false, locations, "beyond line " + number + ": " + e.getMessage());
        }
        return new Sitemap(false, locations, null);
    }

    /** The next line, as far as it could be a URL; null at the end. */
    private static @Nullable String line(Reader content) throws IOException {
        var line = new StringBuilder();
        var c = content.read();
        if (c < 0) {
            return null;
        }
        while (c >= 0 && c != '\n') {
            if (line.length() < MAX_URL) {
                line.append((char) c);
            }
            c = content.read();
        }
        return line.toString();
    }

    private static boolean isUrl(String text) {
        return text.regionMatches(true, 0, "http:", 0, 5) || text.regionMatches(true, 0, "https:", 0, 6);
    }
}

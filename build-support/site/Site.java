import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * Makes the site out of the Markdown of a checkout: a page for each file, a sidebar from docs/README.md, and an index
 * to search in. Equal files give equal sites. Runs on JDK 25 from its source, with commonmark-java on the class path:
 *
 * <pre>{@code java -cp 'LIBRARIES/*' build-support/site/Site.java CHECKOUT OUT}</pre>
 *
 * <p>{@code OUT/javadoc/ARTIFACT} is Javadoc that is there already; the pages are linked to it.
 */
final class Site {

    private static final List<Extension> TABLES = List.of(TablesExtension.create());
    private static final List<String> OF_THE_PROJECT =
            List.of("README.md", "CONTRIBUTING.md", "SECURITY.md", "RELEASING.md", "CHANGELOG.md");
    /** As GitHub names headings, and as {@code weft check} does. */
    private static final Pattern DROPPED = Pattern.compile("[^\\p{IsAlphabetic}\\p{M}\\p{Nd}\\p{Pc} -]");

    private static final Pattern TYPE = Pattern.compile("(?:[a-z]+\\.)*([A-Z]\\w*(?:\\.[A-Z]\\w*)*)(?:\\.[a-z]\\w*)?");

    private static final int PREFIX = "javadoc/".length();

    private final Path root;
    private final Path out;
    /** The pages, by the files they are made of. */
    private final Map<Path, String> pages = new TreeMap<>();

    /** The Javadoc of each public type. */
    private final Map<String, String> types = new HashMap<>();

    private final Map<String, Map<String, String>> sidebar = new LinkedHashMap<>();
    private final List<String> index = new ArrayList<>();

    private Site(Path root, Path out) {
        this.root = root;
        this.out = out;
    }

    public static void main(String... args) throws IOException {
        if (args.length != 2) {
            throw new IllegalArgumentException("usage: Site.java CHECKOUT OUT");
        }
        var site = new Site(
                Path.of(args[0]).toRealPath(), Path.of(args[1]).toAbsolutePath().normalize());
        site.make();
        System.out.println(site.pages.size() + " pages in " + site.out);
    }

    private void make() throws IOException {
        for (var file : files(root.resolve("docs"))) {
            if (file.toString().endsWith(".md")) {
                pages.put(file, address(root.resolve("docs").relativize(file)));
            } else {
                copy(file, out.resolve(root.resolve("docs").relativize(file).toString()));
            }
        }
        for (var name : OF_THE_PROJECT) {
            if (Files.exists(root.resolve(name))) {
                pages.put(
                        root.resolve(name),
                        "project/" + name.toLowerCase(Locale.ROOT).replace(".md", ".html"));
            }
        }
        if (Files.exists(out.resolve("javadoc"))) {
            files(out.resolve("javadoc")).forEach(this::addType);
        }
        addToSidebar();
        for (var page : pages.keySet()) {
            write(page);
        }
        Files.writeString(
                out.resolve("search-index.js"), "window.weftIndex = [\n" + String.join(",\n", index) + "\n];\n");
        for (var name : List.of("site.css", "site.js")) {
            copy(root.resolve("build-support/site").resolve(name), out.resolve(name));
        }
    }

    private static String address(Path file) {
        return file.toString()
                .replace('\\', '/')
                .replaceFirst("README\\.md$", "index.html")
                .replaceFirst("\\.md$", ".html");
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }

    private void addType(Path file) {
        var name = file.getFileName().toString();
        var folder = file.toString();
        if (name.matches("([A-Z]\\w*\\.)+html") && !folder.contains("class-use") && !folder.contains("-files")) {
            types.putIfAbsent(
                    name.replaceFirst("\\.html$", ""), out.relativize(file).toString());
        }
    }

    // ---- one page

    private Node parse(Path page) {
        try {
            return Parser.builder().extensions(TABLES).build().parse(Files.readString(page));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The sections and pages that docs/README.md names, in its order. */
    private void addToSidebar() {
        var contents = root.resolve("docs").resolve("README.md");
        parse(contents).accept(new AbstractVisitor() {
            private String section = "";

            @Override
            public void visit(Heading heading) {
                section = text(heading);
                if (heading.getLevel() > 1) {
                    sidebar.put(section, new LinkedHashMap<>());
                }
            }

            @Override
            public void visit(Link link) {
                var address = pages.get(
                        contents.resolveSibling(path(link.getDestination())).normalize());
                if (address != null && sidebar.containsKey(section)) {
                    var from = address.startsWith("guide/from-") ? "From " : "";
                    sidebar.get(section).putIfAbsent(address, from.isEmpty() ? upper(text(link)) : from + text(link));
                }
            }
        });
        var javadoc = new LinkedHashMap<String, String>();
        types.values().stream()
                .map(type -> type.substring(0, type.indexOf('/', PREFIX)))
                .distinct()
                .sorted()
                .forEach(folder -> javadoc.put(folder + "/index.html", folder.substring(PREFIX)));
        if (!javadoc.isEmpty()) {
            sidebar.put("Javadoc", javadoc);
        }
    }

    private static String upper(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private void write(Path page) throws IOException {
        var address = pages.get(page);
        var up = "../".repeat((int) address.chars().filter(c -> c == '/').count());
        var document = parse(page);
        var ids = new IdentityHashMap<Node, String>();
        var used = new HashMap<String, Integer>();
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Heading heading) {
                var name = DROPPED.matcher(text(heading).toLowerCase(Locale.ROOT))
                        .replaceAll("")
                        .replace(' ', '-');
                var earlier = used.merge(name, 1, Integer::sum) - 1;
                ids.put(heading, earlier == 0 ? name : name + "-" + earlier);
            }
        });
        var title = title(document, page);
        addToIndex(document, address, title, ids);
        document.accept(new Rewriting(page, up));
        var body = HtmlRenderer.builder()
                .extensions(TABLES)
                .attributeProviderFactory(_ -> (node, tag, attributes) -> {
                    if (ids.containsKey(node)) {
                        attributes.put("id", ids.get(node));
                    } else if (node instanceof Image) {
                        attributes.put("loading", "lazy");
                    } else if (node instanceof FencedCodeBlock && tag.equals("pre")) {
                        attributes.put("tabindex", "0"); // a keyboard can scroll it
                    }
                })
                .build()
                .render(document)
                .replace("<table>", "<div class=\"table\" tabindex=\"0\"><table>")
                .replace("</table>", "</table></div>");
        var html = Files.readString(root.resolve("build-support/site/page.html"))
                .replace("@TITLE@", escaped(title))
                .replace("@UP@", up)
                .replace("@NAV@", nav(address, up))
                .replace("@BODY@", body);
        var file = out.resolve(address);
        Files.createDirectories(file.getParent());
        Files.writeString(file, html);
    }

    private String nav(String address, String up) {
        var nav = new StringBuilder();
        sidebar.forEach((section, links) -> {
            if (links.isEmpty()) {
                return;
            }
            nav.append("<h2>").append(escaped(section)).append("</h2>\n<ul>\n");
            links.forEach((to, text) -> nav.append("<li><a href=\"")
                    .append(up)
                    .append(to)
                    .append(to.equals(address) ? "\" aria-current=\"page\">" : "\">")
                    .append(escaped(text))
                    .append("</a></li>\n"));
            nav.append("</ul>\n");
        });
        return nav.toString();
    }

    private static String title(Node document, Path page) {
        for (var node = document.getFirstChild(); node != null; node = node.getNext()) {
            if (node instanceof Heading heading) {
                return text(heading);
            }
        }
        return page.getFileName().toString();
    }

    // ---- what the site searches in

    /** An entry for each section: address, page, section, text. */
    private void addToIndex(Node document, String address, String title, Map<Node, String> ids) {
        var words = new StringBuilder();
        var section = title;
        var place = address;
        for (var node = document.getFirstChild(); node != null; node = node.getNext()) {
            if (node instanceof Heading heading && heading.getLevel() <= 3) {
                addEntry(place, title, section, words);
                section = text(heading);
                place = heading.getLevel() == 1 ? address : address + "#" + ids.get(heading);
                words.setLength(0);
            } else {
                words.append(node instanceof FencedCodeBlock code ? code.getLiteral() : text(node))
                        .append(' ');
            }
        }
        addEntry(place, title, section, words);
    }

    private void addEntry(String place, String title, String section, CharSequence words) {
        var text = words.toString().replaceAll("\\s+", " ").strip();
        if (!text.isEmpty()) {
            index.add("[" + quoted(place) + "," + quoted(title) + "," + quoted(section) + "," + quoted(text) + "]");
        }
    }

    private static String quoted(String text) {
        return '"'
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("</", "<\\/")
                        .replace("\n", " ")
                + '"';
    }

    /** The text of a node, without marks. */
    private static String text(Node node) {
        var text = new StringBuilder();
        node.accept(new AbstractVisitor() {
            @Override
            public void visit(Text words) {
                text.append(words.getLiteral());
            }

            @Override
            public void visit(Code code) {
                text.append(code.getLiteral());
            }

            @Override
            public void visit(SoftLineBreak line) {
                text.append(' ');
            }

            @Override
            public void visit(FencedCodeBlock code) {
                text.append(code.getLiteral());
            }

            @Override
            protected void visitChildren(Node parent) {
                super.visitChildren(parent);
                if (!(parent instanceof Link) && !(parent instanceof Heading)) {
                    text.append(' ');
                }
            }
        });
        return text.toString().strip();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String path(String destination) {
        return destination.replaceFirst("[#?].*", "");
    }

    // ---- links

    /**
     * Makes links between files links between pages; what is not on the site is text. Names of types lead to Javadoc.
     */
    private final class Rewriting extends AbstractVisitor {

        private final Path page;
        private final String up;

        Rewriting(Path page, String up) {
            this.page = page;
            this.up = up;
        }

        @Override
        public void visit(Link link) {
            visitChildren(link);
            var to = link.getDestination();
            if (to.contains("://") || to.startsWith("#") || to.startsWith("mailto:")) {
                return;
            }
            var target = page.resolveSibling(path(to)).normalize();
            var address = pages.get(Files.isDirectory(target) ? target.resolve("README.md") : target);
            var docs = root.resolve("docs");
            if (address != null) {
                link.setDestination(up + address + to.substring(path(to).length()));
            } else if (target.startsWith(docs) && Files.isRegularFile(target)) {
                link.setDestination(up + docs.relativize(target));
            } else {
                while (link.getFirstChild() != null) {
                    link.insertBefore(link.getFirstChild());
                }
                link.unlink();
            }
        }

        @Override
        public void visit(Image image) {
            var target = page.resolveSibling(image.getDestination()).normalize();
            if (target.startsWith(root.resolve("docs"))) {
                image.setDestination(up + root.resolve("docs").relativize(target));
            }
        }

        @Override
        public void visit(HtmlBlock block) {
            if (block.getLiteral().startsWith("<!--")) {
                block.unlink();
            }
        }

        @Override
        public void visit(HtmlInline inline) {
            if (inline.getLiteral().startsWith("<!--")) {
                inline.unlink();
            }
        }

        @Override
        public void visit(ListItem item) {
            visitChildren(item);
            if (text(item).startsWith("Javadoc:") && item.getFirstChild() instanceof Paragraph paragraph) {
                for (var node = paragraph.getFirstChild(); node != null; node = node.getNext()) {
                    if (node instanceof Code code) {
                        node = linked(code);
                    }
                }
            }
        }

        private Node linked(Code code) {
            var type = TYPE.matcher(code.getLiteral());
            var address = type.matches() ? types.get(type.group(1)) : null;
            if (address == null) {
                return code;
            }
            var link = new Link(up + address, null);
            code.insertBefore(link);
            link.appendChild(code);
            return link;
        }
    }
}

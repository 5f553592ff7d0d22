import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Measures how a module is built: files a package, cycles, arrows that run up against the order of its rooms, the
 * longest files, and lines that stand twice. Runs on JDK 25 from its source:
 *
 * <pre>{@code java build-support/House.java FOLDER-OF-CLASSES FOLDER-OF-SOURCES ROOMS [arrows | picture FILE]}</pre>
 *
 * <p>{@code ROOMS} is a file with one room per line, the uppermost first: a name, then its packages and single classes.
 * A class that is named does not belong to its package's room. {@code arrows} prints each arrow that runs up.
 * {@code picture} measures nothing, and draws which room uses which, as SVG.
 */
final class House {

    private static final Pattern NAME_IN_SIGNATURE = Pattern.compile("L([\\w/$]+)[;<]");
    private static final int SAME_LINES = 6;

    private House() {}

    private record Room(String name, int height) {}

    public static void main(String[] args) throws IOException {
        Map<String, Set<String>> uses = uses(Path.of(args[0]));
        Map<Path, List<String>> sources = sources(Path.of(args[1]));
        Map<String, Room> rooms = rooms(Path.of(args[2]));
        if (args.length > 4 && args[3].equals("picture")) {
            Files.writeString(Path.of(args[4]), picture(uses, rooms));
            return;
        }
        filesPerPackage(sources);
        cycles("classes", uses);
        Map<String, Set<String>> packages = new TreeMap<>();
        uses.forEach((from, to) -> {
            Set<String> all = packages.computeIfAbsent(packageOf(from), any -> new TreeSet<>());
            to.forEach(one -> all.add(packageOf(one)));
            all.remove(packageOf(from));
        });
        cycles("packages", packages);
        arrowsUp(uses, rooms, args.length > 3);
        longest(sources);
        duplicates(sources);
    }

    private static void filesPerPackage(Map<Path, List<String>> sources) {
        var count = new TreeMap<String, Integer>();
        sources.keySet().forEach(file -> count.merge(file.getParent().toString().replace('/', '.'), 1, Integer::sum));
        count.forEach((name, files) -> System.out.printf("%4d files  %s%n", files, name));
    }

    /** Top-level classes, and those of the same folder that each one names. */
    private static Map<String, Set<String>> uses(Path folder) throws IOException {
        var uses = new TreeMap<String, Set<String>>();
        for (Path file : files(folder, ".class")) {
            if (file.endsWith("module-info.class") || file.endsWith("package-info.class")) {
                continue;
            }
            ClassModel model = ClassFile.of().parse(file);
            Set<String> named =
                    uses.computeIfAbsent(topLevel(model.thisClass().asInternalName()), any -> new TreeSet<>());
            for (var entry : model.constantPool()) {
                if (entry instanceof ClassEntry one) {
                    named.add(topLevel(
                            one.asInternalName().replaceFirst("^\\[+L?", "").replace(";", "")));
                } else if (entry instanceof Utf8Entry text) {
                    Matcher type = NAME_IN_SIGNATURE.matcher(text.stringValue());
                    while (type.find()) {
                        named.add(topLevel(type.group(1)));
                    }
                }
            }
        }
        uses.forEach((from, to) -> {
            to.retainAll(uses.keySet());
            to.remove(from);
        });
        return uses;
    }

    private static String topLevel(String internalName) {
        return internalName.replace('/', '.').replaceFirst("\\$.*", "");
    }

    private static String packageOf(String name) {
        return name.substring(0, name.lastIndexOf('.'));
    }

    private static void cycles(String what, Map<String, Set<String>> uses) {
        Collection<Set<String>> cycles = new Cycles(uses).all();
        Set<String> largest = cycles.stream()
                .max((a, b) -> Integer.compare(a.size(), b.size()))
                .orElse(Set.of());
        long arrows = largest.stream()
                .mapToLong(
                        one -> uses.get(one).stream().filter(largest::contains).count())
                .sum();
        System.out.printf(
                "%n%d cycles of %s, the largest of %d with %d arrows%n", cycles.size(), what, largest.size(), arrows);
        if (what.equals("packages")) {
            cycles.forEach(System.out::println);
        }
    }

    /** Tarjan's strongly connected components, those of more than one node. */
    private static final class Cycles {
        private final Map<String, Set<String>> uses;
        private final Map<String, Integer> index = new HashMap<>();
        private final Map<String, Integer> low = new HashMap<>();
        private final Deque<String> stack = new ArrayDeque<>();
        private final List<Set<String>> found = new ArrayList<>();

        Cycles(Map<String, Set<String>> uses) {
            this.uses = uses;
        }

        Collection<Set<String>> all() {
            for (String one : uses.keySet()) {
                if (!index.containsKey(one)) {
                    visit(one);
                }
            }
            return found;
        }

        private void visit(String one) {
            index.put(one, index.size());
            low.put(one, index.get(one));
            stack.push(one);
            for (String next : uses.get(one)) {
                if (!index.containsKey(next)) {
                    visit(next);
                    low.merge(one, low.get(next), Math::min);
                } else if (stack.contains(next)) {
                    low.merge(one, index.get(next), Math::min);
                }
            }
            if (low.get(one).equals(index.get(one))) {
                var cycle = new TreeSet<String>();
                String last;
                do {
                    last = stack.pop();
                    cycle.add(last);
                } while (!last.equals(one));
                if (cycle.size() > 1) {
                    found.add(cycle);
                }
            }
        }
    }

    private static Map<String, Room> rooms(Path file) throws IOException {
        var rooms = new TreeMap<String, Room>();
        int height = 0;
        for (String line : Files.readAllLines(file)) {
            String[] words = line.strip().split("\\s+");
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            for (int i = 1; i < words.length; i++) {
                rooms.put(words[i], new Room(words[0], height));
            }
            height--;
        }
        return rooms;
    }

    private static Room roomOf(String type, Map<String, Room> rooms) {
        return rooms.getOrDefault(type, rooms.get(packageOf(type)));
    }

    private static void arrowsUp(Map<String, Set<String>> uses, Map<String, Room> rooms, boolean each) {
        var up = new ArrayList<String>();
        var homeless = new TreeSet<String>();
        uses.forEach((from, all) -> {
            Room lower = roomOf(from, rooms);
            if (lower == null) {
                homeless.add(from);
                return;
            }
            for (String to : all) {
                Room upper = roomOf(to, rooms);
                if (upper != null && upper.height() > lower.height()) {
                    up.add("%s -> %s  %s -> %s".formatted(lower.name(), upper.name(), from, to));
                }
            }
        });
        System.out.printf("%n%d arrows up%n", up.size());
        if (each) {
            up.stream().sorted().forEach(System.out::println);
        }
        if (!homeless.isEmpty()) {
            System.out.println("in no room: " + homeless);
        }
    }

    private static final int ROW = 46;
    private static final int LEFT = 20;
    private static final int RIGHT = 320;

    /** One box per room, and to its right a curve to each room that it uses. */
    private static String picture(Map<String, Set<String>> uses, Map<String, Room> rooms) {
        var names = new TreeMap<Room, Set<String>>(Comparator.comparingInt(room -> -room.height()));
        rooms.forEach((name, room) ->
                names.computeIfAbsent(room, any -> new TreeSet<>()).add(name));
        var used = new TreeMap<Room, Set<Room>>(names.comparator());
        uses.forEach((from, all) -> all.forEach(to -> {
            Room user = roomOf(from, rooms);
            Room other = roomOf(to, rooms);
            if (user != null && other != null && !user.equals(other)) {
                used.computeIfAbsent(user, any -> new TreeSet<>(names.comparator()))
                        .add(other);
            }
        }));
        var boxes = new StringBuilder();
        names.forEach((room, all) -> boxes.append(box(room, all)));
        var curves = new StringBuilder();
        used.forEach((user, all) -> all.forEach(other -> curves.append(curve(user, other))));
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 560 %d" font-family="sans-serif" font-size="13">
            <title>The rooms of core: each uses only those below it</title>
            <defs><marker id="end" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">\
            <path d="M0 0 8 4 0 8z" fill="#888"/></marker></defs>
            <rect width="100%%" height="100%%" fill="#fff"/>
            %s%s</svg>
            """.formatted(20 + ROW * names.size(), boxes, curves);
    }

    private static String box(Room room, Set<String> names) {
        String what = names.size() > 1
                ? "dev.weft: the static calls"
                : names.iterator().next();
        return """
            <rect x="%d" y="%d" width="%d" height="%d" rx="4" fill="#eef3fa" stroke="#456"/>
            <text x="%d" y="%d" font-weight="bold">%s</text><text x="%d" y="%d" fill="#456">%s</text>
            """.formatted(
                        LEFT,
                        top(room),
                        RIGHT - LEFT,
                        ROW - 14,
                        LEFT + 10,
                        top(room) + 21,
                        room.name(),
                        LEFT + 82,
                        top(room) + 21,
                        what);
    }

    private static String curve(Room from, Room to) {
        int rows = Math.abs(from.height() - to.height());
        int start = top(from) + 20;
        int end = top(to) + 8;
        int out = RIGHT + 14 + 20 * rows;
        String colour = to.height() > from.height() ? "#c00" : "#888";
        return """
            <path d="M%d %d C%d %d %d %d %d %d" fill="none" stroke="%s" marker-end="url(#end)"/>
            """.formatted(RIGHT, start, out, start, out, end, RIGHT, end, colour);
    }

    private static int top(Room room) {
        return 14 - room.height() * ROW;
    }

    private static void longest(Map<Path, List<String>> sources) {
        System.out.println();
        sources.entrySet().stream()
                .sorted((a, b) ->
                        Integer.compare(b.getValue().size(), a.getValue().size()))
                .limit(10)
                .forEach(one ->
                        System.out.printf("%5d lines  %s%n", one.getValue().size(), one.getKey()));
    }

    /** Runs of lines that differ in indentation only. Imports, blank lines and lone brackets do not count. */
    private static void duplicates(Map<Path, List<String>> sources) {
        record Line(Path file, int number, String text) {}
        var first = new HashMap<String, Line>();
        int runs = 0;
        int lines = 0;
        var shown = new ArrayList<String>();
        for (var source : sources.entrySet()) {
            var code = new ArrayList<Line>();
            for (int i = 0; i < source.getValue().size(); i++) {
                String text = source.getValue().get(i).strip();
                if (text.length() > 1 && !text.matches("(import|package|\\*|/\\*).*")) {
                    code.add(new Line(source.getKey(), i + 1, text));
                }
            }
            int coveredTo = 0;
            for (int i = 0; i + SAME_LINES <= code.size(); i++) {
                String window = String.join(
                        "\n",
                        code.subList(i, i + SAME_LINES).stream().map(Line::text).toList());
                Line before = first.putIfAbsent(window, code.get(i));
                if (before == null) {
                    continue;
                }
                if (i >= coveredTo) {
                    runs++;
                    lines += SAME_LINES;
                    shown.add("  " + source.getKey() + ":" + code.get(i).number() + "  as " + before.file() + ":"
                            + before.number());
                } else {
                    lines += i + SAME_LINES - coveredTo;
                }
                coveredTo = i + SAME_LINES;
            }
        }
        System.out.printf("%n%d duplicates of %d lines and more, %d lines%n", runs, SAME_LINES, lines);
        shown.forEach(System.out::println);
    }

    private static Map<Path, List<String>> sources(Path folder) throws IOException {
        var sources = new TreeMap<Path, List<String>>();
        for (Path file : files(folder, ".java")) {
            if (!file.endsWith("module-info.java")) {
                sources.put(folder.relativize(file), Files.readAllLines(file));
            }
        }
        return sources;
    }

    private static List<Path> files(Path folder, String suffix) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(one -> one.toString().endsWith(suffix)).sorted().toList();
        }
    }
}

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Fails if a dependency has a fault that is known, or is not in the list of licences; and writes the table of what is
 * used. Asks no network: what is known stands in {@code advisories.tsv} and {@code dependencies.tsv} beside it. Maven
 * runs this file from its source.
 */
final class Dependencies {

    private static final Pattern PROPERTY = Pattern.compile("<([a-z0-9-]+\\.version)>([^<]+)</\\1>");
    private static final Pattern ARTIFACT = Pattern.compile(
            "<(?:dependency|path|plugin)>\\s*(?:<groupId>([^<]+)</groupId>\\s*)?<artifactId>([^<]+)</artifactId>\\s*"
                    + "<version>([^<]+)</version>");

    private Dependencies() {}

    private record Advisory(String what, String from, String fixed, String noted, String fault) {
        boolean concerns(String version) {
            return compare(version, from) >= 0 && compare(version, fixed) < 0;
        }
    }

    private record Known(String what, String use, String licence, String newest, String lookedUp) {}

    /**
     * Takes the folder of the checkout and a file for the table; or {@code java}, the folder and a version of Java, and
     * then prints what speaks against packing it. Ends with status 1 if something is wrong.
     */
    public static void main(String[] args) throws IOException {
        if (args[0].equals("java")) {
            complain(faults(Map.of("java", args[2]), advisories(Path.of(args[1]))));
            return;
        }
        Path root = Path.of(args[0]);
        Map<String, String> used = used(root);
        List<Known> known = known(root);
        List<String> complaints = faults(used, advisories(root));
        for (String what : used.keySet()) {
            boolean isListed = known.stream().anyMatch(one -> one.what().equals(what));
            if (!isListed
                    && !what.startsWith("org.apache.maven.plugins:")
                    && !what.startsWith("dev.weft:")
                    && !what.contains("plugin")) {
                complaints.add(what + " is not in build-support/dependencies.tsv: add it, with its licence");
            }
        }
        complain(complaints);
        Path table = Path.of(args[1]);
        Files.createDirectories(table.toAbsolutePath().getParent());
        Files.writeString(table, table(used, known));
    }

    private static void complain(List<String> complaints) {
        complaints.forEach(System.err::println);
        if (!complaints.isEmpty()) {
            System.exit(1);
        }
    }

    private static List<String> faults(Map<String, String> used, List<Advisory> advisories) {
        List<String> faults = new ArrayList<>();
        used.forEach((what, version) -> advisories.stream()
                .filter(advisory -> advisory.what().equals(what) && advisory.concerns(version))
                .forEach(advisory -> faults.add(what + " " + version + " has a known fault, fixed in "
                        + advisory.fixed() + ": " + advisory.fault())));
        return faults;
    }

    /** All that the poms name with a version; and what comes with that and is packed. */
    private static Map<String, String> used(Path root) throws IOException {
        Map<String, String> properties = new LinkedHashMap<>();
        Map<String, String> used = new TreeMap<>();
        for (String module : List.of(
                "",
                "core",
                "testkit",
                "cluster",
                "cli",
                "examples",
                "integrations",
                "integrations/slf4j",
                "integrations/micrometer",
                "integrations/opentelemetry",
                "integrations/jdbc",
                "integrations/spring-boot-starter",
                "examples/shop")) {
            Path file = root.resolve(module).resolve("pom.xml");
            if (!Files.exists(file)) {
                continue;
            }
            String pom = Files.readString(file).replaceAll("(?s)<!--.*?-->", "");
            PROPERTY.matcher(pom).results().forEach(found -> properties.put(found.group(1), found.group(2)));
            ARTIFACT.matcher(pom).results().forEach(found -> {
                String group = found.group(1) == null ? "org.apache.maven.plugins" : found.group(1);
                String version = found.group(3);
                if (version.startsWith("${")) {
                    version = properties.getOrDefault(version.substring(2, version.length() - 1), "");
                }
                used.put(group + ":" + found.group(2), version);
            });
        }
        used.keySet().removeIf(what -> what.startsWith("dev.weft:"));
        return used;
    }

    private static List<String[]> rows(Path file) throws IOException {
        List<String[]> rows = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (!line.startsWith("#") && !line.isBlank()) {
                String[] row = line.split("\t", -1);
                if (row.length != 5) {
                    throw new IllegalArgumentException(
                            file + " has a line of " + row.length + " columns, not 5: " + line);
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private static List<Advisory> advisories(Path root) throws IOException {
        return rows(root.resolve("build-support/advisories.tsv")).stream()
                .map(row -> new Advisory(row[0], row[1], row[2], row[3], row[4]))
                .toList();
    }

    private static List<Known> known(Path root) throws IOException {
        return rows(root.resolve("build-support/dependencies.tsv")).stream()
                .map(row -> new Known(row[0], row[1], row[2], row[3], row[4]))
                .toList();
    }

    private static String table(Map<String, String> used, List<Known> known) {
        StringBuilder table =
                new StringBuilder("| dependency | use | version | licence | newest known | looked up |\n");
        table.append("|---|---|---|---|---|---|\n");
        for (Known one : known) {
            String version = used.getOrDefault(one.what(), "comes with another");
            table.append(String.join(
                            " | ", "| " + one.what(), one.use(), version, one.licence(), one.newest(), one.lookedUp()))
                    .append(" |\n");
        }
        return table.toString();
    }

    /** By numbers, as in 1.9 &lt; 1.10; what follows a number, as in -RC1, counts for nothing. */
    private static int compare(String left, String right) {
        String[] a = left.split("[.+_-]", -1);
        String[] b = right.split("[.+_-]", -1);
        for (int i = 0; i < Math.max(a.length, b.length); i++) {
            int difference = Long.compare(number(a, i), number(b, i));
            if (difference != 0) {
                return difference;
            }
        }
        return 0;
    }

    private static long number(String[] parts, int i) {
        return i < parts.length && parts[i].matches("\\d{1,9}") ? Long.parseLong(parts[i]) : 0;
    }
}

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.spi.ToolProvider;

/**
 * The public names of an artifact as a text under version control: what its module exports and requires, and each
 * public class with its public and protected members, one a line. {@code check} fails if the text is not what the
 * classes say, {@code write} renews it. Maven runs this file from its source, for each artifact that is published.
 */
final class Api {

    private static final String RENEW = "mvn -q process-classes -Dapi=write";

    private Api() {}

    /** Takes {@code check} or {@code write}, the folder of the classes, and the file of the listing. */
    public static void main(String[] args) throws IOException {
        Path classes = Path.of(args[1]);
        Path file = Path.of(args[2]);
        if (!Files.isDirectory(classes)) {
            return; // a module of modules
        }
        String listing = listing(classes);
        switch (args[0]) {
            case "write" -> {
                Files.createDirectories(file.toAbsolutePath().getParent());
                Files.writeString(file, listing);
            }
            case "check" -> check(file, listing);
            default -> {
                System.err.println("not \"check\" or \"write\": " + args[0]);
                System.exit(2);
            }
        }
    }

    private static void check(Path file, String listing) throws IOException {
        String known = Files.exists(file) ? Files.readString(file) : "";
        if (known.equals(listing)) {
            return;
        }
        Set<String> before = Set.copyOf(known.lines().distinct().toList());
        Set<String> now = Set.copyOf(listing.lines().distinct().toList());
        System.err.println("The public API is not that of " + file + ":");
        known.lines().filter(line -> !now.contains(line)).forEach(line -> System.err.println("  - " + line.strip()));
        listing.lines()
                .filter(line -> !before.contains(line))
                .forEach(line -> System.err.println("  + " + line.strip()));
        System.err.println("If that is wanted, renew it and commit it: " + RENEW);
        System.exit(1);
    }

    private static String listing(Path classes) throws IOException {
        StringBuilder text = new StringBuilder();
        Predicate<String> exported = name -> !name.contains(".internal");
        Path descriptor = classes.resolve("module-info.class");
        if (Files.exists(descriptor)) {
            ModuleDescriptor module = read(descriptor);
            Set<String> exports = Set.copyOf(module.exports().stream()
                    .filter(one -> !one.isQualified())
                    .map(ModuleDescriptor.Exports::source)
                    .toList());
            exported = exports::contains;
            text.append(describe(module));
        }
        Map<String, Path> visible = visible(classes, exported);
        for (Path type : visible.values()) {
            text.append('\n').append(describe(type));
        }
        return text.toString();
    }

    private static ModuleDescriptor read(Path descriptor) throws IOException {
        try (InputStream in = Files.newInputStream(descriptor)) {
            return ModuleDescriptor.read(in);
        }
    }

    private static String describe(ModuleDescriptor module) {
        List<String> lines = new ArrayList<>();
        for (ModuleDescriptor.Requires requires : module.requires()) {
            if (!requires.modifiers().contains(ModuleDescriptor.Requires.Modifier.MANDATED)) {
                String words = requires.modifiers().stream()
                        .map(modifier -> modifier.name().toLowerCase(java.util.Locale.ROOT) + " ")
                        .sorted()
                        .reduce("", String::concat);
                lines.add("requires " + words + requires.name());
            }
        }
        module.exports()
                .forEach(exports -> lines.add("exports " + exports.source()
                        + (exports.isQualified()
                                ? " to "
                                        + String.join(
                                                ", ",
                                                exports.targets().stream()
                                                        .sorted()
                                                        .toList())
                                : "")));
        module.opens().forEach(opens -> lines.add("opens " + opens.source()));
        module.uses().forEach(service -> lines.add("uses " + service));
        module.provides()
                .forEach(one -> lines.add("provides " + one.service() + " with " + String.join(", ", one.providers())));
        return "module " + module.name() + "\n" + indented(lines);
    }

    private static String indented(List<String> lines) {
        return lines.stream().sorted().map(line -> "    " + line + "\n").reduce("", String::concat);
    }

    /** The classes that users can name, by their names. */
    private static Map<String, Path> visible(Path classes, Predicate<String> exported) throws IOException {
        Map<String, Path> files = new TreeMap<>();
        Map<String, Boolean> open = new LinkedHashMap<>();
        try (var all = Files.walk(classes)) {
            for (Path file :
                    all.filter(one -> one.toString().endsWith(".class")).toList()) {
                ClassModel model = ClassFile.of().parse(file);
                String name = model.thisClass().asInternalName().replace('/', '.');
                int dot = name.lastIndexOf('.');
                if (dot > 0 && exported.test(name.substring(0, dot))) {
                    files.put(name, file);
                    open.put(name, isOpen(model));
                }
            }
        }
        files.keySet().removeIf(name -> {
            for (String outer = name; ; outer = outer.substring(0, outer.lastIndexOf('$'))) {
                if (!open.getOrDefault(outer, false)) {
                    return true;
                }
                if (outer.indexOf('$') < 0) {
                    return false;
                }
            }
        });
        return files;
    }

    private static boolean isOpen(ClassModel model) {
        for (var inner : model.findAttribute(Attributes.innerClasses())
                .map(attribute -> attribute.classes())
                .orElse(List.of())) {
            if (inner.innerClass().equals(model.thisClass())) {
                return inner.outerClass().isPresent()
                        && (inner.has(AccessFlag.PUBLIC) || inner.has(AccessFlag.PROTECTED));
            }
        }
        return model.flags().has(AccessFlag.PUBLIC) && !model.flags().has(AccessFlag.SYNTHETIC);
    }

    private static String describe(Path type) {
        StringWriter out = new StringWriter();
        int status = ToolProvider.findFirst("javap")
                .orElseThrow(() -> new IllegalStateException("a JDK is needed, and this Java has no javap"))
                .run(new PrintWriter(out), new PrintWriter(System.err), "-protected", type.toString());
        if (status != 0) {
            throw new IllegalStateException("javap cannot read " + type);
        }
        List<String> members = new ArrayList<>();
        String head = "";
        for (String line : out.toString().lines().toList()) {
            if (line.endsWith(" {")) {
                head = line.substring(0, line.length() - 2);
            } else if (line.startsWith("  ")) {
                members.add(line.strip().replace(";", "").replace(" synchronized ", " "));
            }
        }
        return head + "\n" + indented(members);
    }
}

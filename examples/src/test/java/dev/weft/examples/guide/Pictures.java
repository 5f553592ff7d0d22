package dev.weft.examples.guide;

import dev.weft.cli.timeline.TimelineSvg;
import dev.weft.test.World;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The pictures of the pages. A page names the program in a comment, {@code <!-- picture: Class#method -->}, above its
 * image; the program is a method of one of these tests, run under the simulation.
 */
final class Pictures {

    private static final Pattern PICTURE = Pattern.compile(
            "<!-- picture: (\\w+)#(\\w+) -->\n!\\[([^\\]]+)\\]\\(\\.\\./images/guide/([\\w-]+\\.svg)\\)");

    private Pictures() {}

    /**
     * An image of a page.
     *
     * @param alternative its words, for readers who cannot see it
     * @param file its name in docs/images/guide
     */
    record Picture(String type, String method, String alternative, String file) {

        String svg() throws Exception {
            var page = Class.forName(Picture.class.getPackageName() + '.' + type);
            var constructor = page.getDeclaredConstructor();
            constructor.setAccessible(true);
            var program = program(page);
            program.setAccessible(true);
            var target = constructor.newInstance();
            return TimelineSvg.of(Recording.of(alternative, world -> call(program, target, world)));
        }

        private Method program(Class<?> page) {
            return Arrays.stream(page.getDeclaredMethods())
                    .filter(each -> each.getName().equals(method))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(type + " has no method '" + method + "'"));
        }

        private static void call(Method program, Object target, World world) throws Exception {
            try {
                program.invoke(target, program.getParameterCount() == 0 ? new Object[0] : new Object[] {world});
            } catch (InvocationTargetException e) {
                if (e.getCause() instanceof Exception exception) {
                    throw exception;
                }
                throw e;
            }
        }
    }

    /** The pictures of a page. */
    static List<Picture> of(String page) {
        return PICTURE.matcher(page)
                .results()
                .map(match -> new Picture(match.group(1), match.group(2), match.group(3), match.group(4)))
                .toList();
    }
}

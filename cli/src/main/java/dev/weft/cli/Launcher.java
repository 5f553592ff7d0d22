package dev.weft.cli;

import java.lang.reflect.InvocationTargetException;

/**
 * The jar's main class. It is compiled for Java 8, so that {@code java -jar weft.jar} on an old Java says in words what
 * is missing; on Java 25 and later it hands over to {@code Main}.
 */
public final class Launcher {
    private static final int NEEDED = 25;
    private static final int UNAVAILABLE = 69;

    private Launcher() {}

    /**
     * Starts the program, or ends with status 69 on a Java that is too old.
     *
     * @param args the program's own arguments
     * @throws Exception what the program's main method throws
     */
    public static void main(String[] args) throws Exception {
        if (feature(System.getProperty("java.specification.version", "0")) < NEEDED) {
            System.err.println("weft needs Java " + NEEDED + " or later.");
            System.err.println("This is Java " + System.getProperty("java.version") + " in "
                    + System.getProperty("java.home") + ".");
            System.err.println("Install a JDK " + NEEDED
                    + " (for example Eclipse Temurin) and run its java, or set WEFT_JAVA_HOME for the weft script.");
            System.exit(UNAVAILABLE);
        }
        try {
            Class.forName("dev.weft.cli.Main").getMethod("main", String[].class).invoke(null, (Object) args);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Error) {
                throw (Error) e.getCause();
            }
            throw (Exception) e.getCause();
        }
    }

    /** The 8 of "1.8", the 25 of "25". */
    private static int feature(String specification) {
        String number = specification.startsWith("1.") ? specification.substring(2) : specification;
        int dot = number.indexOf('.');
        return Integer.parseInt(dot < 0 ? number : number.substring(0, dot));
    }
}

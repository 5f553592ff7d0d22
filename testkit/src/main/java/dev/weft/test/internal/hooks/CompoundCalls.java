package dev.weft.test.internal.hooks;

import java.security.MessageDigest;
import java.text.DateFormat;
import java.text.ParseException;
import java.text.SimpleDateFormat;
import java.util.Date;
import javax.crypto.Mac;

/**
 * Calls of the JDK on an object for one thread that do two things, one after the other, within classes that have no
 * switch points: so the two are done here, with a point between. Each takes what the JDK's method takes, and returns
 * the same.
 */
public final class CompoundCalls {

    private CompoundCalls() {}

    /** In place of the JDK's: it sets the calendar of the format, and then reads it field by field. */
    @Instead(DateFormat.class)
    public static String format(DateFormat format, Date date) {
        SwitchPoints.call(format, "DateFormat.format");
        if (format.getClass() != SimpleDateFormat.class) {
            return format.format(date);
        }
        format.getCalendar().setTime(date);
        SwitchPoints.call(format, "DateFormat.format");
        return format.format(format.getCalendar().getTime());
    }

    /** In place of the JDK's: it sets the calendar of the format, and then takes the time from it. */
    @Instead(DateFormat.class)
    public static Date parse(DateFormat format, String text) throws ParseException {
        SwitchPoints.call(format, "DateFormat.parse");
        var parsed = format.parse(text);
        if (format.getClass() != SimpleDateFormat.class) {
            return parsed;
        }
        SwitchPoints.call(format, "DateFormat.parse");
        return format.getCalendar().getTime();
    }

    /** In place of the JDK's. */
    @Instead(MessageDigest.class)
    public static byte[] digest(MessageDigest digest, byte[] last) {
        SwitchPoints.call(digest, "MessageDigest.digest");
        if (!Receivers.isJdk(digest)) {
            return digest.digest(last);
        }
        digest.update(last);
        SwitchPoints.call(digest, "MessageDigest.digest");
        return digest.digest();
    }

    /** In place of the JDK's. */
    @Instead(Mac.class)
    public static byte[] doFinal(Mac mac, byte[] last) {
        SwitchPoints.call(mac, "Mac.doFinal");
        mac.update(last);
        SwitchPoints.call(mac, "Mac.doFinal");
        return mac.doFinal();
    }
}

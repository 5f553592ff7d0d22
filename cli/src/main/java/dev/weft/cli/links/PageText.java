package dev.weft.cli.links;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes text of a page's bytes. Bytes that cannot be decoded become U+FFFD, which no URL has. */
final class PageText {

    /** How far a page may take to say its charset; browsers look at 1024 bytes. */
    private static final int BEGINNING = 4096;

    private static final Pattern PARAMETER =
            Pattern.compile(";\\s*charset\\s*=\\s*[\"']?([^\\s\"';]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern META =
            Pattern.compile("<meta\\b[^>]*?charset\\s*=\\s*[\"']?\\s*([^\\s\"'/>;]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern XML_DECLARATION =
            Pattern.compile("\\A<\\?xml\\b[^>]*?encoding\\s*=\\s*[\"']([^\"']+)", Pattern.CASE_INSENSITIVE);

    private PageText() {}

    /** By the byte order mark, else by the content type, else by what the page says of itself, else UTF-8. */
    static String decode(byte[] bytes, @Nullable String contentType, PageKind kind) {
        var charset = byteOrderMark(bytes);
        if (charset == null && contentType != null) {
            charset = named(PARAMETER, contentType);
        }
        if (charset == null && kind != PageKind.MARKDOWN) {
            charset = inPage(bytes);
        }
        var text = new String(bytes, charset == null ? StandardCharsets.UTF_8 : charset);
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    /** The charset of XML that begins so. */
    static Charset xmlCharset(byte[] bytes) {
        var charset = byteOrderMark(bytes);
        if (charset == null) {
            charset = declared(XML_DECLARATION, bytes);
        }
        return charset == null ? StandardCharsets.UTF_8 : charset;
    }

    static @Nullable Charset byteOrderMark(byte[] bytes) {
        if (begins(bytes, 0xEF, 0xBB, 0xBF)) {
            return StandardCharsets.UTF_8;
        }
        if (begins(bytes, 0xFE, 0xFF)) {
            return StandardCharsets.UTF_16BE;
        }
        return begins(bytes, 0xFF, 0xFE) ? StandardCharsets.UTF_16LE : null;
    }

    private static boolean begins(byte[] bytes, int... with) {
        for (var i = 0; i < with.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xFF) != with[i]) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable Charset inPage(byte[] bytes) {
        var charset = declared(META, bytes);
        return charset == null ? declared(XML_DECLARATION, bytes) : charset;
    }

    private static @Nullable Charset declared(Pattern pattern, byte[] bytes) {
        var beginning = new String(bytes, 0, Math.min(bytes.length, BEGINNING), StandardCharsets.ISO_8859_1);
        var charset = named(pattern, beginning.stripLeading());
        // what can be read as ASCII until here is not in UTF-16, whatever it says
        return charset != null && charset.name().startsWith("UTF-16") ? StandardCharsets.UTF_8 : charset;
    }

    /** The charset that is named there; null if there is none, or none that is known here. */
    private static @Nullable Charset named(Pattern pattern, String text) {
        var matcher = pattern.matcher(text);
        if (!matcher.find()) {
            return null;
        }
        try {
            return Charset.forName(matcher.group(1));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return null;
        }
    }
}

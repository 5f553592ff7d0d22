package dev.weft.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShownTest {

    @ParameterizedTest
    @CsvSource({
        "http://user:pass@host/x,                 http://…@host/x",
        "see https://u:p@h and http://v:q@i/@me,  see https://…@h and http://…@i/@me",
        "http://user@host/,                       http://…@host/",
        "http://user:p@ss@host/,                  http://…@host/",
        "http://user:pa/ss@host:80/,              http://…@host:80/",
        "http://user:p/a/s@s@host/,               http://…@host/",
        "http://:pass@host/,                      http://…@host/",
        "'<a href=\"http://u:p@h/\">x@y',         '<a href=\"http://…@h/\">x@y'",
        "socks5://u:p@h,                          socks5://…@h",
        "http://host:8080/@scope/pkg,             http://host:8080/@scope/pkg",
        "http://host/@scope/pkg,                  http://host/@scope/pkg",
        "http://[::1]:80/@x,                      http://[::1]:80/@x",
        "http://host/?mail=a@b,                   http://host/?mail=a@b",
        "http://host#a@b,                         http://host#a@b",
        "somebody@example.org,                    somebody@example.org",
        "http://h/?u=http://a:b@c/,               http://h/?u=http://…@c/",
        "://@,                                    ://…@",
        "to //user:pass@host/x,                   to //…@host/x",
        "to http:user:pass@host/x,                to http:…@host/x",
        "to http:/user:pass@host/x,               to http:/…@host/x",
        "to http:///user:pass@host/x,             to http:///…@host/x",
        "to http:\\\\user:pa/ss@host/x,           to http:\\\\…@host/x",
        "to \\\\user:pass@host/x,                 to \\\\…@host/x",
        "a comment // of me@example.org,          a comment // of me@example.org",
        "//cdn.example/@scope/a:1,                //cdn.example/@scope/a:1",
        "http: me@example.org,                    http: me@example.org",
    })
    void passwordInAUrl_isNotShown(String text, String shown) {
        assertThat(Shown.redacted(text)).isEqualTo(shown);
        assertThat(Shown.harmless(text)).isEqualTo(shown);
        assertThat(Shown.line(text)).isEqualTo(shown);
        assertThat(Shown.redacted(shown)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "user:pass@host/x,         …@host/x",
        "mailto:me@example.org,    mailto:me@example.org",
        "example.org/a:b@c,        example.org/a:b@c",
        "http://user:pass@host/x,  http://…@host/x",
        "http://us\"er:p ss@h/x,    http://…@h/x",
        "ftp:/\\user:pass@host/x,  ftp:/\\…@host/x",
        "//user:pass@host/x,       //…@host/x",
        "/folder/a:b@c,            /folder/a:b@c",
        "http://host/a b:c@d,      http://host/a b:c@d",
    })
    void address_hasNoPassword_withoutASchemeEither(String text, String shown) {
        assertThat(Shown.address(text)).isEqualTo(shown);
    }

    /** To look at the same text again and again would take minutes. */
    @ParameterizedTest
    @ValueSource(strings = {"//a:b", "://a:b", "http:", "-http:", "http:a:b ", "\\\\a:b", "http://a:b", "//a@"})
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void longText_isReadOnce(String part) {
        var text = part.repeat(200_000);
        assertThat(Shown.redacted(text + " @").length()).isLessThanOrEqualTo(text.length() + 2);
        assertThat(Shown.redacted("@ " + text)).startsWith("@ ");
        assertThat(Shown.address(text + " @")).endsWith("@");
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0, 7, 8, 0x0a, 0x0d, 0x1b, 0x7f, 0x85, 0x9b, 0x9d, 0xad, 0x61c, 0x200b, 0x200e, 0x200f, 0x2028, 0x2029
            })
    void harmful_isEscaped(int c) {
        assertThat(Shown.harmless("a" + Character.toString(c) + "b")).isEqualTo(String.format("a\\x%02xb", c));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {0x202a, 0x202e, 0x2066, 0x2069, 0x2060, 0xfeff, 0xd800, 0xdfff, 0xfffe, 0xffff, 0xe0041, 0x1d173})
    void reorderingOrInvisible_isEscaped(int c) {
        assertThat(Shown.harmless("a" + Character.toString(c) + "b")).isEqualTo(String.format("a\\x%02xb", c));
        assertThat(Shown.line("a" + Character.toString(c))).isEqualTo(String.format("a\\x%02x", c));
    }

    @Test
    void letters_areLeftAlone() {
        var text = "caf\u00e9 \u65e5\u672c \u0634\u200c\u0627 \ud83d\udc68\u200d\ud83d\udc69 \\x1b";
        assertThat(Shown.harmless(text)).isSameAs(text);
        assertThat(Shown.line(text)).isSameAs(text);
    }

    @Test
    void line_keepsThisProgramsColours_andNothingElse() {
        assertThat(Shown.line("\u001b[31mred\u001b[0m")).isEqualTo("\u001b[31mred\u001b[0m");
        assertThat(Shown.line("\u001b[31mred\u001b[2J\u001b]0;x\u0007\n"))
                .isEqualTo("\u001b[31mred\\x1b[2J\\x1b]0;x\\x07\\x0a");
    }
}

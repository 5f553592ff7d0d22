package dev.weft.diagnostics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON strictly: what it takes is JSON. Objects are maps, numbers are longs. For the tests of all modules. */
public final class TinyJson {

    private final String text;
    private int at;

    private TinyJson(String text) {
        this.text = text;
    }

    @SuppressWarnings("unchecked")
    public static Map<String, Object> object(String line) {
        var json = new TinyJson(line);
        var value = json.value();
        if (json.at != line.length()) {
            throw new IllegalArgumentException("something follows at " + json.at + ": " + line);
        }
        return (Map<String, Object>) value;
    }

    private Object value() {
        var c = text.charAt(at);
        return switch (c) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            default -> {
                var start = at;
                while (at < text.length() && ",]}".indexOf(text.charAt(at)) < 0) {
                    at++;
                }
                var word = text.substring(start, at);
                yield word.equals("true")
                        ? Boolean.TRUE
                        : word.equals("false") ? Boolean.FALSE : (Object) Long.valueOf(word);
            }
        };
    }

    private Map<String, Object> object() {
        var object = new LinkedHashMap<String, Object>();
        expect('{');
        while (text.charAt(at) != '}') {
            if (!object.isEmpty()) {
                expect(',');
            }
            var name = string();
            expect(':');
            if (object.put(name, value()) != null) {
                throw new IllegalArgumentException("twice: " + name);
            }
        }
        expect('}');
        return object;
    }

    private List<Object> array() {
        var array = new ArrayList<>();
        expect('[');
        while (text.charAt(at) != ']') {
            if (!array.isEmpty()) {
                expect(',');
            }
            array.add(value());
        }
        expect(']');
        return array;
    }

    private String string() {
        expect('"');
        var string = new StringBuilder();
        while (text.charAt(at) != '"') {
            var c = text.charAt(at++);
            if (c < ' ') {
                throw new IllegalArgumentException("a control character in a string");
            }
            if (c != '\\') {
                string.append(c);
                continue;
            }
            var escaped = text.charAt(at++);
            switch (escaped) {
                case 'n' -> string.append('\n');
                case 'r' -> string.append('\r');
                case 't' -> string.append('\t');
                case '"', '\\' -> string.append(escaped);
                case 'u' -> {
                    string.append((char) Integer.parseInt(text.substring(at, at + 4), 16));
                    at += 4;
                }
                default -> throw new IllegalArgumentException("no such escape: " + escaped);
            }
        }
        expect('"');
        return string.toString();
    }

    private void expect(char c) {
        if (text.charAt(at++) != c) {
            throw new IllegalArgumentException("expected " + c + " at " + (at - 1) + ": " + text);
        }
    }
}

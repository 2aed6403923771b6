package spool;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON as plain objects: Map, List, String, Boolean, null, and numbers as their text, so that no digit is lost. */
final class Json {
    record Num(String text) {}

    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    static Object parse(String text) {
        return new Json(text).value();
    }

    private char peek() {
        while (Character.isWhitespace(text.charAt(at))) at++;
        return text.charAt(at);
    }

    private Object value() {
        switch (peek()) {
            case 'n': at += 4; return null;
            case 't': at += 4; return Boolean.TRUE;
            case 'f': at += 5; return Boolean.FALSE;
            case '"': return string();
            case '[': {
                List<Object> items = new ArrayList<>();
                at++;
                if (peek() == ']') { at++; return items; }
                for (;;) {
                    items.add(value());
                    if (peek() == ',') { at++; continue; }
                    at++;
                    return items;
                }
            }
            case '{': {
                Map<String, Object> members = new LinkedHashMap<>();
                at++;
                if (peek() == '}') { at++; return members; }
                for (;;) {
                    peek();
                    String name = string();
                    peek();
                    at++;
                    members.put(name, value());
                    if (peek() == ',') { at++; continue; }
                    at++;
                    return members;
                }
            }
            default: {
                int start = at;
                while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) at++;
                if (at == start) throw new IllegalArgumentException("no JSON");
                return new Num(text.substring(start, at));
            }
        }
    }

    private String string() {
        StringBuilder out = new StringBuilder();
        at++;
        for (;;) {
            char c = text.charAt(at++);
            if (c == '"') return out.toString();
            if (c != '\\') { out.append(c); continue; }
            char escaped = text.charAt(at++);
            switch (escaped) {
                case 'n': out.append('\n'); break;
                case 't': out.append('\t'); break;
                case 'r': out.append('\r'); break;
                case 'b': out.append('\b'); break;
                case 'f': out.append('\f'); break;
                case 'u': out.append((char) Integer.parseInt(text.substring(at, at + 4), 16)); at += 4; break;
                default: out.append(escaped);
            }
        }
    }

    static void quote(StringBuilder out, String value) {
        out.append('"');
        for (int index = 0; index < value.length(); index++) {
            char c = value.charAt(index);
            if (c == '"' || c == '\\') out.append('\\').append(c);
            // Halves of characters must not reach the encoder, which would make question marks of them.
            else if (c < 0x20 || Character.isSurrogate(c)) out.append(String.format("\\u%04x", (int) c));
            else out.append(c);
        }
        out.append('"');
    }
}

import java.util.HashMap;
import java.util.Map;

public class Solution {
    /** The value of every key in the line; a key without a value gets "true". */
    public static Map<String, String> parseLogLine(String line) {
        return new Solution(line).entries();
    }

    private final String line;
    private int position = 0;

    private Solution(String line) {
        this.line = line;
    }

    private Map<String, String> entries() {
        Map<String, String> values = new HashMap<>();
        takeWhile(" ");
        while (position < line.length()) {
            String key = takeUntil("= ");
            values.put(key, take('=') ? value() : "true");
            takeWhile(" ");
        }
        return values;
    }

    private String value() {
        return take('"') ? quoted() : takeUntil(" ");
    }

    /** The rest of a quoted value, with its closing mark. */
    private String quoted() {
        StringBuilder value = new StringBuilder();
        while (!take('"')) {
            take('\\');
            value.append(line.charAt(position));
            position++;
        }
        return value.toString();
    }

    private boolean take(char wanted) {
        boolean isThere = position < line.length() && line.charAt(position) == wanted;
        if (isThere) {
            position++;
        }
        return isThere;
    }

    private String takeUntil(String stops) {
        int start = position;
        while (position < line.length() && stops.indexOf(line.charAt(position)) < 0) {
            position++;
        }
        return line.substring(start, position);
    }

    private void takeWhile(String wanted) {
        while (position < line.length() && wanted.indexOf(line.charAt(position)) >= 0) {
            position++;
        }
    }
}

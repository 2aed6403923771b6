import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

public class Solution {
    private static final Map<Character, Character> OPENING_OF = Map.of(')', '(', ']', '[', '}', '{');

    /** Whether every bracket in the text is closed by one of its kind, in the right order. */
    public static boolean isBalanced(String text) {
        Deque<Character> stillOpen = new ArrayDeque<>();
        for (char character : text.toCharArray()) {
            if (OPENING_OF.containsValue(character)) {
                stillOpen.push(character);
            } else if (OPENING_OF.containsKey(character)) {
                if (stillOpen.isEmpty() || !stillOpen.pop().equals(OPENING_OF.get(character))) {
                    return false;
                }
            }
        }
        return stillOpen.isEmpty();
    }
}

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

public class Solution {
    /** The drawers: words with the same letters together, everything in alphabetical order. */
    public static List<List<String>> sortIntoDrawers(String[] words) {
        String[] inOrder = words.clone();
        Arrays.sort(inOrder);
        // Words are taken in order, so each drawer is in order, and drawers come up in the order of their first word.
        Map<String, List<String>> drawers = new LinkedHashMap<>();
        for (String word : inOrder) {
            drawers.computeIfAbsent(lettersOf(word), letters -> new ArrayList<>()).add(word);
        }
        return new ArrayList<>(drawers.values());
    }

    private static String lettersOf(String word) {
        char[] letters = word.toCharArray();
        Arrays.sort(letters);
        return new String(letters);
    }
}

import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

public class Solution {
    /** The most frequent words in small letters, at most `limit`; the alphabet decides between equally frequent ones. */
    public static String[] topWords(String text, int limit) {
        Map<String, Integer> counts = new HashMap<>();
        for (String word : text.toLowerCase(Locale.ROOT).split("[^a-z]+")) {
            if (!word.isEmpty()) {
                counts.merge(word, 1, Integer::sum);
            }
        }
        Comparator<String> byCount = Comparator.comparing(counts::get);
        return counts.keySet().stream()
            .sorted(byCount.reversed().thenComparing(Comparator.naturalOrder()))
            .limit(limit)
            .toArray(String[]::new);
    }
}

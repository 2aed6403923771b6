import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

public class Solution {
    /** The answer to each "get". */
    public static String[] runCache(int capacity, String[][] operations) {
        PictureStore store = new PictureStore(capacity);
        List<String> answers = new ArrayList<>();
        for (String[] operation : operations) {
            String name = operation[1];
            switch (operation[0]) {
                case "put" -> store.put(name, operation[2]);
                case "get" -> answers.add(store.get(name).orElse("-"));
                case "remove" -> store.remove(name);
                default -> throw new IllegalArgumentException("unknown operation: " + operation[0]);
            }
        }
        return answers.toArray(new String[0]);
    }

    /** Keeps at most `capacity` pictures: those that were used last. */
    private static final class PictureStore {
        private final Map<String, String> pictures;

        PictureStore(int capacity) {
            // In order of access: from the one not used for the longest time to the one used last.
            pictures = new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, String> longestUnused) {
                    return size() > capacity;
                }
            };
        }

        Optional<String> get(String name) {
            return Optional.ofNullable(pictures.get(name));
        }

        void put(String name, String picture) {
            pictures.put(name, picture);
        }

        void remove(String name) {
            pictures.remove(name);
        }
    }
}

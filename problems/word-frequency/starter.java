public class Solution {
    /** The most frequent words in small letters, at most `limit`; the alphabet decides between equally frequent ones. */
    public static String[] topWords(String text, int limit) {
        return new String[0];
    }
}

public class Solution {
    /** The answer to each "get". Design the store as a class of its own, and use it here. */
    public static String[] runCache(int capacity, String[][] operations) {
        return new String[0];
    }
}

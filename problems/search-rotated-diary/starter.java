public class Solution {
    /** The position of the first entry on the wanted day or after it, or -1. */
    public static int findEntry(int[] days, int wanted) {
        return -1;
    }
}

public class Solution {
    /** The fewest minutes from start to goal, or -1 if there is no way. */
    public static int fastestTrip(int islands, int[][] ferries, int start, int goal, int passes) {
        return -1;
    }
}

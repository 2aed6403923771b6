public class Solution {
    /** The smallest number of moves from S to E, or -1 if there is no way. */
    public static int shortestPath(String[] floor) {
        return 0;
    }
}

public class Solution {
    /** The row of boxes after the shelf has turned by {@code steps} (negative: back). */
    public static int[] rotateShelf(int[] boxes, int steps) {
        return new int[0];
    }
}

public class Solution {
    /** The row of boxes after the shelf has turned by {@code steps} (negative: back). */
    public static int[] rotateShelf(int[] boxes, int steps) {
        int size = boxes.length;
        int[] turned = new int[size];
        if (size == 0) {
            return turned;
        }
        int forward = Math.floorMod(steps, size);
        System.arraycopy(boxes, 0, turned, forward, size - forward);
        System.arraycopy(boxes, size - forward, turned, 0, forward);
        return turned;
    }
}

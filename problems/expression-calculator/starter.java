public class Solution {
    /** The value of the expression; a division leaves out the fraction. */
    public static long calculate(String expression) {
        return 0;
    }
}

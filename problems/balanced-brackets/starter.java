public class Solution {
    /** Whether every bracket in the text is closed by one of its kind, in the right order. */
    public static boolean isBalanced(String text) {
        return false;
    }
}

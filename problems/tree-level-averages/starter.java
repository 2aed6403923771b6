// TreeNode is there already. It has int val, TreeNode left and TreeNode right; a missing child is null.

public class Solution {
    /** The average of each level, from the top to the bottom; empty if there is no tree. */
    public static double[] levelAverages(TreeNode root) {
        return new double[0];
    }
}

import java.util.ArrayList;
import java.util.List;

// TreeNode is there already. It has int val, TreeNode left and TreeNode right; a missing child is null.

public class Solution {
    /** The scores of all fair routes, from the leftmost to the rightmost. */
    public static List<Integer> fairScores(TreeNode root) {
        return new ArrayList<>();
    }
}

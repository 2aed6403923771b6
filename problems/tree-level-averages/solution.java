// TreeNode is there already. It has int val, TreeNode left and TreeNode right; a missing child is null.

import java.util.ArrayList;
import java.util.List;

public class Solution {
    /** The average of each level, from the top to the bottom; empty if there is no tree. */
    public static double[] levelAverages(TreeNode root) {
        List<Double> averages = new ArrayList<>();
        List<TreeNode> level = root == null ? List.of() : List.of(root);
        while (!level.isEmpty()) {
            long sum = 0;
            List<TreeNode> nextLevel = new ArrayList<>();
            for (TreeNode node : level) {
                sum += node.val;
                if (node.left != null) {
                    nextLevel.add(node.left);
                }
                if (node.right != null) {
                    nextLevel.add(node.right);
                }
            }
            averages.add((double) sum / level.size());
            level = nextLevel;
        }
        return averages.stream().mapToDouble(Double::doubleValue).toArray();
    }
}

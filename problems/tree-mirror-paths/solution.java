import java.util.ArrayList;
import java.util.List;

public class Solution {
    /** The scores of all fair routes, from the leftmost to the rightmost. */
    public static List<Integer> fairScores(TreeNode root) {
        List<Integer> scores = new ArrayList<>();
        walk(root, root, 0, 0, scores);
        return scores;
    }

    private static void walk(TreeNode place, TreeNode mirror, int scoreAbove, int mirrorScoreAbove, List<Integer> scores) {
        if (place == null || mirror == null) {
            return;
        }
        int score = scoreAbove + place.val;
        int mirrorScore = mirrorScoreAbove + mirror.val;
        if (isEnd(place) && isEnd(mirror) && score == mirrorScore) {
            scores.add(score);
        }
        walk(place.left, mirror.right, score, mirrorScore, scores);
        walk(place.right, mirror.left, score, mirrorScore, scores);
    }

    private static boolean isEnd(TreeNode place) {
        return place.left == null && place.right == null;
    }
}

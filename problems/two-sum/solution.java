import java.util.HashMap;
import java.util.Map;

public class Solution {
    /** Positions of the two bookings that add up to target, in ascending order; empty if there are none. */
    public static int[] twoSum(int[] numbers, int target) {
        Map<Integer, Integer> positionOf = new HashMap<>();
        for (int position = 0; position < numbers.length; position++) {
            Integer partnerPosition = positionOf.get(target - numbers[position]);
            if (partnerPosition != null) {
                return new int[] {partnerPosition, position};
            }
            positionOf.put(numbers[position], position);
        }
        return new int[0];
    }
}

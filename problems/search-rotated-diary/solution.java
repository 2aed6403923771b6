import java.util.function.IntPredicate;

public class Solution {
    /** The position of the first entry on the wanted day or after it, or -1. */
    public static int findEntry(int[] days, int wanted) {
        int size = days.length;
        // No page of the moved part is as early as the last page, every page of the rest is.
        int oldest = firstWhere(size, page -> days[page] <= days[size - 1]);
        // From the oldest page on, round the end, the days are in order.
        int pagesOn = firstWhere(size, offset -> days[(oldest + offset) % size] >= wanted);
        return pagesOn < size ? (oldest + pagesOn) % size : -1;
    }

    /** The first number below {@code size} for which it holds (it holds from there on), or {@code size}. */
    private static int firstWhere(int size, IntPredicate holds) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (holds.test(middle)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}

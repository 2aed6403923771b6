import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;

public class Solution {
    private static final int[][] MOVES = {{-1, 0}, {1, 0}, {0, -1}, {0, 1}};
    private static final int NOT_REACHED = -1;

    /** The smallest number of moves from S to E, or -1 if there is no way. */
    public static int shortestPath(String[] floor) {
        int rows = floor.length;
        int columns = floor[0].length();
        int[][] moves = new int[rows][columns];
        for (int[] line : moves) {
            Arrays.fill(line, NOT_REACHED);
        }

        int[] start = find(floor, 'S');
        moves[start[0]][start[1]] = 0;
        Queue<int[]> waiting = new ArrayDeque<>();
        waiting.add(start);
        while (!waiting.isEmpty()) {
            int[] field = waiting.remove();
            int row = field[0];
            int column = field[1];
            if (floor[row].charAt(column) == 'E') {
                return moves[row][column];
            }
            for (int[] move : MOVES) {
                int nextRow = row + move[0];
                int nextColumn = column + move[1];
                if (isFree(floor, nextRow, nextColumn) && moves[nextRow][nextColumn] == NOT_REACHED) {
                    moves[nextRow][nextColumn] = moves[row][column] + 1;
                    waiting.add(new int[] {nextRow, nextColumn});
                }
            }
        }
        return -1;
    }

    private static int[] find(String[] floor, char wanted) {
        for (int row = 0; row < floor.length; row++) {
            int column = floor[row].indexOf(wanted);
            if (column >= 0) {
                return new int[] {row, column};
            }
        }
        throw new IllegalArgumentException("There is no " + wanted + " on this floor.");
    }

    private static boolean isFree(String[] floor, int row, int column) {
        return row >= 0 && row < floor.length && column >= 0 && column < floor[row].length() && floor[row].charAt(column) != '#';
    }
}

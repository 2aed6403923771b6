import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

public class Solution {
    private record Crossing(int neighbour, int minutes) {}

    /** Where somebody stands: an island together with the passes left. */
    private record Trip(int total, int island, int passesLeft) {}

    /** The fewest minutes from start to goal, or -1 if there is no way. */
    public static int fastestTrip(int islands, int[][] ferries, int start, int goal, int passes) {
        List<List<Crossing>> crossings = new ArrayList<>();
        for (int island = 0; island < islands; island++) {
            crossings.add(new ArrayList<>());
        }
        for (int[] ferry : ferries) {
            crossings.get(ferry[0]).add(new Crossing(ferry[1], ferry[2]));
            crossings.get(ferry[1]).add(new Crossing(ferry[0], ferry[2]));
        }

        boolean[][] settled = new boolean[islands][passes + 1];
        PriorityQueue<Trip> reached = new PriorityQueue<>(Comparator.comparingInt(Trip::total));
        reached.add(new Trip(0, start, passes));
        while (!reached.isEmpty()) {
            Trip trip = reached.remove();
            if (trip.island == goal) {
                return trip.total;
            }
            if (settled[trip.island][trip.passesLeft]) {
                continue;
            }
            settled[trip.island][trip.passesLeft] = true;
            for (Crossing crossing : crossings.get(trip.island)) {
                int minutes = crossing.minutes;
                reached.add(new Trip(trip.total + minutes, crossing.neighbour, trip.passesLeft));
                if (trip.passesLeft > 0) {
                    reached.add(new Trip(trip.total + (minutes + 1) / 2, crossing.neighbour, trip.passesLeft - 1));
                }
            }
        }
        return -1;
    }
}

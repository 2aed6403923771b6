import java.util.HashMap;
import java.util.Map;

public class Solution {
    /** The bicycles at each station after all events of the day. */
    public static Map<String, Integer> endOfDay(Map<String, Integer> stock, String[][] events) {
        Map<String, Integer> bicycles = new HashMap<>(stock);
        for (String[] event : events) {
            String kind = event[0];
            int count = Integer.parseInt(event[1]);
            String station = event[2];
            if (kind.equals("arrive")) {
                add(bicycles, station, count);
            } else if (kind.equals("rent")) {
                take(bicycles, station, count);
            } else if (kind.equals("move")) {
                String destination = event[3];
                if (take(bicycles, station, count)) {
                    add(bicycles, destination, count);
                }
            }
        }
        return bicycles;
    }

    private static void add(Map<String, Integer> bicycles, String station, int count) {
        bicycles.merge(station, count, Integer::sum);
    }

    private static boolean take(Map<String, Integer> bicycles, String station, int count) {
        int available = bicycles.getOrDefault(station, 0);
        if (available < count) {
            return false;
        }
        bicycles.put(station, available - count);
        return true;
    }
}

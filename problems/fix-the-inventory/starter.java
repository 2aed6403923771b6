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
                bicycles.put(station, bicycles.get(station) + count);
            } else if (kind.equals("rent")) {
                if (bicycles.getOrDefault(station, 0) > count) {
                    bicycles.put(station, bicycles.get(station) - count);
                }
            } else if (kind.equals("move")) {
                String destination = event[3];
                if (bicycles.getOrDefault(station, 0) > count) {
                    bicycles.put(station, bicycles.get(station) - count);
                }
                bicycles.put(destination, bicycles.get(destination) + count);
            }
        }
        return bicycles;
    }
}

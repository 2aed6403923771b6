import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

public class Solution {
    /** One line for each kind of thing in alphabetical order, and a line with the total. */
    public static String[] repairReport(String[] entries) {
        Map<String, Tally> tallyOf = new TreeMap<>();
        Tally total = new Tally();
        for (String entry : entries) {
            String[] parts = entry.split(";");
            String kind = parts[0];
            int minutes = Integer.parseInt(parts[1]);
            boolean fixed = parts[2].equals("yes");
            tallyOf.computeIfAbsent(kind, unknown -> new Tally()).add(minutes, fixed);
            total.add(minutes, fixed);
        }

        List<String> lines = new ArrayList<>();
        tallyOf.forEach((kind, tally) -> lines.add(tally.line(kind)));
        lines.add(total.line("total"));
        return lines.toArray(new String[0]);
    }

    /** What a line of the report tells about the things it stands for. */
    private static final class Tally {
        private int brought;
        private int fixed;
        private int minutes;

        void add(int minutesSpent, boolean wasFixed) {
            brought++;
            minutes += minutesSpent;
            if (wasFixed) {
                fixed++;
            }
        }

        String line(String name) {
            String unit = minutes == 1 ? "minute" : "minutes";
            return name + ": " + fixed + " of " + brought + " fixed, " + minutes + " " + unit;
        }
    }
}

import java.util.ArrayList;
import java.util.List;

public class Solution {
    /** One line for each kind of thing in alphabetical order, and a line with the total. */
    public static String[] repairReport(String[] entries) {
        List<String> out = new ArrayList<>();
        int a = 0; // bikes
        int a2 = 0;
        int a3 = 0;
        int b = 0; // lamps
        int b2 = 0;
        int b3 = 0;
        int c = 0; // radios
        int c2 = 0;
        int c3 = 0;
        int i = 0;
        while (i < entries.length) {
            String[] x = entries[i].split(";");
            if (x[0].equals("bike")) {
                a = a + 1;
                a2 = a2 + Integer.parseInt(x[1]);
                if (x[2].equals("yes") == true) {
                    a3 = a3 + 1;
                } else {
                    a3 = a3 + 0;
                }
            }
            if (x[0].equals("lamp")) {
                b = b + 1;
                b2 = b2 + Integer.parseInt(x[1]);
                if (x[2].equals("yes") == true) {
                    b3 = b3 + 1;
                } else {
                    b3 = b3 + 0;
                }
            }
            if (x[0].equals("radio")) {
                c = c + 1;
                c2 = c2 + Integer.parseInt(x[1]);
                if (x[2].equals("yes") == true) {
                    c3 = c3 + 1;
                } else {
                    c3 = c3 + 0;
                }
            }
            i = i + 1;
        }
        if (a > 0) {
            if (a2 == 1) {
                out.add("bike: " + a3 + " of " + a + " fixed, " + a2 + " minute");
            } else {
                out.add("bike: " + a3 + " of " + a + " fixed, " + a2 + " minutes");
            }
        }
        if (b > 0) {
            if (b2 == 1) {
                out.add("lamp: " + b3 + " of " + b + " fixed, " + b2 + " minute");
            } else {
                out.add("lamp: " + b3 + " of " + b + " fixed, " + b2 + " minutes");
            }
        }
        if (c > 0) {
            if (c2 == 1) {
                out.add("radio: " + c3 + " of " + c + " fixed, " + c2 + " minute");
            } else {
                out.add("radio: " + c3 + " of " + c + " fixed, " + c2 + " minutes");
            }
        }
        if (a2 + b2 + c2 == 1) {
            out.add("total: " + (a3 + b3 + c3) + " of " + (a + b + c) + " fixed, " + (a2 + b2 + c2) + " minute");
        } else {
            out.add("total: " + (a3 + b3 + c3) + " of " + (a + b + c) + " fixed, " + (a2 + b2 + c2) + " minutes");
        }
        return out.toArray(new String[0]);
    }
}

public class Solution {
    /** The value of the expression; a division leaves out the fraction. */
    public static long calculate(String expression) {
        return new Reader(expression).readSum();
    }

    /**
     * Reads an expression once, from left to right. One method for each level of binding:
     *
     * sum = product, then any number of + or - with another product
     * product = value, then any number of * or / with another value
     * value = number, or a sum in brackets, or - with another value
     */
    private static final class Reader {
        private final String text;
        private int position = 0;

        Reader(String expression) {
            text = expression.replace(" ", "");
        }

        long readSum() {
            long result = readProduct();
            while (true) {
                if (skip('+')) {
                    result += readProduct();
                } else if (skip('-')) {
                    result -= readProduct();
                } else {
                    return result;
                }
            }
        }

        private long readProduct() {
            long result = readValue();
            while (true) {
                if (skip('*')) {
                    result *= readValue();
                } else if (skip('/')) {
                    result /= readValue();
                } else {
                    return result;
                }
            }
        }

        private long readValue() {
            if (skip('-')) {
                return -readValue();
            }
            if (skip('(')) {
                long result = readSum();
                skip(')');
                return result;
            }
            return readNumber();
        }

        private long readNumber() {
            int start = position;
            while (position < text.length() && Character.isDigit(text.charAt(position))) {
                position++;
            }
            return Long.parseLong(text.substring(start, position));
        }

        private boolean skip(char wanted) {
            if (position < text.length() && text.charAt(position) == wanted) {
                position++;
                return true;
            }
            return false;
        }
    }
}

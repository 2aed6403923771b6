import re


def calculate(expression: str) -> int:
    """The value of the expression; a division leaves out the fraction."""
    return Reader(expression).read_sum()


class Reader:
    """
    Reads an expression once, from left to right. One method for each level of binding:

    sum = product, then any number of + or - with another product
    product = value, then any number of * or / with another value
    value = number, or a sum in brackets, or - with another value
    """

    def __init__(self, expression: str) -> None:
        self._tokens = re.findall(r"\d+|[-+*/()]", expression)
        self._position = 0

    def read_sum(self) -> int:
        result = self._read_product()
        while (operator := self._take_any("+-")) is not None:
            operand = self._read_product()
            result = result + operand if operator == "+" else result - operand
        return result

    def _read_product(self) -> int:
        result = self._read_value()
        while (operator := self._take_any("*/")) is not None:
            operand = self._read_value()
            result = result * operand if operator == "*" else divide(result, operand)
        return result

    def _read_value(self) -> int:
        token = self._take()
        if token == "-":
            return -self._read_value()
        if token == "(":
            result = self.read_sum()
            self._take()  # the closing bracket
            return result
        return int(token)

    def _take(self) -> str:
        token = self._tokens[self._position]
        self._position += 1
        return token

    def _take_any(self, wanted: str) -> str | None:
        if self._position < len(self._tokens) and self._tokens[self._position] in wanted:
            return self._take()
        return None


def divide(dividend: int, divisor: int) -> int:
    """Leaves out the fraction, where the operator // rounds down."""
    quotient = abs(dividend) // abs(divisor)
    return quotient if (dividend < 0) == (divisor < 0) else -quotient

/**
 * The value of the expression; a division leaves out the fraction.
 * @param {string} expression
 * @returns {number}
 */
function calculate(expression) {
  const value = new Reader(expression).readSum();
  return value === 0 ? 0 : value; // never minus zero
}

/**
 * Reads an expression once, from left to right. One method for each level of binding:
 *
 * sum = product, then any number of + or - with another product
 * product = value, then any number of * or / with another value
 * value = number, or a sum in brackets, or - with another value
 */
class Reader {
  #tokens;
  #position = 0;

  constructor(expression) {
    this.#tokens = expression.match(/\d+|[-+*/()]/g) ?? [];
  }

  readSum() {
    let result = this.#readProduct();
    while (this.#nextIs('+', '-')) {
      const operator = this.#take();
      const operand = this.#readProduct();
      result = operator === '+' ? result + operand : result - operand;
    }
    return result;
  }

  #readProduct() {
    let result = this.#readValue();
    while (this.#nextIs('*', '/')) {
      const operator = this.#take();
      const operand = this.#readValue();
      result = operator === '*' ? result * operand : Math.trunc(result / operand);
    }
    return result;
  }

  #readValue() {
    const token = this.#take();
    if (token === '-') return -this.#readValue();
    if (token === '(') {
      const result = this.readSum();
      this.#take(); // the closing bracket
      return result;
    }
    return Number(token);
  }

  #nextIs(...wanted) {
    return wanted.includes(this.#tokens[this.#position]);
  }

  #take() {
    return this.#tokens[this.#position++];
  }
}

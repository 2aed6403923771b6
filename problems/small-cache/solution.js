/** Keeps at most `capacity` pictures: those that were used last. */
class PictureStore {
  #capacity;
  /** A map keeps the order of insertion: from the one not used for the longest time to the one used last. */
  #pictures = new Map();

  constructor(capacity) {
    this.#capacity = capacity;
  }

  get(name) {
    if (!this.#pictures.has(name)) return undefined;
    const picture = this.#pictures.get(name);
    this.put(name, picture);
    return picture;
  }

  put(name, picture) {
    this.#pictures.delete(name);
    this.#pictures.set(name, picture);
    if (this.#pictures.size > this.#capacity) {
      const [longestUnused] = this.#pictures.keys();
      this.#pictures.delete(longestUnused);
    }
  }

  remove(name) {
    this.#pictures.delete(name);
  }
}

/**
 * The answer to each "get".
 * @param {number} capacity
 * @param {string[][]} operations
 * @returns {string[]}
 */
function runCache(capacity, operations) {
  const store = new PictureStore(capacity);
  const answers = [];
  for (const [kind, name, picture] of operations) {
    switch (kind) {
      case 'put':
        store.put(name, picture);
        break;
      case 'get':
        answers.push(store.get(name) ?? '-');
        break;
      case 'remove':
        store.remove(name);
        break;
      default:
        throw new Error(`unknown operation: ${kind}`);
    }
  }
  return answers;
}

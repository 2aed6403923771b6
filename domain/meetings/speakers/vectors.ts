/** The little arithmetic that embeddings need. */

/** Sum of products of two vectors of one length. */
export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += a[index]! * b[index]!;
  return sum;
}

/** Even, so that pairs do not straddle strips. */
const STRIP_ROWS = 64;

/**
 * The products of every two of some vectors, row by row. Two by two, so that each number is fetched for two sums: 3,840
 * vectors of 192 numbers take about a second instead of five.
 */
export function allProducts(vectors: readonly Float32Array[]): Float32Array {
  const size = vectors.length;
  const length = vectors[0]?.length ?? 0;
  /** An odd one out meets zeros. */
  const values = new Float32Array((size + (size % 2)) * length);
  for (const [index, vector] of vectors.entries()) values.set(vector, index * length);
  const products = new Float32Array(size * size);
  const four = new Float64Array(4);
  // In strips of rows that fit a processor's cache, since each product is written to its column as well.
  for (let strip = 0; strip < size; strip += STRIP_ROWS) {
    const stripEnd = Math.min(size, strip + STRIP_ROWS);
    for (let a = 0; a < stripEnd; a += 2) {
      for (let b = Math.max(a, strip); b < stripEnd; b += 2) {
        twoByTwo(values, a * length, b * length, length, four);
        products[a * size + b] = products[b * size + a] = four[0]!;
        if (b + 1 < size) products[a * size + b + 1] = products[(b + 1) * size + a] = four[1]!;
        if (a + 1 < size) products[(a + 1) * size + b] = products[b * size + a + 1] = four[2]!;
        if (a + 1 < size && b + 1 < size) products[(a + 1) * size + b + 1] = products[(b + 1) * size + a + 1] = four[3]!;
      }
    }
  }
  return products;
}

/** Plain on purpose: this is the loop a long meeting spends its time in. */
function twoByTwo(values: Float32Array, a: number, b: number, length: number, products: Float64Array): void {
  let p = 0;
  let q = 0;
  let r = 0;
  let s = 0;
  for (let index = 0; index < length; index++) {
    const u = values[a + index]!;
    const v = values[a + length + index]!;
    const w = values[b + index]!;
    const x = values[b + length + index]!;
    p += u * w;
    q += u * x;
    r += v * w;
    s += v * x;
  }
  products[0] = p;
  products[1] = q;
  products[2] = r;
  products[3] = s;
}

/** Of unit length; null for what has no direction: zeros, or anything that is not a finite number. */
export function normalized(vector: ArrayLike<number>): Float32Array | null {
  let sum = 0;
  for (let index = 0; index < vector.length; index++) sum += vector[index]! ** 2;
  const norm = Math.sqrt(sum);
  if (!Number.isFinite(norm) || norm < 1e-9) return null;
  return Float32Array.from(vector, (value) => value / norm);
}

/** Adds `weight` times a vector to a sum, in place. */
export function addTo(sum: Float64Array, vector: Float32Array, weight: number): void {
  for (let index = 0; index < sum.length; index++) sum[index]! += vector[index]! * weight;
}

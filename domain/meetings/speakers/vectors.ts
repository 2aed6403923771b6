/** The little arithmetic that embeddings need. */

/** Sum of products. Four sums at once: a processor adds faster than one sum lets it. */
export function dot(a: Float32Array, b: Float32Array): number {
  const length = a.length;
  let [one, two, three, four] = [0, 0, 0, 0];
  let index = 0;
  for (; index + 3 < length; index += 4) {
    one += a[index]! * b[index]!;
    two += a[index + 1]! * b[index + 1]!;
    three += a[index + 2]! * b[index + 2]!;
    four += a[index + 3]! * b[index + 3]!;
  }
  for (; index < length; index++) one += a[index]! * b[index]!;
  return one + two + three + four;
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

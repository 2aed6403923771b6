/** As much of ONNX (opset 13) as small models of a test need, written in its protobuf form: github.com/onnx/onnx, onnx.proto. */

type Bytes = Uint8Array;
const text = new TextEncoder();

function varint(value: number | bigint): Bytes {
  const bytes: number[] = [];
  // Negative numbers take ten bytes, as two's complement of 64 bits.
  let rest = BigInt.asUintN(64, BigInt(value));
  do {
    bytes.push(Number(rest & 0x7fn) | (rest > 0x7fn ? 0x80 : 0));
    rest >>= 7n;
  } while (rest > 0n);
  return Uint8Array.from(bytes);
}
const join = (...parts: Bytes[]): Bytes => new Uint8Array(Buffer.concat(parts));
const whole = (field: number, value: number): Bytes => join(varint(field << 3), varint(value));
const inside = (field: number, content: Bytes | string): Bytes => {
  const bytes = typeof content === 'string' ? text.encode(content) : content;
  return join(varint((field << 3) | 2), varint(bytes.length), bytes);
};

const TYPES = { float: 1, int64: 7 } as const;
const ATTRIBUTE_INT = 2;
const ATTRIBUTE_INTS = 7;

export function intAttribute(name: string, value: number): Bytes {
  return join(inside(1, name), whole(3, value), whole(20, ATTRIBUTE_INT));
}
export function intsAttribute(name: string, values: readonly number[]): Bytes {
  return join(inside(1, name), ...values.map((value) => whole(8, value)), whole(20, ATTRIBUTE_INTS));
}
export function node(operator: string, inputs: readonly string[], outputs: readonly string[], attributes: readonly Bytes[] = []): Bytes {
  return join(...inputs.map((name) => inside(1, name)), ...outputs.map((name) => inside(2, name)), inside(4, operator), ...attributes.map((attribute) => inside(5, attribute)));
}
/** A constant of 32-bit floats. */
export function tensor(name: string, dimensions: readonly number[], values: readonly number[]): Bytes {
  const data = new Uint8Array(Float32Array.from(values).buffer);
  return join(...dimensions.map((dimension) => whole(1, dimension)), whole(2, TYPES.float), inside(8, name), inside(9, data));
}
/** An input or output; a dimension with a name may have any length. */
export function value(name: string, type: keyof typeof TYPES, dimensions: readonly (number | string)[]): Bytes {
  const shape = join(...dimensions.map((dimension) => inside(1, typeof dimension === 'number' ? whole(1, dimension) : inside(2, dimension))));
  return join(inside(1, name), inside(2, inside(1, join(whole(1, TYPES[type]), inside(2, shape)))));
}
export function model(parts: { nodes: Bytes[]; initializers: Bytes[]; inputs: Bytes[]; outputs: Bytes[]; metadata: Record<string, string | number> }): Bytes {
  const graph = join(
    ...parts.nodes.map((each) => inside(1, each)),
    inside(2, 'test'),
    ...parts.initializers.map((each) => inside(5, each)),
    ...parts.inputs.map((each) => inside(11, each)),
    ...parts.outputs.map((each) => inside(12, each)),
  );
  const metadata = Object.entries(parts.metadata).map(([key, entry]) => inside(14, join(inside(1, key), inside(2, String(entry)))));
  return join(whole(1, 8), inside(7, graph), inside(8, join(inside(1, ''), whole(2, 13))), ...metadata);
}

/*
 * As much of the protocol buffers' wire format as Streamlit's messages need
 * (https://protobuf.dev/programming-guides/encoding/).
 */

const WIRE_TYPE = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

/** One field of a message; several of one number are a repeated field. */
export type Field = readonly [number: number, value: string | boolean | number | Uint8Array];

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  return [...bytes, rest];
}

/** Writes a message. A number is a varint: for fields of integer types, and not below zero. */
export function encode(fields: readonly Field[]): Buffer {
  const parts = fields.flatMap(([number, value]) => {
    if (typeof value === 'number' || typeof value === 'boolean') return [Buffer.from([...varint(number * 8 + WIRE_TYPE.varint), ...varint(Number(value))])];
    const bytes = typeof value === 'string' ? Buffer.from(value) : value;
    return [Buffer.from([...varint(number * 8 + WIRE_TYPE.bytes), ...varint(bytes.length)]), bytes];
  });
  return Buffer.concat(parts);
}

/** Reads the varint at an offset. Those beyond 2⁵³, which no field we read has, lose precision. */
function readVarint(bytes: Buffer, start: number): { readonly value: number; readonly end: number } {
  let [value, factor, end] = [0, 1, start];
  for (let byte = 0x80; byte >= 0x80; factor *= 0x80) {
    byte = bytes.readUInt8(end++);
    value += (byte % 0x80) * factor;
  }
  return { value, end };
}

/** A message that came, read field by field as it is asked for. A field that was left out is empty, or zero. */
export class Message {
  readonly #fields = new Map<number, (Buffer | number)[]>();

  /** @throws RangeError if the bytes end in the middle of a field */
  constructor(bytes: Buffer) {
    for (let offset = 0; offset < bytes.length; ) {
      const tag = readVarint(bytes, offset);
      const number = Math.floor(tag.value / 8);
      const { value, end } = readValue(bytes, tag.end, tag.value % 8);
      this.#fields.set(number, [...(this.#fields.get(number) ?? []), value]);
      offset = end;
    }
  }

  has(number: number): boolean {
    return this.#fields.has(number);
  }

  number(number: number): number {
    const value = this.#fields.get(number)?.at(-1);
    return typeof value === 'number' ? value : 0;
  }

  text(number: number): string {
    return this.#buffers(number).at(-1)?.toString() ?? '';
  }

  message(number: number): Message | undefined {
    return this.messages(number).at(-1);
  }

  messages(number: number): Message[] {
    return this.#buffers(number).map((bytes) => new Message(bytes));
  }

  /** The numbers of a packed repeated field. */
  numbers(number: number): number[] {
    const [packed] = this.#buffers(number);
    const numbers: number[] = [];
    for (let offset = 0; packed && offset < packed.length; ) {
      const { value, end } = readVarint(packed, offset);
      numbers.push(value);
      offset = end;
    }
    return numbers;
  }

  #buffers(number: number): Buffer[] {
    return (this.#fields.get(number) ?? []).filter((value) => typeof value !== 'number');
  }
}

function readValue(bytes: Buffer, start: number, type: number): { readonly value: Buffer | number; readonly end: number } {
  const slice = (from: number, length: number) => {
    if (from + length > bytes.length) throw new RangeError('the message ends in the middle of a field');
    return { value: bytes.subarray(from, from + length), end: from + length };
  };
  switch (type) {
    case WIRE_TYPE.varint:
      return readVarint(bytes, start);
    case WIRE_TYPE.fixed64:
      return slice(start, 8);
    case WIRE_TYPE.fixed32:
      return slice(start, 4);
    case WIRE_TYPE.bytes: {
      const length = readVarint(bytes, start);
      return slice(length.end, length.value);
    }
    default:
      throw new RangeError(`there is no wire type ${type}`);
  }
}

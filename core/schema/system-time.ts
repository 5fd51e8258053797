import { SchemaError } from './schema-error.ts';

/**
 * A SYSTEMTIME (eight 16-bit numbers) as `2024-06-10T20:18:35.489`. It carries no time zone, so none is shown unless
 * the layout says that it is UTC. Impossible numbers are shown as they are.
 */
export function systemTimeAt(bytes: Uint8Array, offset: number, isUtc: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset, 16);
  const digits = (index: number, width: number): string =>
    view
      .getUint16(index * 2, true)
      .toString()
      .padStart(width, '0');
  const date = `${digits(0, 4)}-${digits(1, 2)}-${digits(3, 2)}`;
  return `${date}T${digits(4, 2)}:${digits(5, 2)}:${digits(6, 2)}.${digits(7, 3)}${isUtc ? 'Z' : ''}`;
}

/** The 16 bytes of such a text; all zero for an empty one. Throws a SchemaError when it is no time. */
export function systemTimeBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(16);
  if (text === '') return bytes;
  const match = /^(\d+)-(\d+)-(\d+)T(\d+):(\d+):(\d+)\.(\d+)Z?$/.exec(text);
  if (!match) throw new SchemaError(`“${text}” is no time such as 2024-06-10T20:18:35.489.`);
  const [year, month, day, ...time] = match.slice(1).map(Number);
  const dayOfWeek = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  const view = new DataView(bytes.buffer);
  [year, month, dayOfWeek || 0, day, ...time].forEach((number, index) => {
    view.setUint16(index * 2, number, true);
  });
  return bytes;
}

import { readFully, type ByteSource } from '../base/byte-source.ts';
import { foreignFormat } from '../capture-file/foreign-format.ts';
import { captureFileFormat } from './capture-format.ts';
import { etlFormat } from './etl-format.ts';
import type { TraceFormatName } from './section.ts';
import type { ReadRange, TraceFormat } from './trace-format.ts';

const formats: readonly TraceFormat[] = [
  etlFormat,
  captureFileFormat('pcapng'),
  captureFileFormat('pcap'),
  captureFileFormat('netmon'),
];

/** Bytes of a file that every format's sniffing is content with. */
const headBytes = 0x1000;

export function traceFormat(name: TraceFormatName): TraceFormat {
  return formats.find((format) => format.name === name) ?? etlFormat;
}

/** The format that a range is one of. */
export function formatOfRange(range: ReadRange): TraceFormat {
  return traceFormat(range.format === 'etl' ? 'etl' : range.records.context.format);
}

/** The format of a file. What is none of the others is read as an ETL, whose reader says best what is wrong with it. */
export function formatOf(source: ByteSource): TraceFormat {
  const head = headOf(source);
  return formats.find((format) => format.sniff(head)) ?? etlFormat;
}

/** What a file is that is no trace, with the way out: `a ZIP archive. Unpack it first …`; undefined when nobody knows. */
export function foreignFormatOf(source: ByteSource): string | undefined {
  return foreignFormat(headOf(source));
}

function headOf(source: ByteSource): Uint8Array {
  const head = new Uint8Array(Math.min(headBytes, source.size));
  return head.subarray(0, readFully(source, 0, head, 0, head.length));
}

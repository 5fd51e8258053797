import { csvFormat } from './csv.ts';
import type { TextFormat } from './event-text.ts';
import { jsonlFormat } from './jsonl.ts';
import { txtFormat } from './txt.ts';
import { xmlFormat } from './xml.ts';

/** The text formats by the extension of their files. */
export const textFormats: Readonly<Record<'txt' | 'csv' | 'jsonl' | 'xml', TextFormat>> = {
  txt: txtFormat,
  csv: csvFormat,
  jsonl: jsonlFormat,
  xml: xmlFormat,
};

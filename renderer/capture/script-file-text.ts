/** Scripts as files: which files are some, and what is written in them. */
import { decodedStart } from '../names/file-use.ts';
import { captureStrings } from './strings.ts';

/** Files of these endings are good for nothing else here. */
const scriptEnding = /\.(ps1|psm1|cmd|bat)$/i;
/** Where the capture page is on show, a text is a command that somebody kept; else it may hold names. */
const textEnding = /\.txt$/i;

/** Whether a dropped file is to be explained on the capture page. */
export function isScript(fileName: string, isPageOpen: boolean): boolean {
  return scriptEnding.test(fileName) || (isPageOpen && textEnding.test(fileName));
}

/** In bytes: no script that a person wrote is longer. */
const longest = 1 << 20;

/** The text of a script, in the encodings of Windows. Refuses, in words, what is too large or no text. */
export async function scriptText(file: Pick<File, 'size' | 'arrayBuffer'>): Promise<string> {
  if (file.size > longest) throw new Error(captureStrings.tooLarge(file.size, longest));
  const text = decodedStart(new Uint8Array(await file.arrayBuffer()));
  if (text.includes('\0')) throw new Error(captureStrings.noText);
  return text;
}

/** Why a file cannot be opened or read, as a sentence for a person, and what to do. Names files without their folders. */
import { fileName } from '../base/file-name.ts';

type Trouble =
  'missing' | 'forbidden' | 'in use' | 'folder' | 'too many files' | 'damaged medium' | 'unreachable' | 'no memory';

/** By the codes of Node: of Windows' errors, libuv makes these of them. */
const troubles: Readonly<Record<string, Trouble>> = {
  ENOENT: 'missing',
  ENOTDIR: 'missing',
  EACCES: 'forbidden',
  EPERM: 'forbidden',
  // Sharing and lock violations.
  EBUSY: 'in use',
  ETXTBSY: 'in use',
  EAGAIN: 'in use',
  EISDIR: 'folder',
  EMFILE: 'too many files',
  ENFILE: 'too many files',
  EIO: 'damaged medium',
  ENXIO: 'damaged medium',
  ENODEV: 'unreachable',
  ESTALE: 'unreachable',
  ETIMEDOUT: 'unreachable',
  EHOSTDOWN: 'unreachable',
  EHOSTUNREACH: 'unreachable',
  ENETDOWN: 'unreachable',
  ENETUNREACH: 'unreachable',
  ECONNRESET: 'unreachable',
  ECONNREFUSED: 'unreachable',
  ENOTCONN: 'unreachable',
  ENOMEM: 'no memory',
};

const stopCapture =
  'If a capture session still writes it, stop that first (`netsh trace stop`, `pktmon stop`, `logman stop NAME -ets`), then open it again.';

/** Why a file could not be opened. */
export function whyNotOpened(path: string, error: unknown): string {
  const name = fileName(path);
  switch (troubleOf(error)) {
    case 'missing':
      return isRemote(path)
        ? `There is no file ${name}, or the computer that has it cannot be reached. Look whether its folder can be opened.`
        : `There is no file ${name}. It may have been moved, renamed or deleted.`;
    case 'forbidden':
      return `No permission to read ${name}. Traces are often written by an administrator: copy the file, change its permissions, or start Hopscope as administrator. ${stopCapture}`;
    case 'in use':
      return `${name} is in use by another program. ${stopCapture} Else close the program that has it open, or open a copy.`;
    case 'folder':
      return folderText(path);
    default:
      return `${name} cannot be opened: ${whatIsWrong(error)}`;
  }
}

/** Why bytes at an offset of a file that is open could not be read. */
export function whyNotRead(path: string, offset: number, error: unknown): string {
  const at = `${fileName(path)} could not be read at offset ${offset}`;
  if (troubleOf(error) === 'in use') return `${at}: another program has locked it. ${stopCapture}`;
  return `${at}: ${whatIsWrong(error)}`;
}

export function folderText(path: string): string {
  return `${fileName(path)} is a folder. Name the trace file inside it.`;
}

function whatIsWrong(error: unknown): string {
  switch (troubleOf(error)) {
    case 'too many files':
      return 'too many files are open. Close other traces or programs and try again.';
    case 'damaged medium':
      return 'the drive or the network reports an error. Copy the file to a drive of this computer and open the copy; if copying fails, too, the drive is damaged.';
    case 'unreachable':
      return 'the drive or the computer that has it cannot be reached any more. Connect it again, or copy the file to this computer, then open it again.';
    case 'no memory':
      return 'there is not enough memory. Close other traces or programs and try again.';
    default:
      return `${error instanceof Error ? error.message : String(error)}.`;
  }
}

function troubleOf(error: unknown): Trouble | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && Object.hasOwn(troubles, code) ? troubles[code] : undefined;
}

/** A share of another computer, as Windows writes it. */
function isRemote(path: string): boolean {
  return path.startsWith('\\\\') || path.startsWith('//');
}

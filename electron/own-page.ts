import { appOrigin } from './app-protocol.ts';

/** What tells whose message an IPC message is: Electron's WebFrameMain has it. */
export interface SenderFrame {
  readonly origin: string;
  readonly parent: unknown;
}

/** True for the top frame of a window that shows our page; false for frames inside it, and when the frame is gone. */
export function isOwnPage(frame: SenderFrame | null): boolean {
  return frame !== null && frame.parent === null && frame.origin === appOrigin;
}

/** The IPC channels between the main process and the preload script; nothing else listens. */
export const channels = {
  /** Both ways: (session, message of the engine's contract). A session is one load of the page. */
  engine: 'hopscope:engine',
  /** To the page: (session, reason). */
  engineGone: 'hopscope:engine-gone',
  /** To the page: (files). */
  openFiles: 'hopscope:open-files',
  /** To the page: (command). */
  command: 'hopscope:command',
  /** To the page: (state of the capture that the app runs). */
  captureState: 'hopscope:capture-state',
  /** Invoked by the page: (method of the host, argument) -> Answer. */
  host: 'hopscope:host',
} as const;

/** How a host's answer crosses: Electron would wrap the message of a thrown error in words of its own. */
export type Answer = { ok: true; value: unknown } | { ok: false; message: string };

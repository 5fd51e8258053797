import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { FromEngine } from '../core/engine/contract.ts';
import type { CaptureState, DesktopBridge, HostFile } from '../core/engine/host.ts';
import { channels, type Answer } from './channels.ts';
import type { HostMethod } from './host-methods.ts';

/**
 * One load of the page; answers to an earlier load are not for this one. Not `randomUUID`: that is missing on the blank
 * page that Chromium puts between a crash and the next load.
 */
const session = crypto.getRandomValues(new Uint32Array(4)).join('-');

interface Mailbox<T> {
  readonly put: (value: T) => void;
  readonly listen: (listener: (value: T) => void) => void;
}

/** Keeps what arrives before the page listens. */
function mailbox<T>(): Mailbox<T> {
  const waiting: T[] = [];
  let listening: ((value: T) => void) | undefined;
  return {
    put(value) {
      if (listening) listening(value);
      else waiting.push(value);
    },
    listen(listener) {
      listening = listener;
      for (const value of waiting.splice(0)) listener(value);
    },
  };
}

const messages = mailbox<FromEngine>();
const closings = mailbox<string>();
const openings = mailbox<HostFile[]>();
const commands = mailbox<string>();
const captureStates = mailbox<CaptureState>();

ipcRenderer.on(channels.engine, (_event, to: string, message: FromEngine) => {
  if (to === session) messages.put(message);
});
ipcRenderer.on(channels.engineGone, (_event, to: string, reason: string) => {
  if (to === session) closings.put(reason);
});
ipcRenderer.on(channels.openFiles, (_event, files: HostFile[]) => {
  openings.put(files);
});
ipcRenderer.on(channels.command, (_event, command: string) => {
  commands.put(command);
});
ipcRenderer.on(channels.captureState, (_event, state: CaptureState) => {
  captureStates.put(state);
});

async function ask<T>(method: HostMethod, argument?: unknown): Promise<T> {
  const answer = (await ipcRenderer.invoke(channels.host, method, argument)) as Answer;
  if (!answer.ok) throw new Error(answer.message);
  return answer.value as T;
}

/** The path of a file that was dropped; a File that a script made up has none. */
function pathOfDropped(file: File): string {
  const path = webUtils.getPathForFile(file);
  if (path === '')
    throw new Error(`“${file.name}” does not lie in a folder of this computer. Save it first, then open it.`);
  return path;
}

const bridge: DesktopBridge = {
  send: (message) => {
    ipcRenderer.send(channels.engine, session, message);
  },
  onMessage: messages.listen,
  onClose: closings.listen,
  initialFiles: () => ask('initialFiles'),
  sampleFile: () => ask('sampleFile'),
  chooseFiles: () => ask('chooseFiles'),
  chooseManifests: () => ask('chooseManifests'),
  chooseNames: () => ask('chooseNames'),
  takeDropped: async (files) => ask('takePaths', files.map(pathOfDropped)),
  recentFiles: () => ask('recentFiles'),
  startNotices: () => ask('startNotices'),
  chooseExportTarget: (suggestedName) => ask('chooseExportTarget', suggestedName),
  finishExport: (target) => ask('finishExport', target),
  saveText: (suggestedName, text) => ask('saveText', { suggestedName, text }),
  onOpenFiles: openings.listen,
  onCommand: commands.listen,
  showMenu: (menus) => ask('showMenu', menus),
  lastWorkspace: () => ask('lastWorkspace'),
  keepWorkspace: (workspace) => ask('keepWorkspace', workspace),
  versions: () => ask('versions'),
  forgetRecent: (token) => ask('forgetRecent', token),
  pinRecent: (token, pinned) => ask('pinRecent', { token, pinned }),
  showDataFolder: () => ask('showDataFolder'),
  setTheme: (theme) => ask('setTheme', theme),
  captureState: () => ask('captureState'),
  startCapture: (plan) => ask('startCapture', plan),
  stopCapture: () => ask('stopCapture'),
  onCaptureState: captureStates.listen,
};

contextBridge.exposeInMainWorld('hopscopeBridge', bridge);

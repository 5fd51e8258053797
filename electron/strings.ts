/** Words for people that the main process shows by itself: menus before the page tells its own, jump list, dialogs. */

export const jumpListWords = { pinned: 'Pinned traces', recent: 'Recent traces', sample: 'Open the sample trace' };

export const menuWords = {
  file: '&File',
  edit: '&Edit',
  view: '&View',
  help: '&Help',
  open: 'Open…',
  openRecent: 'Open Recent',
  noRecent: 'No recent traces',
  clearRecent: 'Clear recent',
  pinned: '(pinned)',
  export: 'Export…',
  layouts: 'Layouts…',
  about: 'About Hopscope',
};

export const unexpectedWords = {
  heading: 'Something went wrong in Hopscope itself',
  explanation: 'No trace was changed. You can go on; if the app behaves oddly, start it again.',
  goOn: 'Go on',
  copy: 'Copy details',
  quit: 'Quit',
  unresponsive: 'The window does not answer',
  unresponsiveDetail: 'It may still be at work. Loading it again brings back what is open; no trace is changed.',
  wait: 'Wait',
  loadAgain: 'Load again',
};

export const captureWords = {
  otherSystem:
    'Hopscope runs captures itself on Windows only. Save the script, run it there as administrator, and open here what it leaves.',
  runsAlready: 'A capture of Hopscope runs already. Stop it first.',
  runsNot: 'No capture of Hopscope runs.',
  notWritten: (reason: string): string => `The script could not be written: ${reason}`,
  refused: 'Windows was not allowed to run the capture as administrator, so nothing was captured.',
  changed: 'The script was changed by another program before it ran, so it was not run.',
  folder: 'A folder that only administrators may change could not be made in ProgramData, so nothing was captured.',
  ended: (reason: string): string =>
    `The capture ended without a word${reason === '' ? '' : ` (${reason})`}. Save the script and run it in an elevated PowerShell to see why.`,
  done: (path: string): string => `The capture lies in ${path}`,
  doneOutOfReach: (path: string, reason: string): string =>
    `The capture lies in ${path}, but cannot be opened here: ${reason}`,
};

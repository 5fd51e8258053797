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
};

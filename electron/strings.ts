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

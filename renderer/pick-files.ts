/** File endings that the dialogs offer, as a file input has them. */
export const traceEndings = '.etl,.pcapng,.pcap,.cap,.cab,.zip';
export const manifestEndings = '.man,.xml,.json,.txt';
export const namesEndings = '.txt,.csv,.json,.xml,.clixml,.cab';

/** The browser's own file dialog; it opens after a click or key press only. Empty when the person changed their mind. */
export function pickBrowserFiles(endings: string): Promise<File[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = true;
    input.accept = endings;
    input.addEventListener('change', () => {
      resolve(Array.from(input.files ?? []));
    });
    input.addEventListener('cancel', () => {
      resolve([]);
    });
    input.click();
  });
}

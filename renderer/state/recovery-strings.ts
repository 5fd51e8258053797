/** English words about lost engines and files that change. */
import { formatSize } from '../format/number.ts';

export const recoveryStrings = {
  engineGone: 'The engine is gone',
  engineGoneAdvice: 'Start Hopscope again; on a web page, reload it. The trace files themselves were never changed.',
  engineGoneAgainAdvice:
    'It was lost shortly before, too, so the page was not loaded again by itself. Close other programs if memory is short, then load it again.',
  loadingAgain: 'Another engine has been started. The page is loaded again, and what was open is opened again.',
  loadPageAgain: 'Load the page again',
  engineReplaced: 'The engine was lost, and another one was started',
  openedAgain:
    'The page was loaded again, and what was open is opened again. No file was changed, and nothing that was saved is lost.',
  changedFiles: (trace: string) => `${trace} is not what is shown any more`,
  grown: (file: string, bytes: number) => `${file} has grown by ${formatSize(bytes)} since it was opened.`,
  changed: (file: string) => `${file} was changed since it was opened: what is shown may not be what the file holds.`,
  missing: (file: string) =>
    `${file} is not where it was when it was opened: what has not been read yet cannot be shown.`,
  reload: 'Reload',
  reloading: (name: string) => `Reading ${name} anew`,
  reloadFailed: 'The trace could not be reloaded',
  reloadFailedAdvice: 'What was open stays open.',
} as const;

import type { JumpListCategory } from 'electron';
import { basename, dirname } from 'node:path';
import type { RecentEntry } from './recent-files.ts';
import { jumpListWords } from './strings.ts';

/**
 * What a right click on the taskbar's icon offers: pinned and recent traces, and the sample. Windows drops a category
 * that brings back what the person has just `removed` from it (arguments of our items).
 */
export function jumpList(
  entries: readonly RecentEntry[],
  { program, sample, removed }: { program: string; sample: string; removed: readonly (string | undefined)[] },
): JumpListCategory[] {
  const traces = (pinned: boolean): NonNullable<JumpListCategory['items']> =>
    entries
      .filter((entry) => entry.pinned === pinned && !removed.includes(quoted(entry.path)))
      .map(({ path }) => ({
        type: 'task',
        title: basename(path),
        description: dirname(path).slice(0, longestDescription),
        program,
        args: quoted(path),
        iconPath: program,
        iconIndex: 0,
      }));
  const categories: JumpListCategory[] = [
    { type: 'custom', name: jumpListWords.pinned, items: traces(true) },
    { type: 'custom', name: jumpListWords.recent, items: traces(false) },
  ];
  const task: JumpListCategory = {
    type: 'tasks',
    items: [{ type: 'task', title: jumpListWords.sample, description: '', program, args: quoted(sample) }],
  };
  return [...categories.filter(({ items }) => items?.length), task];
}

/** Windows takes no longer descriptions. */
const longestDescription = 260;

/** One argument of a Windows command line; a path holds no quotation mark. */
function quoted(path: string): string {
  return `"${path}"`;
}

import { expect, type App } from './app.ts';

/** What was copied, in one line. It is read by pasting it into the filter box, for a page may not read the clipboard. */
async function pasted(app: App): Promise<string> {
  const box = app.at('filter-input');
  await box.fill('');
  await box.focus();
  await app.page.keyboard.press('Control+v');
  const text = (await box.textContent()) ?? '';
  await box.fill('');
  return text;
}

/** Expects what was copied, in one line. A page tells nobody when the clipboard has it: it is pasted until it is as expected. */
export function expectCopied(app: App): ReturnType<typeof expect.poll<string>> {
  return expect.poll(() => pasted(app));
}

/** A trace of ten million events in the app. Figures are printed, because a machine under load would fail them; counts are checked. */
import { join } from 'node:path';
import { generateBenchTrace } from '../build/bench/generate.ts';
import { expect, test, type App } from './app.ts';
import { milliseconds, rendererMemory, spread, untilText, watchLongTasks, watchMainProcess } from './measure.ts';

const wantedEvents = 10_000_000;
/** A bare TCP acknowledgement in an NDIS packet event, and its share of a buffer's header. */
const bytesPerEvent = 178;
const jumps = 20;

test('ten million events: opened, filtered, jumped through', async ({ app, folder }) => {
  test.setTimeout(300_000);
  const { desktop, page } = app;
  if (!desktop) throw new Error('This test is for the desktop.');
  const path = join(folder, 'large.etl');
  const { events, bytes } = generateBenchTrace({ path, bytes: wantedEvents * bytesPerEvent, frameBytes: 66 });
  expect(events).toBeGreaterThanOrEqual(wantedEvents);
  const longTasks = await watchLongTasks(page);
  const mainPauses = await watchMainProcess(desktop);
  const report = (what: string, words: string): void => {
    console.log(`  large trace, ${what}: ${words}`);
  };
  const reportPauses = async (what: string): Promise<void> => {
    const [renderer, main] = [await longTasks(), await mainPauses()];
    report(
      what,
      `longest task of the page ${milliseconds(renderer.longest)} (${renderer.over50} over 50 ms), ` +
        `longest pause of the main process ${milliseconds(main.longest)} (${main.over50} over 50 ms)`,
    );
  };

  let begin = Date.now();
  await app.dropFile(path);
  await page.waitForSelector('[role="gridcell"]', { timeout: 60_000 });
  report('first rows', milliseconds(Date.now() - begin));
  // The log file's header is an event too.
  const all = (events + 1).toLocaleString('en');
  await untilText(page, 'row-count', { is: `${all} of ${all}` });
  report('read whole', `${milliseconds(Date.now() - begin)}, ${(bytes / 2 ** 30).toFixed(2)} GiB, ${events} events`);
  await reportPauses('while reading');

  const jump = async (when: string): Promise<void> => {
    const times: number[] = [];
    for (let number = 1; number <= jumps; number++) times.push(await jumpTo(app, 1 + ((number * 7_919_333) % events)));
    const { median, largest } = spread(times);
    report(`go to a message, ${when}`, `median ${milliseconds(median)}, longest ${milliseconds(largest)}`);
    await reportPauses(`jumping, ${when}`);
  };
  await jump('while its packets are looked through');
  await app.idle(120_000);
  await jump('with nothing else to do');

  begin = Date.now();
  await app.at('filter-input').fill('TCP.SrcPort == 443');
  await app.at('apply-filter').click();
  await untilText(page, 'row-count', { isNot: `${all} of ${all}` });
  report('first rows of a filter over columns', milliseconds(Date.now() - begin));
  await app.idle();
  report('all of a filter over columns', milliseconds(Date.now() - begin));
  await reportPauses('while filtering');
  const { own, heap } = await rendererMemory(desktop, page);
  report('memory of the page', `${own.toFixed(0)} MiB of its process alone, ${heap.toFixed(0)} MiB of it heap`);
});

/** Asks for a message by its number; milliseconds until its row can be read. */
async function jumpTo(app: App, number: number): Promise<number> {
  await app.page.keyboard.press('Control+g');
  await app.at('go-to-input').fill(String(number));
  const words = number.toLocaleString('en');
  return app.page.evaluate(async (shown) => {
    const submit = document.querySelector<HTMLElement>('[data-testid="go-to-submit"]');
    const isShown = (): boolean =>
      [...document.querySelectorAll('[role="gridcell"][col-id="MessageNumber"]')].some(
        // A colored row says by which rule, for those who see no colors.
        (cell) => cell.textContent.trim().split(' ')[0] === shown,
      );
    const begin = performance.now();
    submit?.click();
    while (!isShown()) {
      if (performance.now() - begin > 10_000) throw new Error(`Message ${shown} did not come into sight.`);
      await new Promise((resolve) => {
        requestAnimationFrame(resolve);
      });
    }
    return performance.now() - begin;
  }, words);
}

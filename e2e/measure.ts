/** What a person would feel, measured from outside the code: long tasks of the page, pauses of the main process, memory. */
import type { Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import type { Desktop } from './desktop-app.ts';

/** Milliseconds, the longest first. */
export interface Pauses {
  longest: number;
  over50: number;
}

/**
 * Waits for a text without making the page's tasks longer: Playwright's own `expect` describes the whole page to itself each time
 * that it looks in vain.
 */
export async function untilText(page: Page, testId: string, wanted: { is: string } | { isNot: string }): Promise<void> {
  await page.waitForFunction(
    ([id, expected]) => {
      const text = document.querySelector(`[data-testid="${id}"]`)?.textContent ?? '';
      return 'is' in expected ? text === expected.is : text !== '' && text !== expected.isNot;
    },
    [testId, wanted] as const,
    { polling: 50, timeout: 120_000 },
  );
}

interface Watched {
  hopscopeLongTasks?: number[];
}

/** Begins to note the page's long tasks (over 50 ms, by the browser's own count). */
export async function watchLongTasks(page: Page): Promise<() => Promise<Pauses>> {
  await page.evaluate(() => {
    const tasks: number[] = [];
    (window as Watched).hopscopeLongTasks = tasks;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) tasks.push(entry.duration);
    }).observe({ type: 'longtask' });
  });
  return async () => {
    const tasks = await page.evaluate(() => (window as Watched).hopscopeLongTasks?.splice(0) ?? []);
    return { longest: Math.max(0, ...tasks), over50: tasks.length };
  };
}

/** Begins to note how late the main process's clock ticks; it answers nobody while it is late. */
export async function watchMainProcess({ electron }: Desktop): Promise<() => Promise<Pauses>> {
  await electron.evaluate(() => {
    const state = globalThis as { hopscopeLate?: number[] };
    const late: number[] = [];
    state.hopscopeLate = late;
    const step = 5;
    let expected = performance.now() + step;
    setInterval(() => {
      const now = performance.now();
      if (now - expected > 1) late.push(now - expected);
      expected = now + step;
    }, step);
  });
  return async () => {
    const late = await electron.evaluate(
      () => (globalThis as { hopscopeLate?: number[] }).hopscopeLate?.splice(0) ?? [],
    );
    return { longest: Math.max(0, ...late), over50: late.filter((delay) => delay > 50).length };
  };
}

/** Mebibytes that the page's process shares with no other (all it has in memory, where Linux does not tell), and its heap. */
export async function rendererMemory({ electron }: Desktop, page: Page): Promise<{ own: number; heap: number }> {
  const { pid, workingSet } = await electron.evaluate(({ app, BrowserWindow }) => {
    const own = BrowserWindow.getAllWindows()[0].webContents.getOSProcessId();
    const found = app.getAppMetrics().find((metric) => metric.pid === own);
    return { pid: own, workingSet: found?.memory.workingSetSize ?? 0 };
  });
  const heap = await page.evaluate(
    () => (performance as { memory?: { usedJSHeapSize: number } }).memory?.usedJSHeapSize ?? 0,
  );
  return { own: ((await privateKilobytes(pid)) ?? workingSet) / 1024, heap: heap / 2 ** 20 };
}

async function privateKilobytes(pid: number): Promise<number | undefined> {
  const map = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  const parts = [...map.matchAll(/^Private_(?:Clean|Dirty):\s+(\d+) kB$/gm)].map(([, size]) => Number(size));
  return parts.length === 0 ? undefined : parts.reduce((sum, size) => sum + size, 0);
}

/** The middle one, and the largest. */
export function spread(values: readonly number[]): { median: number; largest: number } {
  const sorted = [...values].sort((a, b) => a - b);
  return { median: sorted[Math.floor(sorted.length / 2)], largest: sorted[sorted.length - 1] };
}

export function milliseconds(value: number): string {
  return `${value.toFixed(0)} ms`;
}

import { test as base, expect, type Locator, type Page } from '@playwright/test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDesktop, type Desktop } from './desktop-app.ts';
import { LazyBrowser, startWeb } from './web-app.ts';

export type HostKind = 'desktop' | 'web';
export interface AppOptions {
  hostKind: HostKind;
  /** Paths given on the command line. */
  startFiles: string[];
  /** What is to die on purpose: HOPSCOPE_TEST_FAULT of core/engine. For the desktop only. */
  fault: string;
}

/** A started app, whichever host it has. */
export interface RunningApp {
  readonly kind: HostKind;
  readonly page: Page;
  /** There when the host is the desktop. */
  readonly desktop: Desktop | undefined;
  /** Drops a real file of this computer on the window, as a file manager does. */
  dropFile(path: string): Promise<void>;
  /** Runs what exports, answers the question where to, and returns the path of the written file. */
  exporting(ending: string, action: () => Promise<void>): Promise<string>;
  /** Runs what opens a file dialog, and chooses this file there. */
  choosing(path: string, action: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

export interface App extends RunningApp {
  /** The element of a test id. */
  at(testId: string): Locator;
  /** Waits until no call to the engine or the host is in flight. */
  idle(timeout?: number): Promise<void>;
  /** Errors that the page has reported so far; a test that provokes some takes them out, for none may be left. */
  readonly complaints: string[];
  /** Kept in test-results/screenshots/<project>/. */
  screenshot(name: string): Promise<void>;
  /** The same in light and, as `<name>-dark`, in dark colours. */
  screenshots(name: string): Promise<void>;
}

export const viewport = { width: 1440, height: 900 };
const screenshotFolder = new URL('../test-results/screenshots/', import.meta.url).pathname;

export const test = base.extend<AppOptions & { folder: string; app: App }, { lazyBrowser: LazyBrowser }>({
  hostKind: ['desktop', { option: true }],
  startFiles: [[], { option: true }],
  fault: ['', { option: true }],

  lazyBrowser: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the wanted fixtures from the pattern
    async ({}, use) => {
      const browser = new LazyBrowser();
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],

  // eslint-disable-next-line no-empty-pattern -- Playwright reads the wanted fixtures from the pattern
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'hopscope-e2e-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  },

  app: async ({ hostKind, startFiles, fault, folder, lazyBrowser }, use, testInfo) => {
    const running = await (hostKind === 'desktop'
      ? startDesktop(folder, startFiles, fault)
      : startWeb(lazyBrowser, folder, startFiles));
    const { page } = running;
    const complaints = listenForComplaints(page);
    const screenshot = async (name: string): Promise<void> => {
      await page.screenshot({ path: join(screenshotFolder, testInfo.project.name, `${name}.png`) });
    };
    try {
      await page.setViewportSize(viewport);
      // A page that has not begun hears of no drop and no key.
      await page.getByTestId('status-bar').waitFor();
      await use({
        ...running,
        complaints,
        at: (testId) => page.getByTestId(testId),
        idle: (timeout) => untilIdle(page, timeout),
        screenshot,
        screenshots: async (name) => {
          await screenshot(name);
          await page.emulateMedia({ colorScheme: 'dark' });
          await screenshot(`${name}-dark`);
          await page.emulateMedia({ colorScheme: 'light' });
        },
      });
    } finally {
      if (testInfo.status !== testInfo.expectedStatus) {
        await page.screenshot({ path: testInfo.outputPath('at-the-end.png') }).catch(() => undefined);
      }
      await running.close();
    }
    expect(complaints, 'errors in the page, and violations of its content security policy').toEqual([]);
  },
});

/** Waits until no call is in flight. It looks often, and without `expect`, which describes the whole page to itself each time that it looks in vain. */
export async function untilIdle(page: Page, timeout = 30_000): Promise<void> {
  const isIdle = (): boolean => document.querySelector('#root[data-idle="true"]') !== null;
  await page.waitForFunction(isIdle, undefined, { polling: 50, timeout });
}

/** What the page reports as an error: exceptions, failed loads, broken content security policy. */
function listenForComplaints(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => {
    complaints.push(String(error));
  });
  page.on('console', (message) => {
    if (message.type() === 'error' || /content security policy/i.test(message.text())) complaints.push(message.text());
  });
  return complaints;
}

/** Takes out the complaints that a test has provoked, of which there must be some. */
export function takeExpected(complaints: string[], pattern: RegExp): void {
  const others = complaints.filter((complaint) => !pattern.test(complaint));
  expect(complaints.length).toBeGreaterThan(others.length);
  complaints.splice(0, complaints.length, ...others);
}

export { expect };

import * as v from 'valibot';
import { appThemes } from '../core/engine/host.ts';
import { JsonFile } from './json-file.ts';

const themeSchema = v.picklist(appThemes);

/** The page's theme, kept so that the window has its colours before the page is loaded. */
export function themeFile(path: string): JsonFile<typeof themeSchema> {
  return new JsonFile(path, themeSchema);
}

/** What a window shows before its page has drawn anything: the page's own surface. */
export function backgroundColor(isDark: boolean): string {
  return isDark ? '#1a1c20' : '#ffffff';
}

/** Puts a text on the clipboard. False when the browser does not let us. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyThroughField(text);
  }
}

/** Puts a PNG image on the clipboard. False when the browser does not let us. */
export async function copyImage(png: Blob): Promise<boolean> {
  try {
    await navigator.clipboard.write([new ClipboardItem({ [png.type]: png })]);
    return true;
  } catch {
    return false;
  }
}

/** For pages that are not trusted with the clipboard interface. */
function copyThroughField(text: string): boolean {
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'visually-hidden';
  const focused = document.activeElement;
  document.body.append(field);
  field.select();
  // Deprecated, and the only way that needs no permission.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const copied = document.execCommand('copy');
  field.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return copied;
}

/** True for the keys that copy, unless a text is selected: then the browser copies that. */
export function isCopying(press: { key: string; ctrlKey: boolean; metaKey: boolean }): boolean {
  const copies = press.key.toLowerCase() === 'c' && (press.ctrlKey || press.metaKey);
  return copies && document.getSelection()?.isCollapsed !== false;
}

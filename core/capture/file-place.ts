/**
 * Whether a Windows path leads to another machine, as far as the path itself tells: a mapped drive looks like any other.
 * `\\?\C:\…` and `\\.\…` are this machine's.
 */
export function isNetworkPath(path: string): boolean {
  const plain = path.trim().replaceAll('/', '\\').toLowerCase();
  if (!plain.startsWith('\\\\')) return false;
  if (plain.startsWith('\\\\?\\unc\\')) return true;
  return !plain.startsWith('\\\\?\\') && !plain.startsWith('\\\\.\\');
}

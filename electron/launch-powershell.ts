import { spawn } from 'node:child_process';
import { win32 } from 'node:path';
import type { LaunchEnd } from './capture-run.ts';

/** What a complaint may take: more is no sentence for a person. */
const longestComplaint = 2000;

/** Runs Windows' own PowerShell without a window; resolves when it has ended, rejects when it cannot be started. */
export function launchPowerShell(words: readonly string[]): Promise<LaunchEnd> {
  const system = process.env.SystemRoot ?? 'C:\\Windows';
  const program = win32.join(system, 'System32', 'WindowsPowerShell', 'v1.0', 'powershell.exe');
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { windowsHide: true, stdio: ['ignore', 'ignore', 'pipe'] });
    let complaint = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint = (complaint + text).slice(0, longestComplaint);
    });
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code, complaint });
    });
  });
}

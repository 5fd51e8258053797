/**
 * `npm start`: opens the desktop app on the sample trace. Where there is no Electron or no screen, the same page is
 * served to a browser on this computer instead.
 */
import { spawn } from 'node:child_process';
import console from 'node:console';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { findElectron, hasScreen, onPath, sandboxArguments } from './provision.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const sample = join(root, 'dist', 'sample', 'container-syn.etl');
const files = existsSync(sample) ? [sample] : [];
/** Ending badly within this time counts as not having started. */
const startMilliseconds = 10_000;

/** @returns {Promise<number>} the exit code */
async function start() {
  const electron = findElectron({ patience: 120_000 });
  if (!electron) return serve('There is no Electron here, and it could not be downloaded.');
  const [program, ...parameters] = onScreen([
    electron.path,
    ...sandboxArguments(),
    ...screenArguments(),
    root,
    ...files,
  ]);
  const { code, early } = await run(program, parameters);
  return code !== 0 && early ? serve(`Electron did not start (it ended with ${code}).`) : code;
}

/**
 * @param {[string, ...string[]]} command
 * @returns {[string, ...string[]]}
 */
function onScreen(command) {
  const virtual = onPath('xvfb-run');
  if (hasScreen() || virtual === undefined) return command;
  console.log('start: there is no screen; the window opens on a virtual one (xvfb-run), where nobody sees it.');
  return [virtual, '-a', '-s', '-screen 0 1600x1000x24', ...command];
}

function screenArguments() {
  if (hasScreen() || onPath('xvfb-run') !== undefined) return [];
  console.log('start: there is no screen and no xvfb-run; trying Electron without a screen.');
  return ['--ozone-platform=headless', '--disable-gpu'];
}

/** @param {string} why */
async function serve(why) {
  console.log(`start: ${why} The same page is served to your browser instead:`);
  const { code } = await run(process.execPath, [join(root, 'dist', 'cli', 'main.js'), 'serve', ...files]);
  return code;
}

/**
 * @param {string} program
 * @param {string[]} parameters
 * @returns {Promise<{ code: number, early: boolean }>}
 */
function run(program, parameters) {
  const started = performance.now();
  let stopped = false;
  const child = spawn(program, parameters, { stdio: 'inherit' });
  /** @param {NodeJS.Signals} signal */
  const stop = (signal) => {
    stopped = true;
    child.kill(signal);
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  return new Promise((resolve) => {
    /** @param {number} code */
    const end = (code) => {
      process.off('SIGINT', stop).off('SIGTERM', stop);
      resolve({ code, early: !stopped && performance.now() - started < startMilliseconds });
    };
    child.on('error', () => {
      end(1);
    });
    child.on('exit', (code) => {
      end(stopped ? 0 : (code ?? 1));
    });
  });
}

process.exitCode = await start();

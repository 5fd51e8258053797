import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileScenario } from '../../scenario/compile.ts';
import type { TraceInfo } from '../contract.ts';
import { Engine } from '../engine.ts';
import { InlinePool } from '../inline-pool.ts';

const assets = fileURLToPath(new URL('../../../assets/', import.meta.url));
const ending = '.scenario';
const sampleName = 'container-syn';

/** The scenarios that lie in the project: the app's sample first, then assets/scenarios. */
export const scenarioNames: readonly string[] = [
  sampleName,
  ...readdirSync(join(assets, 'scenarios'))
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length))
    .sort(),
];

export function scenarioText(name: string): string {
  const folder = name === sampleName ? 'sample' : 'scenarios';
  return readFileSync(join(assets, folder, `${name}${ending}`), 'utf8');
}

export interface OpenedScenario {
  readonly engine: Engine;
  readonly info: TraceInfo;
}

/** Opens the traces of scenarios (several names with `+` between them: as one trace) in an engine of their own for `use`. */
export async function openedScenario<Result>(
  names: string,
  use: (opened: OpenedScenario) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'hopscope-scenario-'));
  const engine = new Engine(new InlinePool());
  try {
    const files = names.split('+').map((name) => {
      const file = join(folder, `${name}.etl`);
      writeFileSync(file, compileScenario(scenarioText(name)));
      return file;
    });
    return await use({ engine, info: await engine.call('open', { files }) });
  } finally {
    await engine.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

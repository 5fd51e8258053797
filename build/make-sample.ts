import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileScenario } from '../core/scenario/compile.ts';

/**
 * Writes traces from their scenarios; the same text always gives the same bytes. `npx tsx build/make-sample.ts` writes the
 * app's sample anew; `npm run samples`, which gives a folder, writes every scenario of assets/scenarios into that.
 */
const target = process.argv.at(2);
const assets = fileURLToPath(new URL('../assets/', import.meta.url));

if (target === undefined) {
  writeTrace(join(assets, 'sample', 'container-syn.scenario'), join(assets, 'sample', 'container-syn.etl'));
} else {
  mkdirSync(target, { recursive: true });
  const folder = join(assets, 'scenarios');
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.scenario'))) {
    writeTrace(join(folder, name), join(target, `${basename(name, '.scenario')}.etl`));
  }
}

function writeTrace(scenario: string, trace: string): void {
  const file = compileScenario(readFileSync(scenario, 'utf8'));
  writeFileSync(trace, file);
  console.log(`${trace}: ${file.length} bytes`);
}

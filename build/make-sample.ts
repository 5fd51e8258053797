import { readFileSync, writeFileSync } from 'node:fs';
import { compileScenario } from '../core/scenario/compile.ts';

/** Writes the sample trace from its scenario: `npx tsx build/make-sample.ts`. The same text always gives the same bytes. */
const folder = new URL('../assets/sample/', import.meta.url);
const file = compileScenario(readFileSync(new URL('container-syn.scenario', folder), 'utf8'));
writeFileSync(new URL('container-syn.etl', folder), file);
console.log(`assets/sample/container-syn.etl: ${file.length} bytes`);

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { providerJsonCommand } from '../schema/manifest/get-winevent.ts';
import { importManifest } from '../schema/manifest/import-manifest.ts';
import type { ImportedProvider } from '../schema/manifest/imported-manifest.ts';

/** Looks a provider up in the registry of the computer that Hopscope runs on; undefined when it is not registered. */
export type SystemLookup = (provider: string, name: string | null) => Promise<ImportedProvider | undefined>;

type Run = (program: string, args: readonly string[]) => Promise<Uint8Array>;

const patience = 10_000;
const mostOutput = 64 << 20;

const runProgram: Run = async (program, args) => {
  const options = { timeout: patience, maxBuffer: mostOutput, windowsHide: true, encoding: 'buffer' } as const;
  return (await promisify(execFile)(program, [...args], options)).stdout;
};

/**
 * On Windows, the system knows every provider that is registered there: most of a trace's, when it was captured on a
 * machine of the same build. Elsewhere there is nothing to ask, and no lookup.
 */
export function systemLookup(platform = process.platform, run: Run = runProgram): SystemLookup | undefined {
  if (platform !== 'win32') return undefined;
  return async (provider, knownName) => {
    const name = knownName ?? (await registeredName(provider, run).catch(() => undefined));
    if (name === undefined || !plainName.test(name)) return undefined;
    for (const [program, args] of questions(name)) {
      const found = await ask(provider, run, program, args);
      if (found) return found;
    }
    return undefined;
  };
}

/** A name may come from the trace, that is from anybody: one that could be an option or more is not passed on. */
const plainName = /^\w[\w .()-]{0,200}$/;

/** wevtutil starts in a moment, but not every version of it prints templates; PowerShell does, and takes its time. */
function questions(name: string): readonly (readonly [program: string, args: readonly string[]])[] {
  return [
    ['wevtutil.exe', ['gp', name, '/ge', '/gm:true', '/f:xml']],
    ['powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', providerJsonCommand(name)]],
  ];
}

async function ask(
  provider: string,
  run: Run,
  program: string,
  args: readonly string[],
): Promise<ImportedProvider | undefined> {
  try {
    const { providers } = importManifest(await run(program, args), program);
    const found = providers.find((one) => one.provider === provider);
    return found && { ...found, schemas: found.schemas.map((schema) => ({ ...schema, source: 'system' })) };
  } catch {
    return undefined; // Not registered, no rights, or too slow: the event is shown as bytes, with advice.
  }
}

const publishersKey = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WINEVT\\Publishers';

/** The name of a provider of which only the GUID is known. */
async function registeredName(provider: string, run: Run): Promise<string | undefined> {
  const answer = new TextDecoder().decode(await run('reg.exe', ['query', `${publishersKey}\\${provider}`, '/ve']));
  return /REG_SZ\s+(.+?)\s*$/m.exec(answer)?.[1];
}

import { describe, expect, it } from 'vitest';
import { createFakeHost, fakeFile } from '../testing/fake-host.ts';
import { createWorkspace } from './workspace.ts';

/** What the engine is asked to open, and what to import names from, when these files are dropped one after the other. */
async function asked(kind: 'desktop' | 'web', ...drops: string[][]): Promise<{ opened: string[]; named: string[] }> {
  const host = { ...createFakeHost(), kind };
  const workspace = createWorkspace(host);
  for (const names of drops) await workspace.takeDropped(names.map((name) => new File(['MSCF'], name)));
  const filesOf = (method: string): string[] =>
    host.engine.requests
      .filter((request) => request.method === method)
      .flatMap(({ params }) => (params as { files: string[] }).files);
  return { opened: filesOf('open'), named: filesOf('importNames') };
}

describe('a report of netsh that is dropped', () => {
  it('stands for its trace when it comes alone', async () => {
    expect(fakeFile('host.cab').token).toBe('host.cab');
    expect(await asked('desktop', ['host.cab'])).toEqual({ opened: ['host.cab'], named: [] });
    expect(await asked('web', ['host.cab'])).toEqual({ opened: ['host.cab'], named: [] });
  });

  it('is read by the engine where it lies beside its trace, and gives names where it was sent without', async () => {
    expect(await asked('desktop', ['host.etl', 'Host.CAB'])).toEqual({ opened: ['host.etl'], named: [] });
    expect(await asked('web', ['host.etl', 'host.cab'])).toEqual({ opened: ['host.etl'], named: ['host.cab'] });
    expect(await asked('web', ['host.etl'], ['host.cab'])).toEqual({ opened: ['host.etl'], named: ['host.cab'] });
  });
});

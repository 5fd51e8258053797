import { defaultPlan } from '../../core/capture/capture-plan.ts';
import { afterEach, describe, expect, it } from 'vitest';
import { captureStore, changePlan, readChoices, resetChoices } from './kept-choices.ts';

afterEach(resetChoices);

describe('choices that were kept', () => {
  it('come back as they were', () => {
    changePlan({
      tool: 'pktmon',
      truncation: 128,
      adapters: ['Ethernet 2'],
      providers: [{ provider: 'Microsoft-Windows-TCPIP', keywords: '0xff', level: 5 }],
    });
    const kept: unknown = JSON.parse(JSON.stringify(captureStore.getState()));
    expect(readChoices(kept)).toEqual(captureStore.getState());
    expect(readChoices(kept).plan).toMatchObject({ tool: 'pktmon', truncation: 128, adapters: ['Ethernet 2'] });
  });

  it('are the first ones where nothing was kept, or nothing that means something', () => {
    for (const kept of [undefined, null, 5, 'x', [], {}, { plan: null }, { plan: [] }]) {
      expect(readChoices(kept)).toEqual({ plan: defaultPlan(), gigabits: 10, frameBytes: 1514, form: 'script' });
    }
  });

  it('lose only what means nothing', () => {
    const { plan, gigabits } = readChoices({
      gigabits: 40,
      plan: {
        tool: 'tcpdump',
        megabytes: 512,
        truncation: -1,
        sets: ['vswitch', 'unheard'],
        providers: [{ provider: 5 }],
        file: 'D:\\a.etl',
        more: 1,
      },
    });
    expect(gigabits).toBe(10);
    expect(plan).toEqual({ ...defaultPlan(), megabytes: 512, file: 'D:\\a.etl' });
  });
});

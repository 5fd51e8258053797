import type { CapturePlan } from '../capture-plan.ts';

/** The netsh command of many a support case: packets everywhere, the vSwitch's events, 1 GB. */
export const examplePlan: CapturePlan = {
  tool: 'netsh',
  windows: '11',
  edition: 'desktop',
  packets: 'both',
  truncation: 0,
  megabytes: 1024,
  fileMode: 'circular',
  adapters: [],
  sets: ['vswitch'],
  providers: [],
  file: 'C:\\trace\\host.etl',
  netshReport: false,
  bundle: 'zip',
};

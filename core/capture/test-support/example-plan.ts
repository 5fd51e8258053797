import { defaultPlan, type CapturePlan } from '../capture-plan.ts';

/** The netsh command of many a support case: packets everywhere, the vSwitch's events, 1 GB. */
export const examplePlan: CapturePlan = { ...defaultPlan('netsh'), windows: '11', file: 'C:\\trace\\host.etl' };

/** The virtual screens that build/end-to-end.mjs started; none where there is a screen already. */
export const screens = (process.env.HOPSCOPE_SCREENS ?? '').split(',').filter(Boolean);

/** The screen for the windows of the tests that run in this process. */
export function ownScreen(): string | undefined {
  return screens.at(Number(process.env.TEST_PARALLEL_INDEX ?? 0)) ?? process.env.DISPLAY;
}

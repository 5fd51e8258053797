/** The sections of the settings, in their order. */
export const settingsSections = ['appearance', 'time', 'opening', 'filter', 'export', 'keyboard', 'privacy'] as const;
export type SettingsSection = (typeof settingsSections)[number];

import type { HostVersions } from '../../core/engine/host.ts';
import { aboutStrings } from './strings.ts';

/** Versions as lines, for the about box and for whoever asks what somebody runs. */
export function versionLines({ app, parts }: Pick<HostVersions, 'app' | 'parts'>): string[] {
  return [aboutStrings.version(app), ...parts];
}

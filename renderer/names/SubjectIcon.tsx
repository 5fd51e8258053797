import {
  Blocks,
  Cable,
  CircleDot,
  Fingerprint,
  Hash,
  Monitor,
  Network,
  Split,
  Waypoints,
  type LucideIcon,
} from 'lucide-react';
import type { NameSubjectKind } from '../../core/engine/contract.ts';
import { namesStrings } from '../strings.ts';

const icons: Readonly<Record<NameSubjectKind, LucideIcon>> = {
  nic: Cable,
  switch: Split,
  port: CircleDot,
  interface: Hash,
  vm: Monitor,
  network: Network,
  mac: Fingerprint,
  'ip-address': Waypoints,
  'pktmon-component': Blocks,
};

/** What kind of thing has a name, told by shape and in words. */
export function SubjectIcon({ kind }: { kind: NameSubjectKind }) {
  const Icon = icons[kind];
  return (
    <span className="subject-icon" title={namesStrings.kinds[kind]}>
      <Icon size={14} role="img" aria-label={namesStrings.kinds[kind]} aria-hidden={false} />
    </span>
  );
}

/** How verdicts and components look: one icon each, so that colour is never the only cue. */
import {
  ArrowLeftRight,
  Ban,
  Blocks,
  Box,
  Cable,
  CircleCheck,
  CircleDashed,
  CircleHelp,
  CircleX,
  Filter,
  Layers,
  LogIn,
  LogOut,
  Monitor,
  Network,
  Puzzle,
  Server,
  Shapes,
  Split,
  Ungroup,
  type LucideIcon,
} from 'lucide-react';
import type { ComponentKind, VerdictKind } from '../../core/engine/contract.ts';

export type VerdictLevel = 'good' | 'note' | 'loss' | 'defect';

export const verdictLooks: Readonly<Record<VerdictKind, { icon: LucideIcon; level: VerdictLevel }>> = {
  answered: { icon: CircleCheck, level: 'good' },
  refused: { icon: Ban, level: 'loss' },
  dropped: { icon: CircleX, level: 'defect' },
  vanished: { icon: CircleDashed, level: 'loss' },
  unanswered: { icon: CircleHelp, level: 'loss' },
  'outside-only': { icon: LogOut, level: 'note' },
  'inside-only': { icon: LogIn, level: 'note' },
};

export const componentIcons: Readonly<Record<ComponentKind, LucideIcon>> = {
  wire: Cable,
  'physical-nic': Network,
  team: Ungroup,
  switch: Split,
  extension: Puzzle,
  'host-vnic': Server,
  'vm-nic': Monitor,
  'container-nic': Box,
  filter: Filter,
  protocol: Layers,
  'ip-interface': Blocks,
  translator: ArrowLeftRight,
  other: Shapes,
};

import { CircleCheck, CircleX, Info, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { Finding } from '../../core/engine/contract.ts';

const icons: Readonly<Record<Finding['level'], LucideIcon>> = {
  good: CircleCheck,
  note: Info,
  loss: TriangleAlert,
  defect: CircleX,
};

/** How grave a finding is. The word stands beside it, or in the name of what it is a part of. */
export function LevelIcon({ level, size }: { level: Finding['level']; size: number }) {
  const Icon = icons[level];
  return <Icon size={size} className={`level-${level}`} aria-hidden />;
}

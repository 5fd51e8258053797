import { Info, OctagonX, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { DiagnosisLevel } from '../../core/engine/contract.ts';

const icons: Readonly<Record<DiagnosisLevel, LucideIcon>> = {
  error: OctagonX,
  warning: TriangleAlert,
  information: Info,
};

interface DiagnosisIconProps {
  level: DiagnosisLevel;
  size: number;
  /** Where no word stands beside it. */
  label?: string | undefined;
}

/** How grave a finding is, told by shape and colour. */
export function DiagnosisIcon({ level, size, label }: DiagnosisIconProps) {
  const Icon = icons[level];
  return (
    <Icon
      size={size}
      className={`diagnosis-${level}`}
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label, 'aria-hidden': false })}
    />
  );
}

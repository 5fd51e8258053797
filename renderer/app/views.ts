/** What can stand in the middle of the window. A new view is a line here, and a page in App.tsx. */
import { ClipboardCheck, Rows3, Stethoscope, type LucideIcon } from 'lucide-react';
import type { ViewName } from '../state/model.ts';

export const views: readonly { name: ViewName; icon: LucideIcon }[] = [
  { name: 'messages', icon: Rows3 },
  { name: 'diagnosis', icon: Stethoscope },
  { name: 'completeness', icon: ClipboardCheck },
];

/** What can stand in the middle of the window. A new view is a line here, and a page in App.tsx. */
import { ClipboardCheck, Route, Rows3, Stethoscope, Tags, type LucideIcon } from 'lucide-react';
import type { ViewName } from '../state/model.ts';

export const views: readonly { name: ViewName; icon: LucideIcon }[] = [
  { name: 'messages', icon: Rows3 },
  { name: 'connections', icon: Route },
  { name: 'diagnosis', icon: Stethoscope },
  { name: 'names', icon: Tags },
  { name: 'completeness', icon: ClipboardCheck },
];

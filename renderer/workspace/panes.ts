/** The panes of a trace: what each shows, and its icon. A new pane is a line here, one in `pane-ids.ts`, and a title. */
import {
  Binary,
  ChartBarDecreasing,
  ChartNoAxesColumn,
  ClipboardCheck,
  ListTree,
  MessageSquareText,
  Route,
  Rows3,
  Stethoscope,
  Tags,
  Waypoints,
  type LucideIcon,
} from 'lucide-react';
import type { ComponentType } from 'react';
import { BytesPane } from '../bytes/BytesPane.tsx';
import { CompletenessView } from '../completeness/CompletenessView.tsx';
import { ConnectionsView } from '../connections/ConnectionsView.tsx';
import { DetailsPane } from '../details/DetailsPane.tsx';
import { DiagnosisView } from '../diagnosis/DiagnosisView.tsx';
import { NamesView } from '../names/NamesView.tsx';
import { NotesPane } from '../notes/NotesPane.tsx';
import { PathPane } from '../path/PathPane.tsx';
import type { Session } from '../state/model.ts';
import { SummaryPane } from '../summary/SummaryPane.tsx';
import { TimelinePane } from '../timeline/TimelinePane.tsx';
import { MessagesPane } from './MessagesPane.tsx';
import type { PaneId } from './pane-ids.ts';

interface PaneDefinition {
  readonly icon: LucideIcon;
  /** Shows the trace on show. */
  readonly component: ComponentType<{ session: Session }>;
  /** Stays as it is behind other tabs; else it is made anew when it comes in front. */
  readonly isKept?: true;
}

export const panes: Readonly<Record<PaneId, PaneDefinition>> = {
  messages: { icon: Rows3, component: MessagesPane, isKept: true },
  connections: { icon: Route, component: ConnectionsView },
  diagnosis: { icon: Stethoscope, component: DiagnosisView },
  names: { icon: Tags, component: NamesView },
  completeness: { icon: ClipboardCheck, component: CompletenessView },
  path: { icon: Waypoints, component: PathPane },
  timeline: { icon: ChartNoAxesColumn, component: TimelinePane },
  summary: { icon: ChartBarDecreasing, component: SummaryPane },
  notes: { icon: MessageSquareText, component: NotesPane },
  details: { icon: ListTree, component: DetailsPane },
  bytes: { icon: Binary, component: BytesPane },
};

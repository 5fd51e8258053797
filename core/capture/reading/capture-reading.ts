import type { CapturePlan, CaptureTool } from '../capture-plan.ts';

/** What a pasted command, script or transcript was found to say. */
export interface CaptureReading {
  /** Commands about captures and traces, in the order of the text; all others are passed over. */
  readonly commands: readonly ExplainedCommand[];
  /** The same capture as a plan: the first that the text starts; null where it starts none. */
  readonly plan: CapturePlan | null;
  /** What the text leaves out or gets wrong, the gravest first. */
  readonly missing: readonly Missing[];
  /** True when the text is longer than `longestText` and only its beginning was read. */
  readonly isCut: boolean;
}

export interface ExplainedCommand {
  /** Line of the text, from 1, where the command begins. */
  readonly line: number;
  /** As it was written, with continued lines joined. */
  readonly text: string;
  readonly tool: CaptureTool | 'other';
  readonly does: 'start' | 'stop' | 'prepare' | 'convert' | 'gather' | 'other';
  /** What the command does. */
  readonly words: string;
  readonly arguments: readonly ExplainedArgument[];
}

export interface ExplainedArgument {
  readonly text: string;
  readonly words: string;
  /** False where the tool has no such argument, or the value cannot be. */
  readonly known: boolean;
}

export const missingSeverities = ['error', 'warning', 'note'] as const;

export interface Missing {
  /** Stable, for keys and tests. */
  readonly id: string;
  /** 'error': it will not run, or not capture; 'warning': it may not show what is looked for; 'note': worth knowing. */
  readonly severity: (typeof missingSeverities)[number];
  readonly words: string;
  /** What to write or do instead. */
  readonly mend: string;
  /** Line of the text, from 1. */
  readonly line?: number;
}

/** Characters that are read: scripts are far shorter, and reading must not hold up a page. */
export const longestText = 1 << 18;

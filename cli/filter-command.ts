import { resolve } from 'node:path';
import type { ExplainedNode, FilterExplanation, TraceId } from '../core/engine/contract.ts';
import type { Engine } from '../core/engine/engine.ts';
import { UsageError, type Arguments } from './arguments.ts';
import { importNames, withEngine } from './open-trace.ts';

/** `filter explain EXPRESSION [FILE...]`: how a filter is understood, and how it would be carried out on a trace. */
export async function filterCommand(given: Arguments): Promise<void> {
  const [action, filter, ...files] = given.files;
  if (action !== 'explain' || given.files.length < 2) throw new UsageError('filter explain EXPRESSION [FILE...]');
  await withEngine(given, async (engine) => {
    const trace = files.length === 0 ? null : await opened(engine, files);
    if (trace !== null) await importNames(engine, trace, given.names);
    const explanation = await engine.call('explain', { trace, filter });
    console.log(given.json ? JSON.stringify(explanation, null, 2) : explanationText(explanation));
  });
}

async function opened(engine: Engine, files: readonly string[]): Promise<TraceId> {
  const { trace } = await engine.call('open', { files: files.map((file) => resolve(file)) });
  return trace;
}

function explanationText({ canonical, tree, plan, notes }: FilterExplanation): string {
  const parts = [
    ['Filter', `  ${canonical === '' ? '(empty)' : canonical}`],
    ['Understood as', ...nodeLines(tree, 1)],
    ['Carried out as', ...nodeLines(plan, 1)],
    ...(notes.length === 0 ? [] : [['Notes', ...notes.map((note) => `  ${note}`)]]),
  ];
  return parts.map((lines) => lines.join('\n')).join('\n\n');
}

function nodeLines({ text, children }: ExplainedNode, depth: number): string[] {
  return [`${'  '.repeat(depth)}${text}`, ...children.flatMap((child) => nodeLines(child, depth + 1))];
}

import { fraction, formatCount, formatPercent, formatRate, formatSize } from '../format/number.ts';
import { waitFacts } from './pace.ts';
import type { Task } from '../state/model.ts';
import { appStrings, taskStrings } from '../strings.ts';
import { useNow } from './use-now.ts';
import { useWorkspace, useWorkspaceState } from './use-workspace.ts';

const testIds = {
  open: 'open-progress',
  transfer: 'transfer-progress',
  diagnosis: 'diagnosis-progress',
  paths: 'paths-progress',
  sort: 'sort-progress',
  export: 'export-progress',
} as const;

/** Long work under way, one thin line each: what, how much, how fast, how long, and Cancel. */
export function TaskStrip() {
  const tasks = useWorkspaceState((state) => state.tasks);
  return (
    <div className="task-strip">
      {tasks.map((task) => (
        <TaskLine key={task.key} task={task} />
      ))}
    </div>
  );
}

function TaskLine({ task }: { task: Task }) {
  const workspace = useWorkspace();
  const now = useNow(500);
  const part = fraction(task.done, task.total);
  return (
    <div className="task-line" data-testid={testIds[task.kind]}>
      <progress value={part} max={1} aria-label={task.title} />
      <span className="task-title">{task.title}</span>
      <span className="task-facts">{taskFacts(task, now - task.startedAt).join(' · ')}</span>
      {task.cancellable && (
        <button
          type="button"
          className="button button-small"
          title={taskStrings.cancel(task.title)}
          data-testid={task.kind === 'open' ? 'cancel-open' : `cancel-${task.kind}`}
          onClick={() => {
            workspace.cancelTask(task.key);
          }}
        >
          {appStrings.cancel}
        </button>
      )}
    </div>
  );
}

function taskFacts(task: Task, elapsed: number): string[] {
  const amount = task.unit === 'bytes' ? formatSize : formatCount;
  const facts = [formatPercent(task.done, task.total), taskStrings.ofSize(amount(task.done), amount(task.total))];
  if (task.unit === 'bytes' && elapsed > 500) facts.push(formatRate(task.done, elapsed));
  if (task.facts !== '') facts.push(task.facts);
  facts.push(...waitFacts(task.done, task.total, elapsed));
  return facts;
}

import { useEffect, useState } from 'react';
import type { FilterCheck, TraceId } from '../../core/engine/contract.ts';
import { useWorkspace } from '../app/use-workspace.ts';

/** Whoever types faster than this is not interrupted. */
const pauseMilliseconds = 150;

interface Checked {
  text: string;
  trace: TraceId | undefined;
  check: FilterCheck;
}

/** What the engine says about a text for a trace, a moment after it was typed; undefined until then. */
export function useFilterCheck(text: string, trace: TraceId | undefined): FilterCheck | undefined {
  const workspace = useWorkspace();
  const [checked, setChecked] = useState<Checked>();
  useEffect(() => {
    if (text === '') return undefined;
    let isCurrent = true;
    const timer = setTimeout(() => {
      void workspace.checkFilter(text).then((check) => {
        if (isCurrent && check) setChecked({ text, trace, check });
      });
    }, pauseMilliseconds);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [workspace, text, trace]);
  return checked?.text === text && checked.trace === trace ? checked.check : undefined;
}

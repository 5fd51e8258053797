import { planTroubles } from '../../core/capture/plan-troubles.ts';
import { RotateCcw, X } from 'lucide-react';
import { useId, useLayoutEffect, useMemo, useRef, type RefObject } from 'react';
import { useStore } from 'zustand';
import { IconButton, TextButton } from '../app/Buttons.tsx';
import { useWorkspace, useWorkspaceState } from '../app/use-workspace.ts';
import { checksOf } from './checks.ts';
import { Checks } from './Checks.tsx';
import { ExplainSection } from './ExplainSection.tsx';
import { captureStore, resetChoices } from './kept-choices.ts';
import { PlanForm } from './PlanForm.tsx';
import { planScript } from './plan-script.ts';
import { RateTable } from './RateTable.tsx';
import { RunHere } from './RunHere.tsx';
import { ScriptPane } from './ScriptPane.tsx';
import { captureStrings } from './strings.ts';
import { Tabs } from './Tabs.tsx';

const sections = ['build', 'explain'] as const;

/** Writes capture scripts and reads them back. */
export function CapturePage() {
  const workspace = useWorkspace();
  const headingId = useId();
  const section = useWorkspaceState((state) => state.capturePage.section);
  const page = useRef<HTMLElement>(null);
  useTakenFocus(page);
  return (
    <main ref={page} className="capture-page" aria-labelledby={headingId} tabIndex={-1} data-testid="capture-page">
      <h2 id={headingId} className="visually-hidden">
        {captureStrings.heading}
      </h2>
      <Tabs
        label={captureStrings.sectionList}
        names={sections}
        chosen={section}
        titles={captureStrings.sections}
        testId="capture-section"
        className="capture-sections"
        onChoose={(chosen) => {
          workspace.openCapturePage(chosen);
        }}
        tools={
          <div className="capture-page-tools">
            {section === 'build' && (
              <TextButton
                label={captureStrings.reset}
                hint={captureStrings.resetHint}
                icon={RotateCcw}
                testId="reset-capture"
                onPress={resetChoices}
              />
            )}
            <IconButton
              label={captureStrings.close}
              hint={captureStrings.closeHint}
              icon={X}
              {...(workspace.hostKind === 'desktop' && { command: 'close' as const })}
              testId="close-capture"
              onPress={workspace.closeCapturePage}
            />
          </div>
        }
      >
        {section === 'build' ? <BuildSection /> : <ExplainSection />}
      </Tabs>
    </main>
  );
}

/** What had the focus lies under the page: the page takes it, and gives it back at the end. */
function useTakenFocus(page: RefObject<HTMLElement | null>): void {
  const focused = useRef<Element>(undefined);
  useLayoutEffect(() => {
    focused.current ??= document.activeElement ?? document.body;
    (page.current?.querySelector('textarea') ?? page.current)?.focus();
    return () => {
      // What lies under the page can take the focus only when the page is gone.
      requestAnimationFrame(() => {
        if (document.activeElement === document.body && focused.current instanceof HTMLElement) focused.current.focus();
      });
    };
  }, [page]);
}

/** The choices, and beside them what to know before and the script that they make. */
function BuildSection() {
  const choices = useStore(captureStore);
  const { plan, gigabits, frameBytes } = choices;
  const troubles = useMemo(() => planTroubles(plan), [plan]);
  const checks = useMemo(
    () => checksOf(plan, troubles, { gigabits, frameBytes }),
    [plan, troubles, gigabits, frameBytes],
  );
  const script = useMemo(() => planScript(plan), [plan]);
  return (
    <div className="capture-build">
      <PlanForm choices={choices} troubles={troubles} />
      <div
        className="capture-result"
        role="region"
        aria-label={captureStrings.result}
        tabIndex={0}
        data-pane="capture-result"
      >
        <Checks checks={checks} />
        <RateTable choices={choices} />
        <ScriptPane plan={plan} script={script} form={choices.form} />
        <RunHere plan={plan} canWork={script !== undefined} />
      </div>
    </div>
  );
}

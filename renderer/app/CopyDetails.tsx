import { useVersions } from '../settings/use-versions.ts';
import { appStrings } from '../strings.ts';
import { CopyButton } from './CopyButton.tsx';
import { failureText, type FailureReport } from './failure-report.ts';

/** Copies everything that somebody else needs to understand what went wrong. */
export function CopyDetails({ heading, sentences, error, files = [] }: FailureReport) {
  const versions = useVersions();
  return (
    <CopyButton
      label={appStrings.copyDetails}
      hint={appStrings.copyDetailsHint}
      testId="copy-failure"
      text={() => failureText({ heading, sentences, error, files }, versions ?? undefined, new Date())}
    />
  );
}

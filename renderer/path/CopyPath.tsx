import { useState } from 'react';
import { copyImage, copyText } from '../app/clipboard.ts';
import { CopyMenu } from '../app/CopyMenu.tsx';
import type { Point } from '../app/Menu.tsx';
import { useCopiedNews } from '../app/use-copied.ts';
import { pathStrings } from '../strings.ts';
import { hopTableText } from './hop-table.ts';
import { pathText } from './path-text.ts';
import { pictureOnShow, pngOf } from './picture.ts';
import type { DiagramContent } from './tracks.ts';

/** A menu of the forms in which what the diagram shows can be copied. */
export function CopyPath({ content, offsetMinutes }: { content: DiagramContent; offsetMinutes: number }) {
  const [at, setAt] = useState<Point>();
  const [copied, setCopied] = useCopiedNews();
  const [failed, setFailed] = useState(false);
  const paths = content.tracks.map(({ path }) => path);
  const tell = (work: Promise<boolean>): void => {
    void work
      .catch(() => false)
      .then((done) => {
        setCopied(done);
        setFailed(!done);
      });
  };
  const forms: Readonly<Record<keyof typeof pathStrings.copyAs, () => Promise<boolean>>> = {
    text: () => copyText(paths.map((path) => pathText(path, offsetMinutes)).join('\n')),
    table: () => copyText(hopTableText(paths, offsetMinutes)),
    svg: () => copyText(pictureOnShow(content, offsetMinutes).text),
    png: async () => copyImage(await pngOf(pictureOnShow(content, offsetMinutes))),
  };
  const names = Object.keys(forms) as (keyof typeof forms)[];
  return (
    <>
      {failed && (
        <span className="warning" role="status">
          {pathStrings.notCopied}
        </span>
      )}
      <CopyMenu
        label={pathStrings.copy}
        items={names.map((name) => ({
          label: pathStrings.copyAs[name],
          testId: `copy-path-${name}`,
          onChoose: () => {
            tell(forms[name]());
          },
        }))}
        at={at}
        onMove={setAt}
        copied={copied}
        testId="copy-path"
      />
    </>
  );
}

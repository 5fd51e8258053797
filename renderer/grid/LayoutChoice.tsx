import { useId, useState, type SyntheticEvent } from 'react';
import { useStore } from 'zustand';
import { TextButton } from '../app/Buttons.tsx';
import { copyText } from '../app/clipboard.ts';
import {
  applyLayout,
  deleteLayout,
  exportLayouts,
  gridLayoutStore,
  importLayouts,
  namedLayouts,
  renameLayout,
  saveLayout,
} from '../state/grid-layout.ts';
import { sameLayout } from './grid-layout.ts';
import { nameProblem } from './saved-layouts.ts';
import { copyStrings, layoutStrings } from './strings.ts';

/** What a person is asked for, in place of the buttons. */
type Question = 'save' | 'rename' | 'import';

/** Layouts of columns under names: apply, keep, rename, delete, hand on. */
export function LayoutChoice() {
  const { own, layout } = useStore(gridLayoutStore);
  const layouts = namedLayouts(own);
  const shown = layouts.find((each) => sameLayout(each.layout, layout));
  const [question, setQuestion] = useState<Question>();
  const [words, setWords] = useState('');
  const name = shown?.name ?? '';
  const isOwn = own.some((each) => each.name === name);
  const ask = (wanted: Question) => () => {
    setWords('');
    setQuestion(wanted);
  };
  const finish = (outcome: string): void => {
    setWords(outcome);
    setQuestion(undefined);
  };

  return (
    <section className="layouts-line" aria-label={layoutStrings.layouts}>
      {question === undefined ? (
        <>
          <label className="layout-choice">
            {layoutStrings.layouts}
            <select
              value={name}
              data-testid="layout-choice"
              onChange={(event) => {
                applyLayout(event.target.value);
              }}
            >
              {name === '' && <option value="">{layoutStrings.columnsOnShow}</option>}
              {layouts.map((each) => (
                <option key={each.name}>{each.name}</option>
              ))}
            </select>
          </label>
          <TextButton
            label={layoutStrings.saveAs}
            hint={layoutStrings.saveAsHint}
            testId="save-layout"
            onPress={ask('save')}
          />
          <TextButton
            label={layoutStrings.rename}
            hint={layoutStrings.renameHint(name)}
            disabled={!isOwn}
            testId="rename-layout"
            onPress={ask('rename')}
          />
          <TextButton
            label={layoutStrings.delete}
            hint={layoutStrings.deleteHint(name)}
            disabled={!isOwn}
            testId="delete-layout"
            onPress={() => {
              deleteLayout(name);
            }}
          />
          <TextButton
            label={layoutStrings.copy}
            hint={layoutStrings.copyHint}
            testId="copy-layouts"
            onPress={() =>
              void copyText(exportLayouts(name === '' ? layoutStrings.columnsOnShow : name)).then((copied) => {
                setWords(copied ? layoutStrings.copied : copyStrings.refused);
              })
            }
          />
          <TextButton
            label={layoutStrings.paste}
            hint={layoutStrings.pasteHint}
            testId="import-layouts-text"
            onPress={ask('import')}
          />
        </>
      ) : question === 'import' ? (
        <ImportQuestion onEnd={finish} />
      ) : (
        <NameQuestion current={question === 'rename' ? name : undefined} onEnd={finish} />
      )}
      <p className="dialog-message" role="status">
        {words}
      </p>
    </section>
  );
}

interface QuestionProps {
  /** With what is to be told. */
  onEnd: (words: string) => void;
}

/** Asks for the name of a layout; `current` is the one that is to be replaced by it. */
function NameQuestion({ current, onEnd }: QuestionProps & { current: string | undefined }) {
  const [name, setName] = useState(current ?? '');
  const [problem, setProblem] = useState('');
  const problemId = useId();
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    const wrong = nameProblem(name, gridLayoutStore.getState().own, current);
    if (wrong !== undefined) {
      setProblem(wrong);
      return;
    }
    if (current === undefined) saveLayout(name);
    else renameLayout(current, name);
    onEnd('');
  };
  return (
    <form className="layout-question" onSubmit={submit}>
      <input
        className="text-input"
        autoFocus
        aria-label={layoutStrings.name}
        aria-describedby={problemId}
        aria-invalid={problem !== ''}
        placeholder={layoutStrings.name}
        value={name}
        data-testid="layout-name"
        onChange={(event) => {
          setName(event.target.value);
          setProblem('');
        }}
      />
      <button
        type="submit"
        className="button button-primary"
        title={layoutStrings.saveAsHint}
        data-testid="keep-layout"
      >
        {layoutStrings.save}
      </button>
      <TextButton
        label={layoutStrings.cancel}
        onPress={() => {
          onEnd('');
        }}
      />
      <span id={problemId} className="warning" role="alert">
        {problem}
      </span>
    </form>
  );
}

function ImportQuestion({ onEnd }: QuestionProps) {
  const [text, setText] = useState('');
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    const { layouts, problems } = importLayouts(text);
    const taken = layouts.length > 0 ? [layoutStrings.taken(layouts.length)] : [];
    onEnd([...taken, ...problems].join(' '));
  };
  return (
    <form className="layout-question" onSubmit={submit}>
      <textarea
        className="text-input layout-text"
        autoFocus
        rows={3}
        aria-label={layoutStrings.pasteLabel}
        placeholder={layoutStrings.pasteLabel}
        value={text}
        data-testid="layouts-text"
        onChange={(event) => {
          setText(event.target.value);
        }}
      />
      <button
        type="submit"
        className="button button-primary"
        title={layoutStrings.pasteHint}
        data-testid="take-layouts"
      >
        {layoutStrings.take}
      </button>
      <TextButton
        label={layoutStrings.cancel}
        onPress={() => {
          onEnd('');
        }}
      />
    </form>
  );
}

/** Colours for the parts of a filter, from the language's own reading of it. */
import { StateField, type Extension, type Text } from '@codemirror/state';
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view';
import { syntaxSpans } from '../../../core/filter/language/syntax-spans.ts';

export const highlighting: Extension = StateField.define<DecorationSet>({
  create: ({ doc }) => colours(doc),
  update: (before, transaction) => (transaction.docChanged ? colours(transaction.newDoc) : before),
  provide: (field) => EditorView.decorations.from(field),
});

function colours(doc: Text): DecorationSet {
  const spans = syntaxSpans(doc.toString()).filter(({ start, end }) => start < end);
  return Decoration.set(
    spans.map(({ start, end, kind }) => Decoration.mark({ class: `syntax-${kind}` }).range(start, end)),
    true,
  );
}

import { useMemo, useState } from 'react';
import { translateFilter, type Translation } from '../../core/filter/language/translation/translate-filter.ts';

export interface ForeignFilter {
  /** What the text in the box, or the one that was pasted there, is in our language. */
  translation: Translation | undefined;
  /** What was pasted, where the translation has taken its place. */
  original: string | undefined;
  /** Takes a pasted text for the whole box; undefined when it stays as it is. */
  pasteWhole: (text: string) => string | undefined;
  forget: () => void;
}

interface Pasted {
  original: string;
  translation: Translation & { filter: string };
}

/** Filters of other tools in the box (its text without the blanks around it): pasted ones are translated at once. */
export function useForeignFilter(text: string): ForeignFilter {
  const [pasted, setPasted] = useState<Pasted>();
  const typed = useMemo(() => (text === '' ? undefined : (translateFilter(text) ?? undefined)), [text]);
  const isPasted = pasted?.translation.filter === text;
  return {
    translation: isPasted ? pasted.translation : typed,
    original: isPasted ? pasted.original : undefined,
    pasteWhole: (whole) => {
      const original = whole.trim();
      const translation = translateFilter(original);
      const filter = translation?.filter ?? undefined;
      if (!translation || filter === undefined) return undefined;
      setPasted({ original, translation: { ...translation, filter } });
      return filter;
    },
    forget: () => {
      setPasted(undefined);
    },
  };
}

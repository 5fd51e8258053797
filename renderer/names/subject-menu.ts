/** What can be done with something that has, or could have, a name. */
import type { NamedSubject } from '../../core/engine/contract.ts';
import type { MenuItem } from '../app/Menu.tsx';
import { quoted } from '../details/node-filter.ts';
import type { QuickFilter } from '../quick-filter/cell-filter.ts';
import { quickFilterItems, type QuickFilterDoer } from '../quick-filter/quick-filter-items.ts';
import { namesStrings } from '../strings.ts';

interface SubjectMenu {
  subject: NamedSubject;
  /** The name that a person gave, which can be taken back. */
  byHand: string | undefined;
  filterBy: QuickFilterDoer;
  copy: (text: string) => void;
  /** Begins to change the name in its place. */
  edit: () => void;
  takeBack: () => void;
}

export function subjectItems({ subject, byHand, filterBy, copy, edit, takeBack }: SubjectMenu): MenuItem[] {
  const { text, name, command } = subject;
  const { menu } = namesStrings;
  return [
    { label: menu.edit, keys: 'F2', testId: 'name-edit', onChoose: edit },
    { label: menu.takeBack, disabled: byHand === undefined, testId: 'name-take-back', onChoose: takeBack },
    ...quickFilterItems(subjectFilter(subject), filterBy).map((item, index) => ({ ...item, separated: index === 0 })),
    {
      label: menu.copyName,
      separated: true,
      disabled: name === null,
      testId: 'copy-name',
      onChoose: () => {
        copy(name ?? '');
      },
    },
    {
      label: namesStrings.copyKey(text),
      testId: 'copy-key',
      onChoose: () => {
        copy(text);
      },
    },
    {
      label: menu.copyCommand,
      disabled: command === null,
      testId: 'copy-fetch-command',
      onChoose: () => {
        copy(command ?? '');
      },
    },
  ];
}

/** The messages that it was at, or that name it. */
export function subjectFilter({ kind, text, name }: Pick<NamedSubject, 'kind' | 'text' | 'name'>): QuickFilter[] {
  switch (kind) {
    case 'mac':
      return [{ text: `Ethernet.Address == ${text}` }];
    case 'ip-address':
      return [{ text: `${text.includes(':') ? 'IPv6' : 'IPv4'}.Address == ${text}` }];
    case 'nic':
    case 'interface':
    case 'pktmon-component':
      return name === null ? [] : [{ text: `Component == ${quoted(name)}` }];
    case 'switch':
    case 'port':
    case 'vm':
    case 'network':
      return [{ text: `*Summary contains ${quoted(name ?? text)}` }];
  }
}

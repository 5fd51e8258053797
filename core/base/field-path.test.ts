import { expect, it } from 'vitest';
import { fieldPathName } from './field-path.ts';

it('a field name is a word of a filter path once what is no letter, digit or underscore is replaced', () => {
  expect(['SourcePort', 'Content-Length', 'Größe in Byte', '6to4', ''].map(fieldPathName)).toEqual([
    'SourcePort',
    'Content_Length',
    'Größe_in_Byte',
    '_6to4',
    '_',
  ]);
});

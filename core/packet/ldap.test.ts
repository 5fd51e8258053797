import { expect, it } from 'vitest';
import { looksLikeLdap } from './ldap.ts';
import { bytesOf } from './test-frames.ts';
import { topOf } from './test-support/corpus.ts';

it.each([
  ['LDAP bind', 'Bind Request, MessageId: 1, Version: 3, Name: CN=alice'],
  ['LDAP refusal', 'Bind Response, MessageId: 1, ResultCode: invalidCredentials'],
  ['LDAP search', 'Search Request, MessageId: 2, BaseObject: DC=contoso,DC=com, Scope: wholeSubtree'],
  ['LDAP ping', 'Search Request, MessageId: 7, BaseObject: (root), Scope: wholeSubtree'],
  [
    'LDAP entry and end',
    'Search Result Entry, MessageId: 2, ObjectName: CN=alice; Search Result Done, MessageId: 2, ResultCode: success',
  ],
  ['LDAP extended request', 'Extended Request, MessageId: 3, RequestName: 1.3.6.1.4.1.1466.20037'],
])('%s', (name, summary) => {
  expect(topOf(name)).toMatchObject({ module: 'LDAP', summary });
  expect(topOf(name).note).toBeUndefined();
});

it.each([
  ['30 05 02 01 01 42 00', true],
  ['30 05 02 01 01 5d 00', false],
  ['30 05 04 01 01 42 00', false],
  ['30 0a 02 05 0102030405', false],
  ['00 00 00 10', false],
])('%s looks like LDAP: %s', (text, expected) => {
  const bytes = bytesOf(text);
  expect(looksLikeLdap(bytes, 0, bytes.length)).toBe(expected);
});

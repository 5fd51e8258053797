import { expect, it } from 'vitest';
import { topOf } from './test-support/corpus.ts';

it.each([
  ['Kerberos request in a stream', 'AS Request, Cname: alice, Realm: CONTOSO.COM, Sname: krbtgt/CONTOSO.COM'],
  ['Kerberos request', 'TGS Request, Cname: alice, Realm: CONTOSO.COM, Sname: krbtgt/CONTOSO.COM'],
  ['Kerberos response', 'TGS Response, Cname: alice, Realm: CONTOSO.COM, Sname: cifs/fs1.contoso.com'],
  ['Kerberos error', 'KRB_ERROR, KDC_ERR_PREAUTH_REQUIRED, Realm: CONTOSO.COM, Sname: krbtgt/CONTOSO.COM'],
])('%s', (name, summary) => {
  expect(topOf(name)).toMatchObject({ module: 'KerberosV5', summary });
});

it('a message that is cut is told as far as it goes', () => {
  const layer = topOf('Kerberos request in a stream', 14 + 20 + 20 + 4 + 50);
  expect(layer.summary).toBe('AS Request, Cname: alice');
  expect(layer.note).toMatch(/^The frame ends inside/);
});

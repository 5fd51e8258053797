import { parseGuid } from '../../base/guid.ts';
import { parseIpv4, parseMac } from '../../base/address.ts';
import type { ResolvedName } from '../../names/name-book.ts';
import { nameKey } from '../../names/name-key.ts';
import type { NameKey } from '../../names/named-thing.ts';
import type { DecodedField } from '../../schema/decode.ts';
import type { TraceNames } from './trace-names.ts';

/** What stands beside an identifier in the details: `Ethernet (this trace).` Undefined where nobody names it. */
export function fieldNote({ name, raw }: DecodedField, names: TraceNames, input: number): string | undefined {
  if (typeof raw === 'number') {
    if (/(?:^|Miniport|Lower|Lowest|Ext)(?:IfIndex|InterfaceIndex)$/.test(name))
      return noteOf(names.interface(raw, input));
    return name === 'ComponentId' ? noteOf(names.component(input, raw)) : undefined;
  }
  if (typeof raw !== 'string' || raw === '') return undefined;
  if (/(?:Nic|MemberAdapter)Name$/.test(name)) return noteUnless(raw, names.nic(raw));
  if (/^SwitchName$/.test(name)) return noteUnless(raw, names.switch(raw));
  if (/Port\d?Name$/.test(name)) return noteUnless(raw, names.port(raw));
  const guid = parseGuid(raw) === undefined ? undefined : nameKey('guid', raw, name);
  return guid && noteOf(names.resolve([guid]));
}

/** Of a MAC or an IP address in a packet. */
export function addressNote(text: string, names: TraceNames): string | undefined {
  const key = addressKey(text);
  return key && noteOf(names.resolve([key], key.kind === 'mac' ? 'mac' : 'ip-address'));
}

function addressKey(text: string): NameKey | undefined {
  if (text.length === 17 && parseMac(text)) return nameKey('mac', text, 'MAC');
  if (text.length < 7 || text.length > 45) return undefined;
  if (parseIpv4(text) !== undefined || /^[0-9a-f]*:[0-9a-f:]*$/i.test(text)) return nameKey('ip', text, 'IP address');
  return undefined;
}

function noteUnless(raw: string, found: ResolvedName | undefined): string | undefined {
  return found?.name === raw ? undefined : noteOf(found);
}

function noteOf(found: ResolvedName | undefined): string | undefined {
  return found && `${found.name} (${found.source.title}).`;
}

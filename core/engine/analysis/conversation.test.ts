import { describe, expect, it } from 'vitest';
import { isFilter } from '../../filter/language/parser.ts';
import { conversationFilter, plainConversation } from './conversation.ts';

describe('a conversation', () => {
  it('is the same text in both directions, the lower address first', () => {
    expect(plainConversation('10.0.0.10', '10.0.0.9', 'ARP')).toBe('10.0.0.9 ↔ 10.0.0.10 ARP');
    expect(plainConversation('10.0.0.9', '10.0.0.10', 'ARP')).toBe('10.0.0.9 ↔ 10.0.0.10 ARP');
  });

  it.each([
    [
      '10.0.0.1:50000 ↔ 10.0.0.2:443 TCP',
      '((*Source == "10.0.0.1" and *Destination == "10.0.0.2" and TCP.SourcePort == 50000 and TCP.DestinationPort == 443) or (*Source == "10.0.0.2" and *Destination == "10.0.0.1" and TCP.SourcePort == 443 and TCP.DestinationPort == 50000)) and TCP',
    ],
    [
      '[fe80::1]:5353 ↔ [ff02::fb]:5353 UDP',
      '((*Source == "fe80::1" and *Destination == "ff02::fb" and UDP.SourcePort == 5353 and UDP.DestinationPort == 5353) or (*Source == "ff02::fb" and *Destination == "fe80::1" and UDP.SourcePort == 5353 and UDP.DestinationPort == 5353)) and UDP',
    ],
    ['10.0.0.1 ↔ 10.0.0.1 ICMP', '*Source == "10.0.0.1" and *Destination == "10.0.0.1" and ICMP'],
    [
      '10.0.0.1 ↔ 10.0.0.2 protocol 17',
      '((*Source == "10.0.0.1" and *Destination == "10.0.0.2") or (*Source == "10.0.0.2" and *Destination == "10.0.0.1")) and IPv4.Protocol == 17 and not UDP',
    ],
  ])('%s has the filter of its packets', (text, filter) => {
    expect(conversationFilter(text)).toBe(filter);
    expect(isFilter(filter)).toBe(true);
  });

  it('whose protocol no field names has none', () => {
    expect(conversationFilter('fe80::1 ↔ fe80::2 protocol 50')).toBeUndefined();
    expect(conversationFilter('no conversation')).toBeUndefined();
  });
});

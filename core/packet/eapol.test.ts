import { expect, it } from 'vitest';
import { dissectFrame } from './dissect.ts';
import { LinkType } from './link-type.ts';
import { bytesOf, eapolKey, ethernet } from './test-frames.ts';

const topOf = (packet: string) => dissectFrame(bytesOf(ethernet(0x888e, packet)), LinkType.Ethernet).at(-1);

it.each([
  ['02 01 0000', 'Start'],
  ['02 00 0006 01 07 0006 19 20', 'EAP Packet, Request, Method: PEAP'],
  ['02 00 0004 03 07 0004', 'EAP Packet, Success'],
  [eapolKey, 'Key, Message 1 of 4'],
  [eapolKey.replace('008a', '010a'), 'Key, Message 2 of 4'],
  [eapolKey.replace('008a', '13ca'), 'Key, Message 3 of 4'],
  [eapolKey.replace('008a', '030a'), 'Key, Message 4 of 4'],
  [eapolKey.replace('008a', '1382'), 'Key, Group Key Message 1 of 2'],
  ['02 09 0000', '9'],
])('EAPOL %s is summarised: %s', (packet, summary) => {
  expect(topOf(packet)).toMatchObject({ module: 'EAPOL', summary });
});

it('padding behind the body is left out', () => {
  expect(topOf('02 01 0000 000000000000')?.end).toBe(18);
});

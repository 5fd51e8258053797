import { ByteBuilder } from '../../base/byte-builder.ts';
import { LinkType, pcapLinkType } from '../../packet/link-type.ts';
import { putFrame, type PacketFileFormat } from './packet-file.ts';

/** Time stamps are seconds and nanoseconds. */
const nanosecondMagic = 0xa1b2_3c4d;
const snapLength = 262_144;
const headerSize = 24;
const recordHeaderSize = 16;

/** pcap (draft-ietf-opsawg-pcap), little-endian: one link type a file, and nothing but the packets. */
export const pcapFormat: PacketFileFormat = {
  hasComments: false,
  head: ({ interfaces }) => {
    const out = new ByteBuilder(headerSize);
    const at = out.take(headerSize);
    const { view } = out;
    view.setUint32(at, nanosecondMagic, true);
    view.setUint16(at + 4, 2, true);
    view.setUint16(at + 6, 4, true);
    view.setUint32(at + 16, snapLength, true);
    view.setUint32(at + 20, pcapLinkType[interfaces.at(0)?.linkType ?? LinkType.Unknown] ?? 0, true);
    return out.finish();
  },
  writePacket: (out, { seconds, hundredNanoseconds, capturedLength, originalLength, parts }) => {
    const at = out.take(recordHeaderSize + capturedLength);
    const { view } = out;
    view.setUint32(at, seconds, true);
    view.setUint32(at + 4, hundredNanoseconds * 100, true);
    view.setUint32(at + 8, capturedLength, true);
    view.setUint32(at + 12, originalLength, true);
    putFrame(out, at + recordHeaderSize, parts);
  },
};

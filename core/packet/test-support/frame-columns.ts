import type { FrameColumns } from '../scan.ts';

/** The packet columns with one row that nothing has been written to, for a frame of `capturedLength` bytes. */
export function emptyColumns(capturedLength: number): FrameColumns {
  return {
    modules: new Uint32Array(1),
    sourceAddress: new Uint32Array(1),
    destinationAddress: new Uint32Array(1),
    sequence: new Uint32Array(1),
    acknowledgement: new Uint32Array(1),
    payloadLength: new Uint32Array(1),
    capturedLength: Uint32Array.of(capturedLength),
    cutLength: new Uint32Array(1),
    macPair: new Uint32Array(1),
    etherType: new Uint16Array(1),
    vlan: new Uint16Array(1),
    sourcePort: new Uint16Array(1),
    destinationPort: new Uint16Array(1),
    window: new Uint16Array(1),
    identification: new Uint16Array(1),
    fingerprint: new Uint32Array(1),
    ipProtocol: new Uint8Array(1),
    application: new Uint8Array(1),
    tcpFlags: new Uint8Array(1),
  };
}

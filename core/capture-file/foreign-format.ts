/** Formats that people try to open: what a file is called that begins so, and what to do with it. */
const foreign: readonly { readonly magic: readonly number[]; readonly what: string }[] = [
  { magic: [0x1f, 0x8b], what: 'a gzip archive. Unpack it first (gunzip), then open what is inside' },
  { magic: [0x50, 0x4b, 3, 4], what: 'a ZIP archive. Unpack it first, then open the trace inside' },
  {
    magic: [0x4d, 0x53, 0x43, 0x46],
    what: 'a cabinet (.cab), as netsh writes beside its trace. Unpack it first (expand -F:* FILE .)',
  },
  { magic: [0x28, 0xb5, 0x2f, 0xfd], what: 'a Zstandard archive. Unpack it first (unzstd), then open what is inside' },
  { magic: [0x04, 0x22, 0x4d, 0x18], what: 'an LZ4 archive. Unpack it first (unlz4), then open what is inside' },
  { magic: [0x42, 0x5a, 0x68], what: 'a bzip2 archive. Unpack it first (bunzip2), then open what is inside' },
  { magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a], what: 'an xz archive. Unpack it first (unxz), then open what is inside' },
  { magic: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], what: 'a 7-Zip archive. Unpack it first, then open the trace inside' },
  {
    magic: [0x45, 0x6c, 0x66, 0x46, 0x69, 0x6c, 0x65],
    what: 'an event log (.evtx), not a trace: the Event Viewer opens it',
  },
];

/** What a file that begins with these bytes is, with the way out: `a ZIP archive. Unpack it first …`. */
export function foreignFormat(head: Uint8Array): string | undefined {
  return foreign.find(({ magic }) => magic.every((byte, index) => head[index] === byte))?.what;
}

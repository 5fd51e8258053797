import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePayload, undecodedName } from '../schema/decode.ts';
import type { EncodableRecord } from '../schema/encode.ts';
import { encodePayload } from '../schema/encode.ts';
import type { EventSchema } from '../schema/event-schema.ts';
import { renderMessage } from '../schema/message.ts';
import { builtInSchema, builtInSchemas } from './built-in-schemas.ts';
import { imageIdClass, systemConfigExClass } from './event-metadata.ts';
import { KernelClass } from './kernel-classes.ts';

function schemaOf(provider: string, id: number, version: number): EventSchema {
  const schema = builtInSchema({ provider, id, version });
  if (!schema) throw new Error(`no schema ${provider} ${id}@${version}`);
  return schema;
}
/** The first of the schema's layouts that these bytes fill, as a row. */
function rowOf(schema: EventSchema, payload: Uint8Array, pointerSize: 4 | 8 = 8): string {
  const { fields, note } = decodePayload(schema, payload, 0, payload.length, pointerSize);
  expect(note).toBeUndefined();
  return renderMessage(schema, fields);
}
function bytesOf(hexadecimal: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hexadecimal.replaceAll(/\s/g, ''), 'hex'));
}

describe('TCP and UDP of the kernel', () => {
  /** Bytes in a 64-bit and in a 32-bit Windows: what the class's fields take. */
  it.each([
    [KernelClass.TcpIp, 10, 2, 'TcpIp/SendIPV4', 40, 36],
    [KernelClass.TcpIp, 11, 2, 'TcpIp/RecvIPV4', 32, 28],
    [KernelClass.TcpIp, 12, 2, 'TcpIp/ConnectIPV4', 48, 44],
    [KernelClass.TcpIp, 17, 2, 'TcpIp/Fail', 4, 4],
    [KernelClass.TcpIp, 26, 2, 'TcpIp/SendIPV6', 64, 60],
    [KernelClass.TcpIp, 27, 2, 'TcpIp/RecvIPV6', 56, 52],
    [KernelClass.TcpIp, 28, 2, 'TcpIp/ConnectIPV6', 72, 68],
    [KernelClass.TcpIp, 10, 0, 'TcpIp/Send', 20, 20],
    [KernelClass.UdpIp, 10, 2, 'UdpIp/SendIPV4', 32, 28],
    [KernelClass.UdpIp, 27, 2, 'UdpIp/RecvIPV6', 56, 52],
    [KernelClass.UdpIp, 11, 1, 'UdpIp/Recv', 20, 20],
    [KernelClass.UdpIp, 11, 0, 'UdpIp/Recv', 24, 20],
  ])('%s %i@%i is %s in %i or %i bytes', (provider, id, version, title, wide, narrow) => {
    const schema = schemaOf(provider, id, version);
    expect(`${schema.task}/${schema.opcode}`).toBe(title);
    expect([encodePayload(schema, {}, 8).length, encodePayload(schema, {}, 4).length]).toEqual([wide, narrow]);
  });

  it('have addresses and ports in the order of the network', () => {
    const payload = bytesOf(`04000000 c9000000 0a8003ff 0a800037 008a 0035 00000000 1000000000000000`);
    expect(rowOf(schemaOf(KernelClass.UdpIp, 11, 2), payload)).toBe(
      'UdpIp/RecvIPV4: PID: 4, size: 201, daddr: 10.128.3.255, saddr: 10.128.0.55, dport: 138, sport: 53, ' +
        'seqnum: 0, connid: 0x0000000000000010',
    );
  });

  it('have a connection in version 1 or not', () => {
    const head = '04000000 c9000000 0a8003ff 0a800037 008a 0035';
    const disconnect = schemaOf(KernelClass.TcpIp, 13, 1);
    expect(rowOf(disconnect, bytesOf(head))).toMatch(/sport: 53$/);
    expect(rowOf(disconnect, bytesOf(`${head} 07000000 08000000`))).toMatch(/sport: 53, connid: 7, seqnum: 8$/);
  });
});

describe('processes, threads and images', () => {
  it('read a load that is logged as a process event', () => {
    const { task, opcode } = schemaOf(KernelClass.Process, 10, 3);
    expect(`${task}/${opcode}`).toBe('Image/Load');
  });

  it('read a process with its user', () => {
    const payload = bytesOf(`
      00135888 86caffff f0010000 58020000 00000000 03010000 00a0253c 00000000 00000000
      60d59cfc 88b4ffff 00000000 00000000 01010000 00000005 14000000
      73766368 6f737400 6100 0000 0000 0000`);
    expect(rowOf(schemaOf(KernelClass.Process, 3, 4), payload)).toBe(
      'Process/DCStart: UniqueProcessKey: 0xffffca8688581300, ProcessId: 496, ParentId: 600, SessionId: 0, ' +
        'ExitStatus: 0x103, DirectoryTableBase: 0x000000003c25a000, Flags: 0x0, UserSID: S-1-5-20, ' +
        'ImageFileName: svchost, CommandLine: a, PackageFullName: , ApplicationId: ',
    );
  });

  it('know a thread’s name when it is there', () => {
    const schema = schemaOf(KernelClass.Thread, 1, 3);
    const named = encodePayload(schema, { ProcessId: 4, ThreadName: 'worker' }, 8);
    expect(named.length).toBe(72 + 14);
    const names = [named, named.subarray(0, 72)].map((payload) => {
      const { fields, note } = decodePayload(schema, payload, 0, payload.length, 8);
      return [note, fields.at(-1)?.name, fields.at(-1)?.value];
    });
    expect(names).toEqual([
      [undefined, 'ThreadName', 'worker'],
      [undefined, 'ThreadFlags', '0'],
    ]);
  });

  it('tell why a thread waited', () => {
    const payload = bytesOf('10000000 20000000 08 09 00 00 06 01 05 02 00000000 00000000');
    expect(rowOf(schemaOf(KernelClass.Thread, 36, 2), payload)).toContain(
      'OldThreadWaitReason: UserRequest, OldThreadWaitMode: UserMode, OldThreadState: Waiting',
    );
  });
});

describe('the session’s own events', () => {
  it('read the header of a log file, with 32-bit and 64-bit pointers', () => {
    const schema = schemaOf(KernelClass.EventTrace, 0, 2);
    const header = {
      MajorVersion: 10,
      PointerSize: 8,
      SessionNameString: 'NT Kernel Logger',
      LogFileNameString: 'a.etl',
    };
    const texts = 2 * ('NT Kernel Logger'.length + 1 + 'a.etl'.length + 1);
    for (const [pointerSize, size] of [
      [8, 0x118],
      [4, 0x110],
    ] as const) {
      const payload = encodePayload(schema, header, pointerSize);
      expect(payload.length).toBe(size + texts);
      expect(rowOf(schema, payload, pointerSize)).toContain('EventTrace/Header: BufferSize: 0, MajorVersion: 10');
    }
  });
});

describe('records of a merge', () => {
  const networkInterface = schemaOf(systemConfigExClass, 36, 0);

  it('give a network interface in the 1352 bytes of MIB_IF_ROW2, whatever its address', () => {
    const addresses = [6, 8, 0].map((length) => {
      const row = new Uint8Array(1352);
      new DataView(row.buffer).setUint32(0x420, length, true);
      row.set([2, 0x15, 0x5d, 1, 2, 3, 4, 5].slice(0, length), 0x424);
      row.set(bytesOf('61 00'), 0x1c);
      const { fields, note } = decodePayload(networkInterface, row, 0, row.length, 8);
      expect(note).toBeUndefined();
      expect(fields.find(({ name }) => name === 'Alias')?.value).toBe('a');
      expect(fields.at(-1)).toMatchObject({ name: 'OutQLen', start: 1344 });
      return fields.find(({ name }) => name === 'PhysicalAddress')?.length;
    });
    expect(addresses).toEqual([6, 32, 32]);
  });

  it('give the symbols of an image', () => {
    const values: EncodableRecord = { ProcessId: 4, Age: 2, PdbFileName: 'wntdll.pdb' };
    expect(rowOf(schemaOf(imageIdClass, 36, 2), encodePayload(schemaOf(imageIdClass, 36, 2), values, 8))).toMatch(
      /^ImageId\/DbgIdRSDS: .*ProcessId: 4, .*Age: 2, PdbFileName: wntdll\.pdb$/,
    );
  });
});

describe('layouts of classes', () => {
  const classes = [...builtInSchemas()].filter(({ task }) => task !== '');

  it('name every event', () => {
    expect(classes.filter(({ opcode }) => opcode === '')).toEqual([]);
    const names = classes.map(({ provider, id, version }) => `${provider} ${id}@${version}`);
    expect(new Set(names).size).toBe(names.length);
  });

  it('show every byte of any payload, and never fail', () => {
    const payloads = fc.uint8Array({ maxLength: 200 });
    fc.assert(
      fc.property(fc.constantFrom(...classes), payloads, fc.constantFrom(4, 8), (schema, payload, pointerSize) => {
        const { fields, note } = decodePayload(schema, payload, 0, payload.length, pointerSize);
        expect(fields.reduce((sum, { length }) => sum + length, 0)).toBe(payload.length);
        if (note === undefined) expect(fields.map(({ name }) => name)).not.toContain(undecodedName);
        expect(renderMessage(schema, fields)).toContain(`${schema.task}/${schema.opcode}`);
      }),
    );
  });

  it('show every prefix of a payload', () => {
    for (const schema of classes) {
      const payload = encodePayload(schema, {}, 8);
      for (let end = 0; end < payload.length; end += 1 + (end >> 4)) {
        const { fields } = decodePayload(schema, payload, 0, end, 8);
        expect(fields.reduce((sum, { length }) => sum + length, 0)).toBe(end);
      }
    }
  });
});

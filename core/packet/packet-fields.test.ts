import { fieldPathName } from '../base/field-path.ts';
import { describe, expect, it } from 'vitest';
import { dissectFrame } from './dissect.ts';
import type { FieldNode, FieldTree } from './field-tree.ts';
import type { LayerField, LayerValue } from './layer.ts';
import { moduleFields } from './module-fields.ts';
import { isNumbered, openModules, packetFields } from './packet-fields.ts';
import { bytesOf } from './test-frames.ts';
import { corpus } from './test-support/corpus.ts';
import { rareFields } from './test-support/rare-fields.ts';

const context = {
  windowShift: 7,
  connection: { number: 0, baseSequence: 1, baseAcknowledgment: 1, initialRoundTrip: 8450 },
};
const frames = Object.values({ ...corpus, ...rareFields });
const layers = frames.flatMap(({ text, linkType }) => dissectFrame(bytesOf(text), linkType, context));

/** Nodes that a field of the corpus stands at, and the fields that stand at none or have another type. */
const seen = new Set<FieldNode>();
const strange: string[] = [];
for (const { module, fields } of layers) compare(fields, moduleFields[module], [module]);

function compare(fields: readonly LayerField[], tree: FieldTree, above: readonly string[]): void {
  for (const field of fields) {
    const name = fieldPathName(field.name);
    const path = [...above, name];
    if (path.length === 2 && name === 'Payload') continue;
    const isFree = isNumbered(name) || (openModules.has(layerModule(path)) && above.at(-1) === 'Headers');
    const node = Object.hasOwn(tree, name) ? tree[name] : undefined;
    if (node === undefined || !isOfType(field, node.type)) {
      if (!isFree) strange.push(`${path.join('.')}: ${String(field.raw)} is no ${node?.type ?? 'field'}`);
      continue;
    }
    seen.add(node);
    compare(field.members ?? [], node.members ?? {}, path);
  }
}

function layerModule([module]: readonly string[]) {
  return module as keyof typeof moduleFields;
}

function isOfType({ raw, members }: LayerField, type: FieldNode['type']): boolean {
  if (raw === undefined) return members !== undefined;
  return type === 'group' ? raw instanceof Uint8Array : types(raw).includes(type);
}

function types(raw: LayerValue): FieldNode['type'][] {
  if (typeof raw === 'string') return /^\{[0-9a-f-]{36}\}$/.test(raw) ? ['guid', 'text'] : ['text'];
  if (typeof raw === 'boolean') return ['boolean'];
  if (typeof raw !== 'object') return ['integer'];
  const ofLength: Readonly<Record<number, FieldNode['type'][]>> = { 4: ['ipv4'], 6: ['mac'], 16: ['ipv6'] };
  return ['bytes', ...(ofLength[raw.length] ?? [])];
}

/** All nodes of a tree with their paths; those that several fields share, such as both kinds of identifiers, each time. */
function nodesIn(tree: FieldTree, above: string): { path: string; node: FieldNode }[] {
  return Object.entries(tree).flatMap(([name, node]) => {
    const path = `${above}.${name}`;
    return [{ path, node }, ...nodesIn(node.members ?? {}, path)];
  });
}

/** Options without members: a table names them, and the corpus has those of each shape. */
const optionPath = /\.(Options|Elements|SubOptions|SvcParams)\.\w+$/;
/** What stands in a message that is relayed stands in others as well. */
const relayed = '.RelayMessage.';

describe('the catalogue of packet fields', () => {
  it('has every field of the corpus, with its type', () => {
    expect(strange).toEqual([]);
  });

  it('has no field that no frame has, but options that a table names', () => {
    const nodes = Object.entries(moduleFields).flatMap(([module, tree]) => nodesIn(tree, module));
    const options = new Set(nodes.filter(({ path }) => optionPath.test(path)).map(({ node }) => node));
    const unseen = nodes.filter(
      ({ path, node }) => !seen.has(node) && (!options.has(node) || node.members) && !path.includes(relayed),
    );
    expect(unseen.map(({ path }) => path)).toEqual([]);
  });

  it('names fields by words that a filter path can have, once each', () => {
    const paths = packetFields.map(({ module, path }) => [module, ...path].join('.'));
    expect(paths.filter((path) => !/^[\p{L}_][\p{L}\p{N}_.]*$/u.test(path))).toEqual([]);
    expect(new Set(paths).size).toBe(paths.length);
    expect(paths).toContain('DNS.AnswerRecord.SvcParams.no_default_alpn');
  });

  it('has the fields of the filters in Message Analyzer’s guide', () => {
    const paths = new Set(packetFields.map(({ module, path }) => [module, ...path].join('.')));
    const named = [
      'TCP.Flags.SYN',
      'TCP.Options',
      'TCP.Window',
      'TCP.WindowScaled',
      'TCP.SequenceNumber',
      'TCP.SourcePort',
      'UDP.SourcePort',
      'IPv4.Protocol',
      'IPv4.SourceAddress',
      'HTTP.Uri',
      'WiFi.FrameControl.Type',
      'KerberosV5.Message.ErrorCode',
    ];
    expect(named.filter((path) => !paths.has(path))).toEqual([]);
  });
});

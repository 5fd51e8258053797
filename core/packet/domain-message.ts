import type { Dissection, LayerInput } from './dissector.ts';
import type { DomainName } from './domain-name.ts';
import { readUnknownData, type ReadName, type ReadRecordData } from './domain-records.ts';
import { hexWord, labelled, namedNumber, nameOrNumber, summaryOf } from './field-text.ts';
import { bigEndianAt, finishedLayer, HeaderReader, type FieldText, numberField, flagField } from './header-reader.ts';
import type { ApplicationModule } from './module.ts';
import { RecordType } from './domain-names.ts';

/** What tells the four protocols with messages of the DNS kind apart: DNS, MDNS, LLMNR and NBTNS. */
export interface Dialect {
  readonly module: ApplicationModule;
  /** Flags between operation and response code, highest bit first. */
  readonly flags: readonly (readonly [name: string, bit: number])[];
  readonly operations: ReadonlyMap<number, string>;
  readonly responseCodes: ReadonlyMap<number, string>;
  readonly types: ReadonlyMap<number, string>;
  readonly classes: ReadonlyMap<number, string>;
  /** What the highest bit of the class means in a question and in a record, where it is not part of the class. */
  readonly classFlags?: { readonly question: string; readonly record: string };
  readonly nameAt: (frame: Uint8Array, start: number, limit: number, message: number) => DomainName | undefined;
  readonly records: ReadonlyMap<number, ReadRecordData>;
}

const headerLength = 12;
const responseBit = 0x8000;
/** More answers are not listed in a summary. */
const mostListed = 16;

/** Whether a message of the dialect may begin here: a whole header, with an operation that exists. */
export function looksLikeMessage(dialect: Dialect, bytes: Uint8Array, start: number, end: number): boolean {
  return end - start >= headerLength && dialect.operations.has(operationOf(bigEndianAt(bytes, start + 2, 2)));
}

/** Bytes that the questions and records which a header counts need at least: each has a name of one byte. */
export function shortestMessage(bytes: Uint8Array, start: number): number {
  const [questions, ...records] = [4, 6, 8, 10].map((offset) => bigEndianAt(bytes, start + offset, 2));
  return headerLength + questions * 5 + records.reduce((sum, count) => sum + count * 11, 0);
}

/** Reads a message that starts where the reader stands, to its end. `notes` are added to what is wrong in the message. */
export function dissectMessage(
  dialect: Dialect,
  header: HeaderReader,
  notes: readonly (string | undefined)[] = [],
): Dissection {
  const message = new MessageReader(dialect, header);
  const summary = message.read();
  const layer = finishedLayer(dialect.module, header, { summary, notes: [...notes, ...message.problems] });
  return header.cut ? { layer } : { layer, payload: { start: header.position, end: header.input.end } };
}

/** A dissector of datagrams that hold one message of the dialect. */
export function messageDissector(dialect: Dialect): (input: LayerInput) => Dissection {
  return (input) => dissectMessage(dialect, new HeaderReader(input));
}

interface Question {
  readonly name: string | undefined;
  readonly type: number | undefined;
  readonly class: number | undefined;
}

class MessageReader {
  readonly problems = new Set<string>();
  private readonly dialect: Dialect;
  private readonly header: HeaderReader;
  private readonly start: number;

  constructor(dialect: Dialect, header: HeaderReader) {
    this.dialect = dialect;
    this.header = header;
    this.start = header.position;
  }

  /** Reads the whole message; gives its summary. */
  read(): string {
    const { header } = this;
    const identifier = header.number('QueryIdentifier', 2, hexWord);
    const flags = header.packed(2, (value) => [this.flagsField(value)]);
    const [questions = 0, answers = 0, authorities = 0, additionals = 0] = [
      header.number('QuestionCount', 2),
      header.number('AnswerCount', 2),
      header.number('NameServerCount', 2),
      header.number('AdditionalCount', 2),
    ];
    const asked = this.readQuestions(questions);
    const answered = this.readRecords('AnswerRecord', answers);
    this.readRecords('AuthorityRecord', authorities);
    this.readRecords('AdditionalRecord', additionals);
    if (flags === undefined) return summaryOf([labelled('Query ID', identifier, hexWord)]);
    return (flags & responseBit) === 0
      ? this.requestSummary(identifier, flags, asked)
      : this.responseSummary(identifier, flags, answered);
  }

  private requestSummary(identifier: number | undefined, flags: number, asked: Question | undefined): string {
    const { operations, types, classes } = this.dialect;
    return summaryOf([
      'Request',
      labelled('Query ID', identifier, hexWord),
      labelled('OpCode', operationOf(flags), nameOrNumber(operations)),
      labelled('Query Name', asked?.name),
      labelled('RR Type', asked?.type, nameOrNumber(types)),
      labelled('RR Class', asked?.class, nameOrNumber(classes)),
    ]);
  }

  private responseSummary(identifier: number | undefined, flags: number, answers: readonly string[]): string {
    const listed = answers.length > mostListed ? [...answers.slice(0, mostListed), '…'] : answers;
    return summaryOf([
      'Response',
      labelled('RCode', responseCodeOf(flags), nameOrNumber(this.dialect.responseCodes)),
      labelled('Query ID', identifier, hexWord),
      `Answers: [${listed.join(', ')}]`,
    ]);
  }

  private flagsField(flags: number): FieldText {
    const { operations, responseCodes } = this.dialect;
    const members = [
      numberField('QR', flags >>> 15, (bit) => (bit === 0 ? 'Request(0)' : 'Response(1)')),
      numberField('OpCode', operationOf(flags), namedNumber(operations)),
      ...this.dialect.flags.map(([name, bit]) => flagField(name, (flags & bit) !== 0)),
      numberField('RCode', responseCodeOf(flags), namedNumber(responseCodes)),
    ];
    return numberField('Flags', flags, hexWord, members);
  }

  /** Gives the first question. */
  private readQuestions(count: number): Question | undefined {
    let first: Question | undefined;
    for (let index = 0; index < count && this.header.remaining > 0; index++) {
      this.header.structure('Question', this.lengthWithName(4), (part) => {
        const question = {
          name: this.readName(part, 'QuestionName'),
          type: part.number('QuestionType', 2, namedNumber(this.dialect.types)),
          class: this.readClass(part, 'QuestionClass', this.dialect.classFlags?.question),
        };
        first ??= question;
        return summaryOf([question.name, labelled('Type', question.type, nameOrNumber(this.dialect.types))]);
      });
    }
    return first;
  }

  /** Gives what an answer list says of each record. */
  private readRecords(field: string, count: number): string[] {
    const texts: string[] = [];
    for (let index = 0; index < count && this.header.remaining > 0; index++) {
      this.header.structure(field, this.recordLength(), (part) => {
        const { owner, type, text } = this.readRecord(part);
        if (text !== '') texts.push(text);
        return summaryOf([
          owner,
          labelled('Type', type, nameOrNumber(this.dialect.types)),
          text === '' ? undefined : text,
        ]);
      });
    }
    return texts;
  }

  private readRecord(part: HeaderReader): { owner: string | undefined; type: number | undefined; text: string } {
    const owner = this.readName(part, 'ResourceName');
    const type = part.number('ResourceType', 2, namedNumber(this.dialect.types));
    if (type === RecordType.OPT) readExtendedHeader(part);
    else {
      this.readClass(part, 'ResourceClass', this.dialect.classFlags?.record);
      part.number('TimeToLive', 4);
    }
    part.number('ResourceDataLength', 2);
    const read = (type === undefined ? undefined : this.dialect.records.get(type)) ?? readUnknownData;
    return { owner, type, text: read(part, this.readName) };
  }

  private readClass(part: HeaderReader, field: string, flag: string | undefined): number | undefined {
    const classOf = (value: number): number => (flag === undefined ? value : value & 0x7fff);
    const value = part.packed(2, (bits) => [
      ...(flag === undefined ? [] : [flagField(flag, (bits & 0x8000) !== 0)]),
      numberField(field, classOf(bits), namedNumber(this.dialect.classes)),
    ]);
    return value === undefined ? undefined : classOf(value);
  }

  private readonly readName: ReadName = (header, field) =>
    header.delimited(field, (frame, start, limit) => {
      const name = this.dialect.nameAt(frame, start, limit, this.start);
      if (name?.problem !== undefined) this.problems.add(name.problem);
      return name;
    });

  /** Bytes of the name ahead and `more`; more than there are when the name is cut. */
  private lengthWithName(more: number): number {
    const { input, position, remaining } = this.header;
    const name = this.dialect.nameAt(input.frame, position, position + remaining, this.start);
    return name === undefined ? remaining + 1 : name.next - position + more;
  }

  /** Bytes of the record ahead: name, type, class, time to live, length and as much data. */
  private recordLength(): number {
    const { input, position, remaining } = this.header;
    const fixed = this.lengthWithName(10);
    return fixed > remaining ? fixed : fixed + bigEndianAt(input.frame, position + fixed - 2, 2);
  }
}

/** The OPT record puts other things where class and time to live stand (RFC 6891, 6.1.2). */
function readExtendedHeader(part: HeaderReader): void {
  part.number('UDPPayloadSize', 2);
  part.number('ExtendedRCode', 1);
  part.number('Version', 1);
  part.packed(2, (value) => [flagField('DO', (value & 0x8000) !== 0)]);
}

function operationOf(flags: number): number {
  return (flags >> 11) & 15;
}

function responseCodeOf(flags: number): number {
  return flags & 15;
}

import { filetimeToIso } from '../../base/filetime.ts';
import { noProcess } from '../../etl/record-cursor.ts';
import type { DecodedField } from '../../schema/decode.ts';
import { controlPicture, isLoneSurrogate, replaceUnits, unitSet } from './escaping.ts';
import type { EventText, TextFormat } from './event-text.ts';
import { hexDigits, isArray, isShownAsBytes, keywordText, wrongText } from './field-text.ts';

const eventNamespace = 'http://schemas.microsoft.com/win/2004/08/events/event';
/** For what Windows' schema has no place for. It lets foreign elements stand at the end of an event. */
const ownNamespace = 'urn:hopscope:row';

/**
 * Windows' Event schema ("Event Schema" in the Windows Event Log reference; MS-EVEN6 2.2.13), one event a line. The
 * order of elements is the schema's.
 */
export const xmlFormat: TextFormat = {
  header: '<?xml version="1.0" encoding="utf-8"?>\n<Events>\n',
  line: (event) =>
    `<Event xmlns="${eventNamespace}">${systemElement(event)}${dataElement(event)}${renderingElement(event)}${rowElement(event)}</Event>\n`,
  footer: '</Events>\n',
};

const ampersand = 0x26;
const lessThan = 0x3c;
const greaterThan = 0x3e;
const quote = 0x22;
/** C0 and surrogates without their other half are no characters of XML 1.0; line ends would not stay as they are. */
const special = unitSet(
  [0, 0x1f],
  [quote, quote],
  [ampersand, ampersand],
  [lessThan, lessThan],
  [greaterThan, greaterThan],
  [0xd800, 0xdfff],
  [0xfffe, 0xffff],
);

/** The text as it may stand in an element and in an attribute. */
function escaped(text: string): string {
  return replaceUnits(text, special, escapedUnit);
}

function escapedUnit(text: string, at: number): string {
  const unit = text.charCodeAt(at);
  switch (unit) {
    case ampersand:
      return '&amp;';
    case lessThan:
      return '&lt;';
    case greaterThan:
      return '&gt;';
    case quote:
      return '&quot;';
    case 0x09:
    case 0x0a:
    case 0x0d:
      return `&#${unit};`;
    default:
      return unit < 0x20 || unit > 0xdfff || isLoneSurrogate(text, at) ? controlPicture(text, at) : text.charAt(at);
  }
}

function element(name: string, text: string): string {
  return `<${name}>${escaped(text)}</${name}>`;
}

function elementUnlessEmpty(name: string, text: string): string {
  return text === '' ? '' : element(name, text);
}

function attribute(name: string, value: string | null): string {
  return value === null || value === '' ? '' : ` ${name}="${escaped(value)}"`;
}

function systemElement(event: EventText): string {
  const { provider } = event;
  return (
    `<System><Provider${attribute('Name', provider.name)}${attribute('Guid', provider.guid)}/>` +
    `<EventID>${event.id}</EventID><Version>${event.version}</Version><Level>${event.level}</Level>` +
    `<Task>${event.task}</Task><Opcode>${event.opcode}</Opcode><Keywords>${keywordText(event.keyword)}</Keywords>` +
    `<TimeCreated SystemTime="${filetimeToIso(event.time)}"/><EventRecordID>${event.messageNumber}</EventRecordID>` +
    correlationElement(event) +
    // The schema wants both ids; Windows prints what the header has for "none".
    `<Execution ProcessID="${event.process ?? noProcess}" ThreadID="${event.thread ?? noProcess}"` +
    ` ProcessorID="${event.processor}"/>${element('Channel', channelText(event))}<Computer/></System>`
  );
}

function correlationElement({ activity, relatedActivity }: EventText): string {
  if (activity === null && relatedActivity === null) return '';
  return `<Correlation${attribute('ActivityID', activity)}${attribute('RelatedActivityID', relatedActivity)}/>`;
}

function channelText({ channel, channelName }: EventText): string {
  return channelName === '' && channel !== 0 ? String(channel) : channelName;
}

function dataElement({ layout, payload, fields }: EventText): string {
  if (payload !== null) return `<BinaryEventData>${hexDigits(payload)}</BinaryEventData>`;
  return layout === null
    ? ''
    : `<EventData>${fields.map((field) => fieldElements(field, field.name)).join('')}</EventData>`;
}

/** Elements of an array repeat its name; an array without elements is one empty Data, so that it is seen at all. */
function fieldElements(field: DecodedField, name: string): string {
  const { children } = field;
  if (!children) return dataItem(name, isShownAsBytes(field) ? hexDigits(field.raw) : field.value);
  if (!isArray(field)) {
    const members = children.map((member) => fieldElements(member, member.name)).join('');
    return `<ComplexData${attribute('Name', name)}>${members}</ComplexData>`;
  }
  return children.length === 0 ? dataItem(name, '') : children.map((item) => fieldElements(item, name)).join('');
}

function dataItem(name: string, text: string): string {
  return `<Data${attribute('Name', name)}>${escaped(text)}</Data>`;
}

function renderingElement(event: EventText): string {
  return (
    `<RenderingInfo Culture="en-US">${element('Message', event.summary)}` +
    elementUnlessEmpty('Level', event.levelName) +
    elementUnlessEmpty('Opcode', event.opcodeName) +
    elementUnlessEmpty('Task', event.taskName) +
    elementUnlessEmpty('Channel', event.channelName) +
    keywordsElement(event.keywordNames) +
    '</RenderingInfo>'
  );
}

function keywordsElement(names: readonly string[]): string {
  if (names.length === 0) return '';
  return `<Keywords>${names.map((name) => element('Keyword', name)).join('')}</Keywords>`;
}

/** The grid's view of the event, its family, and what is wrong with it. */
function rowElement(event: EventText): string {
  const attributes =
    attribute('Source', event.source) +
    attribute('Destination', event.destination) +
    attribute('Module', event.module) +
    attribute('Diagnosis', wrongText(event)) +
    attribute('DiagnosisLevel', event.diagnosisLevel === 'none' ? '' : event.diagnosisLevel) +
    attribute('Conversation', event.conversation === null ? '' : String(event.conversation)) +
    attribute('Sighting', event.sighting === 0 ? '' : String(event.sighting)) +
    attribute('EventName', event.name) +
    attribute('Family', event.family) +
    attribute('Layout', event.layout);
  const notes = [...event.notes, ...fieldNotes(event.fields)].map((note) => element('Note', note)).join('');
  return `<Row xmlns="${ownNamespace}" TimeElapsed="${event.timeElapsed}"${attributes}>${notes}</Row>`;
}

function fieldNotes(fields: readonly DecodedField[]): string[] {
  return fields.flatMap(({ name, note, children }) => [
    ...(note === undefined ? [] : [`${name}: ${note}`]),
    ...(children ? fieldNotes(children) : []),
  ]);
}

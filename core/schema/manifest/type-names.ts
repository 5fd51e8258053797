/** How manifests spell the types of fields, without the namespace prefix and in lower case (eventman.xsd). */
import { InType, OutType } from '../event-schema.ts';

const inTypes: ReadonlyMap<string, InType> = new Map<string, InType>([
  ['unicodestring', InType.UnicodeString],
  ['ansistring', InType.AnsiString],
  ['int8', InType.Int8],
  ['uint8', InType.UInt8],
  ['int16', InType.Int16],
  ['uint16', InType.UInt16],
  ['int32', InType.Int32],
  ['uint32', InType.UInt32],
  ['int64', InType.Int64],
  ['uint64', InType.UInt64],
  ['float', InType.Float],
  ['double', InType.Double],
  ['boolean', InType.Boolean],
  ['binary', InType.Binary],
  ['guid', InType.Guid],
  ['pointer', InType.Pointer],
  ['filetime', InType.FileTime],
  ['systemtime', InType.SystemTime],
  ['sid', InType.Sid],
  ['hexint32', InType.HexInt32],
  ['hexint64', InType.HexInt64],
  ['countedunicodestring', InType.ManifestCountedString],
  ['countedansistring', InType.ManifestCountedAnsiString],
  ['countedbinary', InType.ManifestCountedBinary],
]);

/** Types of the `trace:` namespace, which only descriptions of classic events use. */
const traceInTypes: ReadonlyMap<string, InType> = new Map<string, InType>([
  ['countedstring', InType.CountedString],
  ['countedansistring', InType.CountedAnsiString],
  ['reversedcountedstring', InType.ReversedCountedString],
  ['reversedcountedansistring', InType.ReversedCountedAnsiString],
  ['nonnullterminatedstring', InType.NonNullTerminatedString],
  ['nonnullterminatedansistring', InType.NonNullTerminatedAnsiString],
  ['unicodechar', InType.UnicodeChar],
  ['ansichar', InType.AnsiChar],
  ['sizet', InType.SizeT],
  ['hexdump', InType.HexDump],
  ['wbemsid', InType.WbemSid],
]);

const outTypes: ReadonlyMap<string, number> = new Map<string, number>([
  ['string', OutType.String],
  ['datetime', OutType.DateTime],
  ['byte', OutType.Int8],
  ['unsignedbyte', OutType.UInt8],
  ['short', OutType.Int16],
  ['unsignedshort', OutType.UInt16],
  ['int', OutType.Int32],
  ['unsignedint', OutType.UInt32],
  ['long', OutType.Int64],
  ['unsignedlong', OutType.UInt64],
  ['float', OutType.Float],
  ['double', OutType.Double],
  ['boolean', OutType.Boolean],
  ['guid', OutType.Guid],
  ['hexbinary', OutType.HexBinary],
  ['hexint8', OutType.HexInt8],
  ['hexint16', OutType.HexInt16],
  ['hexint32', OutType.HexInt32],
  ['hexint64', OutType.HexInt64],
  ['pid', OutType.Pid],
  ['tid', OutType.Tid],
  ['port', OutType.Port],
  ['ipv4', OutType.Ipv4],
  ['ipv6', OutType.Ipv6],
  ['socketaddress', OutType.SocketAddress],
  ['cimdatetime', OutType.CimDateTime],
  ['etwtime', OutType.EtwTime],
  ['xml', OutType.Xml],
  ['errorcode', OutType.ErrorCode],
  ['win32error', OutType.Win32Error],
  ['ntstatus', OutType.NtStatus],
  ['hresult', OutType.HResult],
  ['datetimecultureinsensitive', OutType.CultureInsensitiveDateTime],
  ['json', OutType.Json],
  ['utf8', OutType.Utf8],
  ['pkcs7withtypeinfo', OutType.Pkcs7],
  ['codepointer', OutType.CodePointer],
  ['datetimeutc', OutType.DateTimeUtc],
  ['reducedstring', OutType.ReducedString],
  ['noprint', OutType.NoPrint],
]);

/** The in-type of `win:UInt32`, or undefined when there is none of this name. */
export function inTypeNamed(name: string): InType | undefined {
  const { prefix, local } = split(name);
  const traceType = traceInTypes.get(local);
  return prefix === 'trace' && traceType !== undefined ? traceType : (inTypes.get(local) ?? traceType);
}

/** The out-type of `win:IPv4` or `xs:unsignedInt`, or undefined when there is none of this name. */
export function outTypeNamed(name: string): number | undefined {
  return outTypes.get(split(name).local);
}

function split(name: string): { prefix: string; local: string } {
  const colon = name.indexOf(':');
  return { prefix: name.slice(0, Math.max(colon, 0)).toLowerCase(), local: name.slice(colon + 1).toLowerCase() };
}

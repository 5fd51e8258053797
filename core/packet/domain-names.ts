/** Names of the numbers in DNS messages (IANA, Domain Name System Parameters). */

export const RecordType = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  PTR: 12,
  MX: 15,
  TXT: 16,
  AAAA: 28,
  SRV: 33,
  DNAME: 39,
  OPT: 41,
  NSEC: 47,
  SVCB: 64,
  HTTPS: 65,
} as const;

export const recordTypeNames: ReadonlyMap<number, string> = new Map([
  ...Object.entries(RecordType).map(([name, type]): [number, string] => [type, name]),
  [10, 'NULL'],
  [11, 'WKS'],
  [13, 'HINFO'],
  [17, 'RP'],
  [18, 'AFSDB'],
  [24, 'SIG'],
  [25, 'KEY'],
  [29, 'LOC'],
  [35, 'NAPTR'],
  [36, 'KX'],
  [37, 'CERT'],
  [43, 'DS'],
  [44, 'SSHFP'],
  [46, 'RRSIG'],
  [48, 'DNSKEY'],
  [49, 'DHCID'],
  [50, 'NSEC3'],
  [51, 'NSEC3PARAM'],
  [52, 'TLSA'],
  [99, 'SPF'],
  [249, 'TKEY'],
  [250, 'TSIG'],
  [251, 'IXFR'],
  [252, 'AXFR'],
  [255, 'ANY'],
  [256, 'URI'],
  [257, 'CAA'],
  // Windows servers keep these two for lookups in WINS (MS-DNSP, 2.2.2.1.1).
  [0xff01, 'WINS'],
  [0xff02, 'WINSR'],
]);

export const recordClassNames: ReadonlyMap<number, string> = new Map([
  [1, 'IN'],
  [3, 'CH'],
  [4, 'HS'],
  [254, 'NONE'],
  [255, 'ANY'],
]);

export const operationNames: ReadonlyMap<number, string> = new Map([
  [0, 'Query'],
  [1, 'IQuery'],
  [2, 'Status'],
  [4, 'Notify'],
  [5, 'Update'],
  [6, 'DSO'],
]);

export const responseCodeNames: ReadonlyMap<number, string> = new Map([
  [0, 'NoError'],
  [1, 'FormErr'],
  [2, 'ServFail'],
  [3, 'NXDomain'],
  [4, 'NotImp'],
  [5, 'Refused'],
  [6, 'YXDomain'],
  [7, 'YXRRSet'],
  [8, 'NXRRSet'],
  [9, 'NotAuth'],
  [10, 'NotZone'],
  [11, 'DSOTYPENI'],
]);

/** Options of the OPT record. */
export const extensionNames: ReadonlyMap<number, string> = new Map([
  [3, 'NSID'],
  [5, 'DAU'],
  [6, 'DHU'],
  [7, 'N3U'],
  [8, 'ClientSubnet'],
  [9, 'Expire'],
  [10, 'Cookie'],
  [11, 'TcpKeepalive'],
  [12, 'Padding'],
  [13, 'Chain'],
  [14, 'KeyTag'],
  [15, 'ExtendedDnsError'],
]);

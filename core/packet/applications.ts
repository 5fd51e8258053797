import { dissectDhcpv4, looksLikeDhcpv4 } from './dhcpv4.ts';
import { dissectDhcpv6, looksLikeDhcpv6 } from './dhcpv6.ts';
import type { Dissector, Transport } from './dissector.ts';
import {
  dissectDns,
  dissectDnsStream,
  dissectLlmnr,
  dissectLlmnrStream,
  dissectMdns,
  looksLikeDns,
  looksLikeDnsStream,
} from './dns.ts';
import { dissectHttp, looksLikeHttp } from './http.ts';
import { dissectKerberos, dissectKerberosStream, looksLikeKerberos, looksLikeKerberosStream } from './kerberos.ts';
import { dissectLdap, looksLikeLdap } from './ldap.ts';
import { applicationNumber, type ApplicationModule } from './module.ts';
import { dissectNetbiosName, looksLikeNetbiosName } from './netbios-name.ts';
import { dissectNtp, looksLikeNtp } from './ntp.ts';
import { dissectQuic, looksLikeQuic } from './quic.ts';
import { dissectRdp, looksLikeRdp } from './rdp.ts';
import { dissectSmb2, looksLikeSmb2 } from './smb2.ts';
import { dissectSsdp, looksLikeSsdp } from './ssdp.ts';
import { dissectTls, looksLikeTls } from './tls.ts';

/** An application protocol on one transport: where it is expected, how its first bytes look, who reads it. */
export interface Application {
  readonly module: ApplicationModule;
  readonly transport: Transport;
  /** Ports of either side. Empty: the bytes alone decide, on every port that no other application claims. */
  readonly ports: readonly number[];
  /**
   * Whether the payload bytes[start..end) begins like a message of this protocol. Both offsets lie inside `bytes`, which
   * may go on behind `end`; the capture may have cut the payload short.
   */
  readonly looksLike: (bytes: Uint8Array, start: number, end: number) => boolean;
  readonly dissect: Dissector;
}

/**
 * Every application protocol that is read, one entry a transport. Indexing and dissecting both decide by this table, so
 * that a filter by module and the message stack never disagree.
 */
export const applications: readonly Application[] = [
  { module: 'DNS', transport: 'UDP', ports: [53], looksLike: looksLikeDns, dissect: dissectDns },
  { module: 'DNS', transport: 'TCP', ports: [53], looksLike: looksLikeDnsStream, dissect: dissectDnsStream },
  { module: 'MDNS', transport: 'UDP', ports: [5353], looksLike: looksLikeDns, dissect: dissectMdns },
  { module: 'LLMNR', transport: 'UDP', ports: [5355], looksLike: looksLikeDns, dissect: dissectLlmnr },
  { module: 'LLMNR', transport: 'TCP', ports: [5355], looksLike: looksLikeDnsStream, dissect: dissectLlmnrStream },
  { module: 'NBTNS', transport: 'UDP', ports: [137], looksLike: looksLikeNetbiosName, dissect: dissectNetbiosName },
  { module: 'DHCPv4', transport: 'UDP', ports: [67, 68, 4011], looksLike: looksLikeDhcpv4, dissect: dissectDhcpv4 },
  { module: 'DHCPv6', transport: 'UDP', ports: [546, 547], looksLike: looksLikeDhcpv6, dissect: dissectDhcpv6 },
  { module: 'NTP', transport: 'UDP', ports: [123], looksLike: looksLikeNtp, dissect: dissectNtp },
  { module: 'SSDP', transport: 'UDP', ports: [1900], looksLike: looksLikeSsdp, dissect: dissectSsdp },
  { module: 'HTTP', transport: 'TCP', ports: [], looksLike: looksLikeHttp, dissect: dissectHttp },
  { module: 'TLS', transport: 'TCP', ports: [], looksLike: looksLikeTls, dissect: dissectTls },
  { module: 'SMB2', transport: 'TCP', ports: [139, 445], looksLike: looksLikeSmb2, dissect: dissectSmb2 },
  { module: 'RDP', transport: 'TCP', ports: [2179, 3389], looksLike: looksLikeRdp, dissect: dissectRdp },
  { module: 'KerberosV5', transport: 'UDP', ports: [88], looksLike: looksLikeKerberos, dissect: dissectKerberos },
  {
    module: 'KerberosV5',
    transport: 'TCP',
    ports: [88],
    looksLike: looksLikeKerberosStream,
    dissect: dissectKerberosStream,
  },
  { module: 'LDAP', transport: 'UDP', ports: [389], looksLike: looksLikeLdap, dissect: dissectLdap },
  { module: 'LDAP', transport: 'TCP', ports: [389, 3268], looksLike: looksLikeLdap, dissect: dissectLdap },
  { module: 'QUIC', transport: 'UDP', ports: [443], looksLike: looksLikeQuic, dissect: dissectQuic },
];

/** The applications of one transport by port. Of several that claim one, the first whose bytes look right has it. */
class PortTable {
  /** By port: an entry of `candidates`; 0 for the many ports that nobody claims. */
  private readonly byPort = new Uint8Array(0x1_0000);
  private readonly candidates: Application[][] = [[]];
  private readonly anywhere: readonly Application[];

  constructor(ofTransport: readonly Application[]) {
    this.anywhere = ofTransport.filter(({ ports }) => ports.length === 0);
    for (const application of ofTransport) for (const port of application.ports) this.claim(port, application);
  }

  find(
    bytes: Uint8Array,
    start: number,
    end: number,
    sourcePort: number,
    destinationPort: number,
  ): Application | undefined {
    const wanted = this.byPort[destinationPort];
    const other = this.byPort[sourcePort];
    return (
      (wanted === 0 ? undefined : firstAlike(this.candidates[wanted], bytes, start, end)) ??
      (other === 0 ? undefined : firstAlike(this.candidates[other], bytes, start, end)) ??
      firstAlike(this.anywhere, bytes, start, end)
    );
  }

  private claim(port: number, application: Application): void {
    const claimed = this.byPort[port];
    if (claimed > 0) this.candidates[claimed].push(application);
    else this.byPort[port] = this.candidates.push([application]) - 1;
  }
}

function firstAlike(
  candidates: readonly Application[],
  bytes: Uint8Array,
  start: number,
  end: number,
): Application | undefined {
  for (const application of candidates) if (application.looksLike(bytes, start, end)) return application;
  return undefined;
}

const tables: Readonly<Record<Transport, PortTable>> = {
  TCP: new PortTable(applications.filter(({ transport }) => transport === 'TCP')),
  UDP: new PortTable(applications.filter(({ transport }) => transport === 'UDP')),
};

/** The application whose message stands in a transport payload; undefined for an empty one and for bytes nobody knows. */
export function applicationAt(
  bytes: Uint8Array,
  start: number,
  end: number,
  transport: Transport,
  sourcePort: number,
  destinationPort: number,
): Application | undefined {
  return start < end ? tables[transport].find(bytes, start, end, sourcePort, destinationPort) : undefined;
}

/** What the column `application` holds: the application's number, 0 for none. */
export function applicationNumberAt(
  bytes: Uint8Array,
  start: number,
  end: number,
  transport: Transport,
  sourcePort: number,
  destinationPort: number,
): number {
  const application = applicationAt(bytes, start, end, transport, sourcePort, destinationPort);
  return application === undefined ? 0 : applicationNumber[application.module];
}

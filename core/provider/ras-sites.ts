import { LinkType } from '../packet/link-type.ts';
import { ComponentSource, resetSite, skipStrings, takeSizedFrame, type PacketSiteReader } from './site.ts';

/** 5001 and 5002 of NdisWan: RoutingDomainID, RRASUserName, FragmentSize, Fragment; the id tells the direction. */
export function rasSiteReader(path: 'sent' | 'received'): PacketSiteReader {
  return (view, start, end, _keywordLow, _keywordHigh, site) => {
    const sizeAt = skipStrings(view, start, end, 2);
    if (sizeAt > end) return false;
    resetSite(site);
    site.outbound = path === 'sent';
    site.inbound = path === 'received';
    site.source = ComponentSource.Ras;
    site.namesAt = start;
    site.componentId = numberOfNames(view, start, sizeAt);
    site.linkType = LinkType.Ethernet;
    return takeSizedFrame(view, sizeAt, end, site);
  };
}

/** A number that the same connection has in every event: FNV-1a of its names. */
function numberOfNames(view: DataView, start: number, end: number): number {
  let hash = 0x811c_9dc5;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ view.getUint8(at), 0x0100_0193);
  return hash >>> 0;
}

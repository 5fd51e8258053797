import { ComponentSource, resetSite, type PacketSiteReader } from './site.ts';

/** Of a capture file's record, all that is left between `start` and `end` is the frame; the packet columns have the rest. */
export const readCaptureFrame: PacketSiteReader = (_view, start, end, _keywordLow, _keywordHigh, site) => {
  resetSite(site);
  site.frameStart = start;
  site.frameEnd = end;
  site.originalLength = end - start;
  site.source = ComponentSource.Capture;
  return true;
};

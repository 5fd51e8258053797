import { existsSync } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** The bundled sample. */
export const sampleTrace = fileURLToPath(new URL('../dist/sample/container-syn.etl', import.meta.url));

/** A real pktmon trace that lies beside the checkout of those who have it: 467 events, 114 Ethernet frames. */
export const pktmonTrace = fileURLToPath(new URL('../../shared/etl/pktmon/demikernel-PktMon.etl', import.meta.url));
export const hasPktmonTrace = existsSync(pktmonTrace);
if (!hasPktmonTrace) console.warn('e2e: ../shared/etl is NOT HERE: what needs a real trace is not tested.');

/** A real trace of Windows 7 that holds no layouts of its events, and a manifest that describes them. */
export const kernelNetworkTrace = fileURLToPath(new URL('../../shared/etl/tx/KernelNetwork.etl', import.meta.url));
export const kernelNetworkManifest = fileURLToPath(
  new URL('../../shared/manifests/perfview-dump-Kernel-Network-Win7.xml', import.meta.url),
);
/** A real trace whose header tells that three events were lost. */
export const lossyTrace = fileURLToPath(new URL('../../shared/etl/etl-parser/AMSITrace.etl', import.meta.url));
const kernelNetworkBuffer = 8192;

/** A trace of so many GiB, which takes a while to read: the buffers of a real one, over and over. */
export async function writeLongTrace(path: string, gibibytes = 1): Promise<string> {
  const bytes = await readFile(kernelNetworkTrace);
  const buffers = bytes.subarray(kernelNetworkBuffer);
  const file = await open(path, 'w');
  try {
    await file.write(bytes.subarray(0, kernelNetworkBuffer));
    for (let written = 0; written < gibibytes * 2 ** 30; written += buffers.length) await file.write(buffers);
  } finally {
    await file.close();
  }
  return path;
}

import * as v from 'valibot';
import {
  captureSetNames,
  captureTools,
  packetPlaces,
  windowsEditions,
  windowsVersions,
  type CapturePlan,
} from '../core/capture/capture-plan.ts';

/** One line of text without what would end it: plans become lines of a script that runs elevated. */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const line = v.pipe(v.string(), v.minLength(1), v.maxLength(300), v.regex(/^[^\u0000-\u001f\u007f\u2028\u2029]*$/));
const count = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(most));

/** A plan that a page sends. What it means is judged where the script is made; here it is a plan at all. */
export const capturePlan = v.strictObject({
  tool: v.picklist(captureTools),
  windows: v.picklist(windowsVersions),
  edition: v.picklist(windowsEditions),
  packets: v.picklist(packetPlaces),
  truncation: count(65_535),
  megabytes: count(1 << 20),
  fileMode: v.picklist(['circular', 'single']),
  adapters: v.pipe(v.array(line), v.maxLength(64)),
  sets: v.pipe(v.array(v.picklist(captureSetNames)), v.maxLength(captureSetNames.length)),
  providers: v.pipe(
    v.array(
      v.strictObject({
        provider: line,
        keywords: v.exactOptional(v.pipe(v.string(), v.regex(/^0x[0-9a-f]{1,16}$/i))),
        level: v.exactOptional(count(255)),
      }),
    ),
    v.maxLength(128),
  ),
  file: line,
  netshReport: v.boolean(),
  bundle: v.picklist(['folder', 'zip', 'none']),
}) satisfies v.GenericSchema<CapturePlan>;

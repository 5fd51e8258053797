import { serve } from './serve/serve.ts';
import type { Arguments } from './arguments.ts';

/** `serve`: the app as a local web page, until the process is told to stop. */
export async function serveCommand(given: Arguments): Promise<void> {
  const host = await serve({ files: given.files, port: given.port, openBrowser: false });
  console.log(`Hopscope is at ${host.url}`);
  console.log('Only this computer can reach it, and only with this address. Ctrl+C stops it.');
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  await host.close();
}

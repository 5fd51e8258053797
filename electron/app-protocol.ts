import { pageHeaders, readPageFile } from '../core/engine/page-files.ts';

export const appScheme = 'hopscope';
export const appOrigin = 'hopscope://app';
export const appAddress = `${appOrigin}/`;

/** Answers `hopscope://app/...` with the files of the built page; everything else is refused. */
export async function answerAppRequest(rendererFolder: string, request: Request): Promise<Response> {
  const address = new URL(request.url);
  if (address.protocol !== `${appScheme}:` || address.host !== 'app') return refuse(403);
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405);
  const file = await readPageFile(rendererFolder, address.pathname);
  const headers = { ...pageHeaders(), 'Content-Type': file.contentType };
  return new Response(request.method === 'HEAD' ? null : file.body, { status: file.status, headers });
}

function refuse(status: 403 | 405): Response {
  return new Response(null, { status, headers: pageHeaders() });
}

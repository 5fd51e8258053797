import { chromium } from 'playwright';
import http from 'node:http'; import { readFileSync } from 'node:fs'; import { join, extname } from 'node:path';
import { findChromium } from './build/provision.mjs';
const types = { '.html':'text/html','.js':'text/javascript','.css':'text/css','.svg':'image/svg+xml' };
const server = http.createServer((q,r)=>{ let p=q.url.split('?')[0]; if(p==='/')p='/index.html'; try { const b=readFileSync(join('/tmp/panes-fake',p)); r.setHeader('content-type',types[extname(p)]??'application/octet-stream'); r.end(b);} catch { r.statusCode=404; r.end(); } }).listen(0);
const port = server.address().port;
const { path } = await findChromium();
const browser = await chromium.launch({ executablePath: path });
const script = (await import(process.argv[2])).default;
try {
for (const scheme of ['light','dark']) {
  const page = await browser.newPage({ viewport:{width:1440,height:900}, colorScheme: scheme });
  page.on('console', m => { if (m.type()==='error') console.log('console', m.text()); });
  page.on('pageerror', e => console.log('pageerror', e.message));
  await script(page, `http://localhost:${port}/`, (name, clip) => page.screenshot({ path:`/tmp/panes-shots/${name}-${scheme}.png`, ...(clip && {clip}) }), scheme);
  await page.close();
}
} finally { await browser.close(); server.close(); }

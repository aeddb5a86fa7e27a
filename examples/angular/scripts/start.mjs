/** The library packed and installed, the page built, the venue running: `npm start`, and open what it prints. PORT sets the port. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import './library.mjs';

const here = fileURLToPath(new URL('..', import.meta.url));
if (process.argv.includes('--fresh') || !existsSync(`${here}/dist/index.html`)) {
  const { status } = spawnSync('npx', ['ng', 'build'], { cwd: here, stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}
const { startVenue } = await import('./venue.mjs');
const { url } = await startVenue({ port: Number(process.env.PORT ?? 4200) });
process.stdout.write(`\nThe simulated venue runs, and the page is at ${url}\n`);

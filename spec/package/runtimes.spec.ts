import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { serve, type ServedVenue } from '../../lib/node/serve.js';
import { simulatedBinance } from '../../lib/simulation/index.js';
import { installedProject, root, type Project } from '../support/installedPackage.js';

const run = promisify(execFile);
const HOW = 'npm ci --prefix spec/runtimes';
const installed = (path: string): string => join(root, 'spec/runtimes/node_modules', path);

/** How each runtime is begun. Deno is allowed what a program on a socket needs, and no more. */
const runtimes: readonly (readonly [name: string, program: string, args: readonly string[]])[] = [
  [`Node ${process.versions.node.split('.')[0] ?? ''}`, process.execPath, []],
  ['Node 22', installed('node-22/bin/node'), []],
  ['Node 24', installed('node-24/bin/node'), []],
  ['Bun', installed('@oven/bun-linux-x64/bin/bun'), ['run']],
  ['Deno', installed('@deno/linux-x64-glibc/deno'), ['run', '--no-lock', '--allow-net', '--allow-env', '--allow-read']],
];

/** README's first pipeline: two tops of a live book over real sockets, then it leaves. */
const pipeline = `
  binance({ url: process.env.VENUE_URL })
    .book('BTCUSDT')
    .pipe(live(), topOfBook(), take(2))
    .subscribe({
      next: ({ bid, ask }) => console.log('top', bid.exact.price.length, ask.price > bid.price),
      complete: () => console.log('left'),
    });
`;
const programs = {
  'pipeline.mjs': `
    import process from 'node:process';
    import { take } from 'rxjs';
    import { live, topOfBook } from 'millrace';
    import { binance } from 'millrace/venues/binance';
    ${pipeline}`,
  'pipeline.cjs': `
    const process = require('node:process');
    const { take } = require('rxjs');
    const { live, topOfBook } = require('millrace');
    const { binance } = require('millrace/venues/binance');
    ${pipeline}`,
};

let project: Project;
let served: ServedVenue;
const venue = simulatedBinance({ stepEvery: 50, instruments: ['BTCUSDT'] });

beforeAll(async () => {
  project = installedProject();
  for (const [path, text] of Object.entries(programs)) project.write(path, text);
  served = await serve(venue);
});
afterAll(async () => {
  await served.close();
  venue.close();
  project.remove();
});

describe.each(runtimes)('on %s', (name, program, args) => {
  it.each(Object.keys(programs))(
    'the first pipeline runs as %s, from the tarball, over real sockets, and ends',
    async (file) => {
      if (!existsSync(program)) {
        if (process.env['CI'] !== undefined && process.platform === 'linux' && process.arch === 'x64') {
          throw new Error(`${name} is not installed: ${HOW}`);
        }
        console.warn(`skipped: ${name} is not installed here: ${HOW}`);
        return;
      }
      const { stdout } = await run(program, [...args, file], {
        cwd: project.folder,
        timeout: 60_000,
        env: { ...process.env, VENUE_URL: served.url, NO_COLOR: '1' },
      });

      expect(stdout.trim().split('\n')).toEqual(['top 14 true', 'top 14 true', 'left']);
    },
  );
});

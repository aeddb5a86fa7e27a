/**
 * How often Angular looks for changes while it shows live books: 12 and 42 ladders of 20 levels a side on a simulated venue,
 * with a zone and without one; by `injectBook`, and by hand (each state of `exchange.book(…)` put into a signal as it comes).
 * Real time, each case in a process of its own. Run by `npm run bench:angular`.
 */
import '../scripts/readerGone.js';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const KINDS = ['zone', 'zoneless'] as const;
const WAYS = ['by hand', 'injectBook'] as const;
const LADDERS = [12, 42];

interface Measured {
  readonly turns: number;
  readonly refreshes: number;
  readonly frames: number;
  readonly cpu: number;
}

const [kind, way, ladders] = process.argv.slice(2);
if (kind === undefined) runAll();
else {
  if (kind === 'zone') await import('zone.js');
  const { measure } = await import('./angularLadders.js');
  process.stdout.write(`${JSON.stringify(await measure(kind === 'zone', way === 'injectBook', Number(ladders)))}\n`);
  process.exit();
}

function runAll(): void {
  const row = (...cells: readonly string[]): unknown =>
    process.stdout.write(`${cells.map((cell, index) => (index < 3 ? cell.padEnd(11) : cell.padStart(12))).join('')}\n`);
  row('ladders', 'zone', 'way', 'detections/s', 'ladders/s', 'frames/s', 'CPU %');
  for (const count of LADDERS) {
    for (const each of KINDS) {
      for (const by of WAYS) {
        const args = ['--import', 'tsx', fileURLToPath(import.meta.url), each, by, String(count)];
        const { stdout } = spawnSync(process.execPath, args, {
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        const { turns, refreshes, frames, cpu } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Measured;
        row(String(count), each, by, ...[turns, refreshes, frames, cpu].map((figure) => figure.toFixed(0)));
      }
    }
  }
}

/**
 * From another process over a loopback socket to the observer of a live book: frames a second beside a bare consumer of the
 * same frames, by turns; at a quarter of that the event loop and the way from receipt to observer; and past what can be kept up
 * with, what is told. Run by `npm run bench:socket`; takes about 40 s. With `MILLRACE_NODE`, the path of a Node of 22 or
 * later, the platform's own WebSocket, too.
 */
import { measureSocket } from './socketFigures.js';

const figures = await measureSocket(process.env['MILLRACE_NODE']);
if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(figures)}\n`);
else
  for (const [name, figure] of Object.entries(figures)) process.stdout.write(`${name.padEnd(24)}${String(figure)}\n`);

#!/usr/bin/env node
import { run } from './run.js';
import { processIo } from './terminal/processIo.js';

/** How long what is left open may take to close, in ms. */
const GRACE = 2_000;

void run(process.argv.slice(2), processIo(process)).then((code) => {
  process.exitCode = code;
  // Sockets end with a handshake that the other side may never answer. The timer itself keeps nothing alive.
  setTimeout(() => process.exit(code), GRACE).unref();
});

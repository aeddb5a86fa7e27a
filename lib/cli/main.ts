#!/usr/bin/env node
import { isatty } from 'node:tty';
import { fileURLToPath } from 'node:url';
import { EXIT } from './exitCode.js';
import { clean } from './render/text.js';
import { run } from './run.js';
import { RESTORE } from './terminal/display.js';
import { processIo } from './terminal/processIo.js';

/** How long what is left open may take to close, in ms. */
const GRACE = 2_000;

const { stdout } = process;

/** Of the package it is `dist/web`; in the repository the sources run, and the page is built there, too. */
const webFolder = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../../dist/web' : '../../web', import.meta.url),
);

// Whatever goes wrong, the terminal is given back and nobody is shown a stack.
process.once('uncaughtException', (error) => {
  if (isatty(stdout.fd)) stdout.write(RESTORE);
  process.stderr.write(`millrace: ${clean(error.message)}\n`);
  process.exit(EXIT.failed);
});

void run(process.argv.slice(2), processIo(process, webFolder)).then((code) => {
  process.exitCode = code;
  const leave = (): void => {
    // A slow reader gets all of it; one that is gone gets no more.
    if (stdout.writableLength === 0 || stdout.destroyed) process.exit(code);
    stdout.once('drain', leave);
    stdout.once('close', leave);
  };
  // Sockets end with a handshake that the other side may never answer. The timer itself keeps nothing alive.
  setTimeout(leave, GRACE).unref();
});

#!/usr/bin/env node
import { isatty } from 'node:tty';
import { fileURLToPath } from 'node:url';
import { errorText } from './errorText.js';
import { EXIT, type ExitCode } from './exitCode.js';
import { clean } from './render/text.js';
import { run } from './run.js';
import { RESTORE } from './terminal/display.js';
import { processIo, unwritable } from './terminal/processIo.js';

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

// It may be known only after the command is done: writes are told of later.
let lost: ExitCode | undefined;
unwritable(stdout).subscribe((error) => {
  process.exitCode = lost = EXIT.failed;
  process.stderr.write(`millrace: the output can't be written: ${clean(errorText(error))}\n`);
});

void run(process.argv.slice(2), processIo(process, webFolder)).then((code) => {
  process.exitCode = lost ?? code;
  const leave = (): void => {
    // A slow reader gets all of it; one that is gone gets no more.
    if (stdout.writableLength === 0 || stdout.destroyed) process.exit();
    stdout.once('drain', leave);
    stdout.once('close', leave);
  };
  // Sockets end with a handshake that the other side may never answer. The timer itself keeps nothing alive.
  setTimeout(leave, GRACE).unref();
});

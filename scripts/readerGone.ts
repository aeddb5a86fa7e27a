/**
 * Ends a program whose reader has gone (`npm run size | head`) without a word: a pipe tells that as an error, which unheard ends
 * it with a stack. Imported for what it does, by every program here that prints.
 */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  // As a shell says it of who writes to nobody: 128, and the number of SIGPIPE.
  process.exit(141);
});

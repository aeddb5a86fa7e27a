/** The command line was used wrongly. Its message is one line: what was wrong and what is accepted. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

import { CommanderError, type Command } from 'commander';
import { programOf } from './program.js';
import type { CliRequest } from './request.js';
import { UsageError } from './usageError.js';
import { quote } from './values.js';
import type { VenueFacts } from './venueFacts.js';

/**
 * Reads the words after the program's name. Pure: opens nothing, prints nothing.
 *
 * @throws UsageError for any misuse.
 */
export function parseArguments(words: readonly string[], venues: readonly VenueFacts[]): CliRequest {
  let request: CliRequest | undefined;
  let text = '';
  const program = programOf(
    venues,
    (made) => (request = made),
    (written) => (text += written),
  );
  const [first] = words;
  const known = program.commands.map((command) => command.name());
  if (first !== undefined && !first.startsWith('-') && ![...known, 'help'].includes(first)) {
    throw new UsageError(`unknown command ${quote(first)}: accepted: ${known.join(', ')}`);
  }
  const asksForProgram = first === '--help' || first === '-h' || first === '--version' || first === '-V';
  try {
    // `npm start` alone watches, and so does `npm start -- --for 30s`.
    const whole = first === undefined || (first.startsWith('-') && !asksForProgram) ? ['watch', ...words] : [...words];
    program.parse(whole, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0 && error.code !== 'commander.help') throw new UsageError(oneLine(error, program, first));
  }
  return request ?? { command: 'text', text };
}

/** Commander's message without its prefix and line feeds, and with what is accepted. */
function oneLine(error: CommanderError, program: Command, first: string | undefined): string {
  const command = program.commands.find((one) => one.name() === first) ?? program.commands[0];
  const text = error.message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ');
  const flags = command?.options.map((option) => option.long).join(', ') ?? '';
  const hints: Readonly<Record<string, string>> = {
    'commander.unknownOption': `: accepted: ${flags}`,
    'commander.excessArguments': `: accepted: ${command?.usage() ?? ''}`,
  };
  return `${text}${hints[error.code] ?? ''}; see millrace ${command?.name() ?? ''} --help`;
}

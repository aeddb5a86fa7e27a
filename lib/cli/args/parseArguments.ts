import { Command, CommanderError } from 'commander';
import { VERSION } from '../version.js';
import { EXIT_CODES, REPLAY_NOTES, SIMULATE_NOTES, WATCH_NOTES } from './help.js';
import {
  channelsOf,
  depthOf,
  durationOf,
  instrumentOf,
  instrumentsOf,
  intervalOf,
  marketOf,
  simulationOf,
  sourceOf,
  venueOf,
  type RawOptions,
} from './options.js';
import { CHANNELS, type CliRequest } from './request.js';
import { UsageError } from './usageError.js';
import { parseSpeed, parseWhole, quote } from './values.js';
import type { VenueFacts } from './venueFacts.js';

/** The default of `record --for`. */
const A_MINUTE = 60_000;

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

function programOf(
  venues: readonly VenueFacts[],
  done: (request: CliRequest) => void,
  print: (text: string) => void,
): Command {
  const names = venues.map((venue) => venue.name).join(', ');
  const program = new Command('millrace')
    .description('Reactive market streams: live order books that are never quietly wrong.')
    .version(VERSION)
    .addHelpText('after', `${EXIT_CODES}\n\nWithout a command: watch.`);

  const market = (command: Command): Command =>
    command
      .option('--venue <name>', `venue: ${names}`)
      .option('--market <name>', `market of the venue: ${venues.map((venue) => venue.markets.join(', ')).join('; ')}`);
  const simulation = (command: Command): Command =>
    command
      .option('--seed <n>', 'seed of the simulated market (default: 1)')
      .option('--faults <plan>', 'what goes wrong and when, for instance drop@10s/10s; or none');
  const source = (command: Command): Command =>
    simulation(
      market(command)
        .option('--url <url>', 'another server of the same protocol, ws:// or wss://')
        .option('--simulated', 'a simulated venue of our own'),
    );

  source(program.command('watch').description('a live view of one instrument'))
    .option('--instrument <symbol>', "the venue's symbol", undefined)
    .option('--channel <name>', `one of ${CHANNELS.join(', ')} (default: book)`)
    .option('--interval <name>', 'interval of candles (default: 1m)')
    .option('--depth <n>', 'levels shown on each side (default: what fits; 10 with --json)')
    .option('--json', 'one JSON object a line')
    .option('--for <duration>', 'end after this time, for instance 30s')
    .addHelpText('after', `${WATCH_NOTES}${EXIT_CODES}`)
    .action((raw: RawOptions) => {
      const venue = venueOf(raw, venues);
      const [channel = 'book'] = channelsOf(raw, venue, false);
      done({
        command: 'watch',
        venue: venue.name,
        market: marketOf(raw, venue),
        source: sourceOf(raw, venue),
        instrument: instrumentOf(raw, venue),
        channel,
        interval: intervalOf(raw, venue, [channel]),
        depth: depthOf(raw),
        json: raw.json === true,
        for: durationOf(raw),
      });
    });

  program
    .command('replay')
    .description('the same view over a recording')
    .argument('<file>', 'a recording, .ndjson or .ndjson.gz')
    .option('--speed <speed>', 'max, real, or a factor (default: real on a terminal, max elsewhere)')
    .option('--instrument <symbol>', 'which one (default: the first of the recording; with --json: all)')
    .option('--depth <n>', 'levels shown on each side')
    .option('--json', 'one JSON document that says what came of the recording')
    .addHelpText('after', `${REPLAY_NOTES}${EXIT_CODES}`)
    .action((file: string, raw: RawOptions) => {
      done({
        command: 'replay',
        file,
        speed: raw.speed === undefined ? undefined : parseSpeed('--speed', raw.speed),
        instrument: raw.instrument?.trim(),
        depth: depthOf(raw),
        json: raw.json === true,
      });
    });

  source(program.command('record').description('record what a venue sends'))
    .option('--instrument <symbols>', "the venue's symbol, or several with commas")
    .option('--channel <names>', `some of ${CHANNELS.join(', ')} (default: book,trades)`)
    .option('--interval <name>', 'interval of candles (default: 1m)')
    .requiredOption('--out <file>', 'where to write, a gzip file: x.ndjson.gz')
    .option('--force', 'overwrite')
    .option('--for <duration>', 'how long (default: 60s)')
    .addHelpText('after', EXIT_CODES)
    .action((raw: RawOptions) => {
      const venue = venueOf(raw, venues);
      const channels = channelsOf(raw, venue, true);
      done({
        command: 'record',
        venue: venue.name,
        market: marketOf(raw, venue),
        source: sourceOf(raw, venue),
        instruments: instrumentsOf(raw, venue),
        channels,
        interval: intervalOf(raw, venue, channels),
        out: raw.out ?? '',
        force: raw.force === true,
        for: durationOf(raw) ?? A_MINUTE,
      });
    });

  simulation(market(program.command('simulate').description('serve a simulated venue on this machine')))
    .option('--port <n>', 'port to listen on (default: 0, a free one)')
    .option('--for <duration>', 'end after this time')
    .addHelpText('after', `${SIMULATE_NOTES}${EXIT_CODES}`)
    .action((raw: RawOptions) => {
      const venue = venueOf(raw, venues);
      done({
        command: 'simulate',
        venue: venue.name,
        market: marketOf(raw, venue),
        ...simulationOf(raw, venue),
        port: raw.port === undefined ? 0 : parseWhole('--port', raw.port, 0, 65_535),
        for: durationOf(raw),
      });
    });

  // Commands copy these when they are made, so they are set on each.
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({ writeOut: print, writeErr: () => undefined });
  }
  return program;
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

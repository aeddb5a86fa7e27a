import { Command } from 'commander';
import { VERSION } from '../version.js';
import { EXIT_CODES, RELAY_NOTES, REPLAY_NOTES, WATCH_NOTES } from './help.js';
import type { RawOptions } from './options.js';
import { CHANNELS, type CliRequest } from './request.js';
import { simulateNotes } from './faultHelp.js';
import { type RawRelayOptions, relayRequest } from './relay.js';
import { recordRequest, replayRequest, simulateRequest, watchRequest } from './requests.js';
import { UsageError } from './usageError.js';
import { quote } from './values.js';
import type { VenueFacts } from './venueFacts.js';

/** Where commands are added, and what they are made of. */
interface Commands {
  readonly program: Command;
  readonly venues: readonly VenueFacts[];
  /** Takes the request that was read. */
  readonly done: (request: CliRequest) => void;
}

/**
 * Commands and options as they are typed, with their help.
 *
 * @param done Takes the request that was read.
 * @param print Takes help and version.
 */
export function programOf(
  venues: readonly VenueFacts[],
  done: (request: CliRequest) => void,
  print: (text: string) => void,
): Command {
  const program = new Command('millrace')
    .description('Reactive market streams: live order books that are never quietly wrong.')
    .version(VERSION)
    .addHelpText('after', `${EXIT_CODES}\n\nWithout a command: watch.`);
  const commands = { program, venues, done };
  addWatch(commands);
  addReplay(commands);
  addRecord(commands);
  addSimulate(commands);
  addRelay(commands);

  // Commands copy these when they are made, so they are set on each.
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({ writeOut: print, writeErr: () => undefined });
    for (const option of command.options) option.argParser(onceOf(option.long ?? option.flags));
  }
  return program;
}

/** Takes the value of an option. Of two the first would be lost unsaid, and an option that follows be taken for the value. */
const onceOf =
  (option: string) =>
  (value: string, before: unknown): string => {
    if (before !== undefined) throw new UsageError(`${option} ${quote(value)}: give it once`);
    if (/^--?[a-z]/i.test(value)) throw new UsageError(`${option}: its value is missing before ${quote(value)}`);
    return value;
  };

const market = (command: Command, venues: readonly VenueFacts[]): Command =>
  command
    .option('--venue <name>', `venue: ${venues.map((venue) => venue.name).join(', ')}`)
    .option('--market <name>', `market of the venue: ${venues.map((venue) => venue.markets.join(', ')).join('; ')}`);

const simulation = (command: Command): Command =>
  command
    .option('--seed <n>', 'seed of the simulated market (default: 1)')
    .option('--faults <plan>', 'what goes wrong and when, for instance drop@10s/10s; or none');

const source = (command: Command, venues: readonly VenueFacts[]): Command =>
  simulation(
    market(command, venues)
      .option('--url <url>', 'another server of the same protocol, ws:// or wss://')
      .option('--simulated', 'a simulated venue of our own'),
  );

function addWatch({ program, venues, done }: Commands): void {
  source(program.command('watch').description('a live view of one instrument, or of several'), venues)
    .argument('[symbols...]', "the venue's symbols: `watch BTCUSDT` asks the venue itself")
    .option('--instrument <symbols>', 'the same, with commas')
    .option('--channel <name>', `one of ${CHANNELS.join(', ')} (default: book)`)
    .option('--interval <name>', 'interval of candles (default: a minute where the venue has it)')
    .option('--depth <n>', 'levels shown on each side (default: what fits; 10 with --json)')
    .option('--relayed <url>', 'by a gateway: nats://host:port, or the ws:// address of `relay --listen`')
    .option('--json', 'one JSON object a line')
    .option('--web', 'a page for browsers on this machine; prints its address')
    .option('--port <n>', 'port of the page (default: 4280, or a free one)')
    .option('--for <duration>', 'end after this time, for instance 30s')
    .addHelpText('after', `${WATCH_NOTES}${EXIT_CODES}`)
    .action((symbols: readonly string[], raw: RawOptions) => {
      done(watchRequest(symbols, raw, venues));
    });
}

function addReplay({ program, done }: Commands): void {
  program
    .command('replay')
    .description('the same view over a recording')
    .argument('<file>', 'a recording, .ndjson or .ndjson.gz')
    .option('--speed <speed>', 'max, real, or a factor (default: real on a terminal, max elsewhere)')
    .option('--instrument <symbol>', 'which one (default: the first of the recording; with --json: all)')
    .option('--channel <name>', 'what of it: book, trades, quotes, candles, … (default: its book, or else its trades)')
    .option('--interval <name>', 'of candles (default: a minute where the venue has it)')
    .option('--depth <n>', 'levels shown on each side')
    .option('--json', 'one JSON document that says what came of the recording')
    .addHelpText('after', `${REPLAY_NOTES}${EXIT_CODES}`)
    .action((file: string, raw: RawOptions) => {
      done(replayRequest(file, raw));
    });
}

function addRecord({ program, venues, done }: Commands): void {
  source(program.command('record').description('record what a venue sends'), venues)
    .option('--instrument <symbols>', "the venue's symbol, or several with commas")
    .option('--channel <names>', `some of ${CHANNELS.join(', ')} (default: book,trades)`)
    .option('--interval <name>', 'interval of candles (default: a minute where the venue has it)')
    .requiredOption('--out <file>', 'where to write, a gzip file: x.ndjson.gz')
    .option('--force', 'overwrite')
    .option('--for <duration>', 'how long (default: 60s)')
    .addHelpText('after', EXIT_CODES)
    .action((raw: RawOptions) => {
      done(recordRequest(raw, venues));
    });
}

function addSimulate({ program, venues, done }: Commands): void {
  simulation(market(program.command('simulate').description('serve a simulated venue on this machine'), venues))
    .option('--port <n>', 'port to listen on (default: 0, a free one)')
    .option('--for <duration>', 'end after this time')
    .addHelpText('after', `${simulateNotes(venues)}${EXIT_CODES}`)
    .action((raw: RawOptions) => {
      done(simulateRequest(raw, venues));
    });
}

function addRelay({ program, venues, done }: Commands): void {
  source(program.command('relay').description('hold a venue for other processes'), venues)
    .option('--instrument <symbols>', "the venue's symbol, or several with commas")
    .option('--channel <names>', `some of ${CHANNELS.join(', ')} (default: book,trades)`)
    .option('--interval <name>', 'interval of candles (default: a minute where the venue has it)')
    .option('--as <name>', "the gateway's name, one of its own on a bus (default: A)")
    .option('--nats <url>', 'relay over NATS: nats://host:port')
    .option('--listen <port>', 'take WebSockets, on this machine; or host:port (default: a free port, without --nats)')
    .option('--from <url>', 'relay to WebSockets what gateways say on this bus, instead of a venue')
    .option('--origin <origins>', 'pages that may connect, for instance https://example.com')
    .option('--for <duration>', 'end after this time')
    .addHelpText('after', `${RELAY_NOTES}${EXIT_CODES}`)
    .action((raw: RawRelayOptions) => {
      done(relayRequest(raw, venues));
    });
}

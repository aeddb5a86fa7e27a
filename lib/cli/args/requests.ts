import {
  channelsOf,
  depthOf,
  durationOf,
  instrumentsOf,
  intervalOf,
  marketOf,
  simulationOf,
  sourceOf,
  venueOf,
  type RawOptions,
} from './options.js';
import { parseRelayed } from './relay.js';
import {
  CHANNELS,
  type ChannelName,
  type RecordRequest,
  type ReplayRequest,
  type SimulateRequest,
  type WatchRequest,
} from './request.js';
import { UsageError } from './usageError.js';
import { parseOneOf, parseSpeed, parseWhole } from './values.js';
import type { VenueFacts } from './venueFacts.js';

/** The default of `record --for`. */
const A_MINUTE = 60_000;

/**
 * @param symbols Instruments without an option: `watch BTCUSDT`. Who names one so means the venue itself, where nothing else is
 *   said; an example of our own making must not look like the market.
 */
export function watchRequest(
  symbols: readonly string[],
  options: RawOptions,
  venues: readonly VenueFacts[],
): WatchRequest {
  const raw = symbols.length === 0 ? options : withSymbols(symbols, options);
  const venue = venueOf(raw, venues);
  const [channel = 'book'] = channelsOf(raw, venue, false);
  const source = watchedOf(raw, venue, symbols.length > 0);
  const market = marketOf(raw, venue, source.kind === 'simulated');
  return {
    command: 'watch',
    venue: venue.name,
    market,
    source,
    instruments: [...new Set(instrumentsOf(raw, venue))],
    channel,
    interval: intervalOf(raw, venue, market, [channel]),
    depth: depthOf(raw, channel),
    json: raw.json === true,
    web: webOf(raw, channel),
    for: durationOf(raw),
  };
}

/** Whether the venue of the recording has such a channel and interval is known when it is opened. */
export function replayRequest(file: string, raw: RawOptions): ReplayRequest {
  for (const option of ['channel', 'depth'] as const) {
    if (raw.json === true && raw[option] !== undefined)
      throw new UsageError(`--json and --${option} exclude each other: give one of them`);
  }
  if (raw.interval !== undefined && raw.channel !== 'candles')
    throw new UsageError('--interval goes with --channel candles only');
  return {
    command: 'replay',
    file,
    speed: raw.speed === undefined ? undefined : parseSpeed('--speed', raw.speed),
    instrument: raw.instrument?.trim(),
    channel: raw.channel === undefined ? undefined : parseOneOf('--channel', raw.channel, CHANNELS),
    interval: raw.interval,
    depth: depthOf(raw, raw.channel ?? 'book'),
    json: raw.json === true,
  };
}

export function recordRequest(raw: RawOptions, venues: readonly VenueFacts[]): RecordRequest {
  if (raw.out?.trim() === '') throw new UsageError('--out: give a file such as x.ndjson.gz');
  const venue = venueOf(raw, venues);
  const channels = channelsOf(raw, venue, true);
  const source = sourceOf(raw, venue);
  const market = marketOf(raw, venue, source.kind === 'simulated');
  return {
    command: 'record',
    venue: venue.name,
    market,
    source,
    instruments: instrumentsOf(raw, venue),
    channels,
    interval: intervalOf(raw, venue, market, channels),
    out: raw.out ?? '',
    force: raw.force === true,
    for: durationOf(raw) ?? A_MINUTE,
  };
}

export function simulateRequest(raw: RawOptions, venues: readonly VenueFacts[]): SimulateRequest {
  const venue = venueOf(raw, venues);
  return {
    command: 'simulate',
    venue: venue.name,
    market: marketOf(raw, venue, true),
    ...simulationOf(raw, venue),
    port: raw.port === undefined ? 0 : parseWhole('--port', raw.port, 0, 65_535),
    for: durationOf(raw),
  };
}

function webOf(raw: RawOptions, channel: ChannelName): WatchRequest['web'] {
  const port = raw.port === undefined ? undefined : parseWhole('--port', raw.port, 0, 65_535);
  if (raw.web !== true) {
    if (port !== undefined) throw new UsageError('--port goes with --web only');
    return undefined;
  }
  for (const option of ['json', 'relayed', 'depth'] as const) {
    if (raw[option] !== undefined) throw new UsageError(`--web and --${option} exclude each other: give one of them`);
  }
  if (channel !== 'book') throw new UsageError(`--web shows books with their trades, and no ${channel}`);
  return { port };
}

function withSymbols(symbols: readonly string[], options: RawOptions): RawOptions {
  if (options.instrument !== undefined) {
    throw new UsageError('--instrument and symbols without an option exclude each other: give one of them');
  }
  return { ...options, instrument: symbols.join(',') };
}

function watchedOf(raw: RawOptions, venue: VenueFacts, meansVenue: boolean): WatchRequest['source'] {
  const isSimulation = [raw.simulated, raw.seed, raw.faults].some((one) => one !== undefined);
  if (raw.relayed === undefined) {
    return sourceOf(meansVenue && !isSimulation ? { ...raw, venue: venue.name } : raw, venue);
  }
  for (const option of ['url', 'simulated', 'seed', 'faults'] as const) {
    if (raw[option] !== undefined)
      throw new UsageError(`--relayed and --${option} exclude each other: give one of them`);
  }
  const [channel] = channelsOf(raw, venue, false);
  if (channel !== undefined && venue.unrelayed?.includes(channel) === true) {
    throw new UsageError(`--channel ${channel} of ${venue.name} is not relayed`);
  }
  return { kind: 'relayed', url: parseRelayed(raw.relayed) };
}

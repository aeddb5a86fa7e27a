import { parseDuration, parseOneOf, parseSocketUrl, parseWhole, quote } from './values.js';
import { CHANNELS, type ChannelName, type SimulationRequest, type SourceRequest } from './request.js';
import { errorText } from '../errorText.js';
import { UsageError } from './usageError.js';
import type { VenueFacts } from './venueFacts.js';

/** The options as commander hands them over: texts and flags, nothing checked. */
export interface RawOptions {
  readonly venue?: string;
  readonly market?: string;
  readonly instrument?: string;
  readonly channel?: string;
  readonly interval?: string;
  readonly depth?: string;
  readonly url?: string;
  readonly json?: boolean;
  readonly for?: string;
  readonly simulated?: boolean;
  readonly seed?: string;
  readonly faults?: string;
  readonly speed?: string;
  readonly out?: string;
  readonly force?: boolean;
  readonly port?: string;
  readonly relayed?: string;
  readonly web?: boolean;
}

/** What is checked against the venue's own words. */
export function venueOf(raw: RawOptions, venues: readonly VenueFacts[]): VenueFacts {
  const [first] = venues;
  if (first === undefined) throw new UsageError('no venue is built in');
  if (raw.venue === undefined) return first;
  const name = parseOneOf(
    '--venue',
    raw.venue,
    venues.map((venue) => venue.name),
  );
  return venues.find((venue) => venue.name === name) ?? first;
}

/** @param isSimulated Whether it is the simulated one's: there may not be one of each. */
export function marketOf(raw: RawOptions, venue: VenueFacts, isSimulated: boolean): string {
  const { market } = raw;
  if (market === undefined) return (isSimulated ? venue.simulated[0] : undefined) ?? venue.markets[0] ?? '';
  const known = parseOneOf('--market', market, venue.markets);
  if (!isSimulated || venue.simulated.length === 0 || venue.simulated.includes(known)) return known;
  throw new UsageError(`there is no simulated ${venue.name} ${known}: accepted: ${venue.simulated.join(', ')}`);
}

export function channelsOf(raw: RawOptions, venue: VenueFacts, many: boolean): readonly ChannelName[] {
  if (raw.channel === undefined) {
    const usual: readonly ChannelName[] = many ? ['book', 'trades'] : [];
    const offered = usual.filter((name) => venue.channels.includes(name));
    return offered.length > 0 ? offered : venue.channels.slice(0, 1);
  }
  const names = many ? raw.channel.split(',').map((name) => name.trim()) : [raw.channel];
  return [...new Set(names.map((name) => parseOneOf('--channel', name, inTheOrderOf(CHANNELS, venue.channels))))];
}

export function intervalOf(
  raw: RawOptions,
  venue: VenueFacts,
  market: string,
  channels: readonly ChannelName[],
): string {
  const intervals = venue.intervals(market);
  // Each venue spells a minute in its own way, and not each has one; the shortest comes first.
  if (raw.interval === undefined) return intervals.includes('1m') ? '1m' : (intervals[0] ?? '1m');
  if (!channels.includes('candles')) throw new UsageError('--interval goes with --channel candles only');
  // `1m` is a minute and `1M` a month, so the case counts.
  if (!intervals.includes(raw.interval)) {
    throw new UsageError(`--interval ${quote(raw.interval)}: accepted: ${intervals.join(', ')}`);
  }
  return raw.interval;
}

export function instrumentsOf(raw: RawOptions, venue: VenueFacts): readonly string[] {
  return (raw.instrument ?? venue.instrument).split(',').map((name) => {
    const instrument = venue.spell(name.trim());
    if (!/^[\p{L}\p{N}._:/-]{1,80}$/u.test(instrument)) {
      throw new UsageError(`--instrument ${quote(name)}: give a symbol such as ${venue.instrument}`);
    }
    return instrument;
  });
}

export function sourceOf(raw: RawOptions, venue: VenueFacts): SourceRequest {
  const simulated = raw.simulated === true || (raw.venue === undefined && raw.url === undefined);
  if (raw.simulated === true && raw.url !== undefined) {
    throw new UsageError('--simulated and --url exclude each other: give one of them');
  }
  if (simulated) return { kind: 'simulated', ...simulationOf(raw, venue) };
  for (const option of ['seed', 'faults'] as const) {
    if (raw[option] !== undefined) throw new UsageError(`--${option} goes with --simulated only`);
  }
  return raw.url === undefined ? { kind: 'live' } : { kind: 'url', url: parseSocketUrl('--url', raw.url) };
}

export function simulationOf(raw: RawOptions, venue: VenueFacts): SimulationRequest {
  if (venue.simulated.length === 0) throw new UsageError(`there is no simulated ${venue.name}`);
  if (raw.faults !== undefined && raw.faults !== 'none') {
    try {
      venue.checkFaults(raw.faults);
    } catch (error) {
      throw new UsageError(`--faults: ${errorText(error)}`);
    }
  }
  return { seed: raw.seed === undefined ? 1 : parseWhole('--seed', raw.seed, 0, 2 ** 32 - 1), faults: raw.faults };
}

export const durationOf = (raw: RawOptions): number | undefined =>
  raw.for === undefined ? undefined : parseDuration('--for', raw.for);

export function depthOf(raw: RawOptions, channel: string): number | undefined {
  if (raw.depth === undefined) return undefined;
  if (channel.toLowerCase() !== 'book') throw new UsageError('--depth goes with --channel book only');
  return parseWhole('--depth', raw.depth, 1, 5_000);
}

const inTheOrderOf = <T>(order: readonly T[], some: readonly T[]): readonly T[] =>
  order.filter((one) => some.includes(one));

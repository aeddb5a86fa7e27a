import {
  channelsOf,
  durationOf,
  instrumentsOf,
  intervalOf,
  marketOf,
  sourceOf,
  venueOf,
  type RawOptions,
} from './options.js';
import type { RelayRequest, RelaySource } from './request.js';
import { UsageError } from './usageError.js';
import { parseSocketUrl, parseWhole, quote } from './values.js';
import type { VenueFacts } from './venueFacts.js';

/** What `relay` takes beside what all commands do. */
export interface RawRelayOptions extends RawOptions {
  readonly nats?: string;
  readonly from?: string;
  readonly as?: string;
  readonly listen?: string;
  readonly origin?: string;
}

const ABOUT_VENUES = [
  'venue',
  'market',
  'instrument',
  'channel',
  'interval',
  'url',
  'simulated',
  'nats',
  'as',
] as const;

export function relayRequest(raw: RawRelayOptions, venues: readonly VenueFacts[]): RelayRequest {
  const listen = raw.listen === undefined ? undefined : parseListen(raw.listen);
  const origins = (raw.origin ?? '').split(',').filter((one) => one !== '');
  for (const origin of origins) {
    if (!/^https?:\/\/[^/\s]+$/.test(origin)) {
      throw new UsageError(`--origin ${quote(origin)}: give an origin such as https://example.com`);
    }
  }
  return {
    command: 'relay',
    source: relaySource(raw, venues),
    // Without a bus somebody must be able to hear it.
    listen: listen ?? (raw.nats === undefined ? { host: '127.0.0.1', port: 0 } : undefined),
    origins,
    for: durationOf(raw),
  };
}

function relaySource(raw: RawRelayOptions, venues: readonly VenueFacts[]): RelaySource {
  if (raw.from !== undefined) {
    const other = ABOUT_VENUES.find((name) => raw[name] !== undefined);
    if (other !== undefined) throw new UsageError(`--from and --${other} exclude each other: give one of them`);
    return { kind: 'bus', servers: parseNats('--from', raw.from) };
  }
  const venue = venueOf(raw, venues);
  const channels = channelsOf(raw, venue, true);
  const source = sourceOf(raw, venue);
  const market = marketOf(raw, venue, source.kind === 'simulated');
  const not = channels.find((name) => venue.unrelayed?.includes(name));
  if (not !== undefined) throw new UsageError(`--channel ${not} of ${venue.name} is not relayed`);
  const { as = 'A' } = raw;
  if (!/^[\w-]{1,64}$/.test(as) || as === 'any')
    throw new UsageError(`--as ${quote(as)}: give a name of letters and digits`);
  return {
    kind: 'venue',
    venue: venue.name,
    market,
    source,
    instruments: instrumentsOf(raw, venue),
    channels,
    interval: intervalOf(raw, venue, market, channels),
    as,
    nats: raw.nats === undefined ? undefined : parseNats('--nats', raw.nats),
  };
}

/** Accepts `nats://host:port`, or several with commas. What may be a secret in it is not shown. */
export function parseNats(option: string, text: string): readonly string[] {
  const servers = text.split(',');
  if (!servers.every((one) => /^(nats|tls):\/\/[^\s/?#@]+$/.test(one))) {
    throw new UsageError(`${option}: give an address such as nats://127.0.0.1:4222, without a user`);
  }
  return servers;
}

/** Accepts what {@link parseNats} does, or a gateway's `ws:` address. */
export function parseRelayed(text: string): string {
  if (/^wss?:/.test(text)) return parseSocketUrl('--relayed', text);
  if (/^(nats|tls):/.test(text)) return parseNats('--relayed', text).join(',');
  throw new UsageError(
    '--relayed: give an address such as nats://127.0.0.1:4222, or the ws:// address of `relay --listen`',
  );
}

/** Reads `8080`, `0.0.0.0:8080` or `[::1]:8080`. */
function parseListen(text: string): { readonly host: string; readonly port: number } {
  const [, host, port = ''] = /^(?:(\[[\da-fA-F:]+\]|[^:]+):)?(\d+)$/.exec(text) ?? [];
  if (port === '') throw new UsageError(`--listen ${quote(text)}: give a port, or host:port`);
  return { host: host?.replace(/^\[|\]$/g, '') ?? '127.0.0.1', port: parseWhole('--listen', port, 0, 65_535) };
}

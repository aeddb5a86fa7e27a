import { isJsonObject, type JsonObject } from '../../codec/jsonObject.js';
import type { RecordedEvent } from '../../recording/format.js';
import { type FrameKind, placeIn, type RecordedVenue } from './cliVenue.js';
import { parsedFrame } from './parsedFrame.js';

/** `{"stream":"btcusdt@depth@100ms",` at the head of a combined frame: read without parsing thousands of levels. */
const COMBINED = /^\{"stream":"([^"@]*)@?([^"]*)"/;
const DEPTH = /^depth(?:@(\d+ms))?$/;
/** Streams of diffs by how often they come, the best first. One without a speed is the market's own. */
const SPEEDS: readonly string[] = ['100ms', 'depth', '500ms'];
/** What our client calls those that go by another name: `0ms` was never documented, and the market's own need no speed. */
const OURS: ReadonlyMap<string, string> = new Map([
  ['0ms', '100ms'],
  ['250ms', 'depth'],
  ['1000ms', 'depth'],
]);
const NAMED_SPEED = /@depth@(0|250|1000)ms"/;
/** Streams that are called otherwise than their events. */
const NAMED_OTHERWISE: ReadonlyMap<unknown, string> = new Map([
  ['depthUpdate', 'depth@100ms'],
  ['24hrTicker', 'ticker'],
]);

/** How recordings of Binance are read: spot, futures of either kind, and Binance US and TR, which speak the spot protocol. */
export const recordedBinance: RecordedVenue = {
  names: ['binance', 'binance-futures', 'binance-us', 'binance-delivery', 'binance-tr'],
  marketOf: (venue, market, url) => {
    if (venue === 'binance-delivery' || market === 'coin-m') return 'coinm';
    if (venue === 'binance-futures' || market === 'usd-m') return 'usdm';
    const [, host] = /^wss?:\/\/([^./:]+)/.exec(url) ?? [];
    return host === 'dstream' ? 'coinm' : host === 'fstream' ? 'usdm' : 'spot';
  },
  headerOf: (market) => {
    if (market === 'coinm') return { venue: 'binance-delivery', market: 'coin-m' };
    return market === 'usdm' ? { venue: 'binance-futures', market: 'usd-m' } : { venue: 'binance', market };
  },
  gapRule: (market) => (market === 'spot' ? 'U == previous u + 1' : 'pu == previous u'),
  checksum: () => null,
  kindOf: (frame) => {
    const [, symbol, stream] = COMBINED.exec(frame) ?? [];
    return symbol === undefined || stream === undefined ? kindOfRaw(frame) : kindOfStream(symbol.toUpperCase(), stream);
  },
  played: (recording) => ({ ...recording, events: recording.events.map(combined) }),
  isDepthAnswer: (url) => url.includes('/depth?'),
  // A recording holds no answers to what a client asks today.
  reply: (sent) => {
    const { id } = parsedFrame(sent);
    return id === undefined ? undefined : JSON.stringify({ result: null, id });
  },
};

/** The better first. Both tell the same trades: where both were recorded, only the one counts. */
const TRADES: readonly string[] = ['aggTrade', 'trade'];

function kindOfStream(instrument: string, stream: string): FrameKind {
  const depth = DEPTH.exec(stream);
  if (depth !== null) {
    const [, speed = 'depth'] = depth;
    const ours = OURS.get(speed) ?? speed;
    return { type: 'depth', instrument, stream: ours, behind: placeIn(SPEEDS, ours) };
  }
  if (TRADES.includes(stream)) return { type: 'trade', instrument, stream, behind: placeIn(TRADES, stream) };
  return { type: 'other', name: stream === '' ? instrument.toLowerCase() : stream };
}

/** A frame of a raw stream, or an answer. */
function kindOfRaw(frame: string): FrameKind {
  const value = objectIn(frame);
  if (value === undefined) return { type: 'other', name: 'no JSON' };
  if (typeof value['stream'] === 'string') {
    const [symbol = '', ...stream] = value['stream'].split('@');
    return kindOfStream(symbol.toUpperCase(), stream.join('@'));
  }
  const { e: kind, s: instrument, u } = value;
  if (typeof kind === 'string' && typeof instrument === 'string') {
    if (kind === 'depthUpdate') return { type: 'depth', instrument };
    return TRADES.includes(kind) ? kindOfStream(instrument, kind) : { type: 'other', name: kind };
  }
  if (u !== undefined && instrument !== undefined) return { type: 'other', name: 'bookTicker' };
  return { type: 'other', name: 'result' in value || 'id' in value ? 'response' : 'unknown' };
}

/** At `/ws` a frame is an event alone. Our client listens at `/stream`, where each has the name of its stream around it. */
function combined(event: RecordedEvent): RecordedEvent {
  if (event.kind !== 'frame' || event.data.startsWith('{"stream":')) return renamed(event);
  const value = objectIn(event.data) ?? {};
  const stream = value['stream'] === undefined ? streamOf(value) : undefined;
  return stream === undefined
    ? renamed(event)
    : { ...event, data: `{"stream":${JSON.stringify(stream)},"data":${event.data}}` };
}

function renamed(event: RecordedEvent): RecordedEvent {
  const [found, speed] = event.kind === 'frame' ? (NAMED_SPEED.exec(event.data) ?? []) : [];
  if (event.kind !== 'frame' || found === undefined) return event;
  return { ...event, data: event.data.replace(found, speed === '0' ? '@depth@100ms"' : '@depth"') };
}

/** Which stream an event is of, as our client calls it; how often its diffs come is all that it does not tell. */
function streamOf({ e: kind, s: symbol, u, B, k }: JsonObject): string | undefined {
  if (typeof symbol !== 'string') return undefined;
  const name = kind ?? (u !== undefined && B !== undefined ? 'bookTicker' : undefined);
  const candle = isJsonObject(k) ? `kline_${String(k['i'])}` : undefined;
  const stream = NAMED_OTHERWISE.get(name) ?? (name === 'kline' ? candle : name);
  return typeof stream === 'string' ? `${symbol.toLowerCase()}@${stream}` : undefined;
}

/** `undefined` for what is no JSON; any other value than an object has nothing in it. */
function objectIn(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : {};
  } catch {
    return undefined;
  }
}

import type { FrameKind, RecordedVenue } from './cliVenue.js';

/** `{"stream":"btcusdt@depth@100ms",` at the head of a combined frame: read without parsing thousands of levels. */
const COMBINED = /^\{"stream":"([^"@]*)@?([^"]*)"/;

/** How recordings of Binance are read: spot, futures of either kind, and Binance US and TR, which speak the spot protocol. */
export const recordedBinance: RecordedVenue = {
  names: ['binance', 'binance-futures', 'binance-us', 'binance-delivery', 'binance-tr'],
  marketOf: (venue, market) => {
    if (venue === 'binance-delivery' || market === 'coin-m') return 'coinm';
    return venue === 'binance-futures' || market === 'usd-m' ? 'usdm' : 'spot';
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
  isDepthAnswer: (url) => url.includes('/depth?'),
  // A recording holds no answers to what a client asks today.
  reply: (sent) => {
    const request: unknown = JSON.parse(sent);
    return has(request, 'id') ? JSON.stringify({ result: null, id: request.id }) : undefined;
  },
};

/** `trade` is not among trades: beside `aggTrade`, which tells the same trades, it would count them twice. */
function kindOfStream(instrument: string, stream: string): FrameKind {
  if (/^depth(@\d+ms)?$/.test(stream)) return { type: 'depth', instrument };
  if (stream === 'aggTrade') return { type: 'trade', instrument };
  return { type: 'other', name: stream === '' ? instrument.toLowerCase() : stream };
}

/** A frame of a raw stream, or an answer. */
function kindOfRaw(frame: string): FrameKind {
  let value: unknown;
  try {
    value = JSON.parse(frame);
  } catch {
    return { type: 'other', name: 'no JSON' };
  }
  if (has(value, 'stream') && typeof value.stream === 'string') {
    const [symbol = '', ...stream] = value.stream.split('@');
    return kindOfStream(symbol.toUpperCase(), stream.join('@'));
  }
  if (has(value, 'e') && has(value, 's')) {
    const instrument = String(value.s);
    if (value.e === 'depthUpdate') return { type: 'depth', instrument };
    if (value.e === 'aggTrade') return { type: 'trade', instrument };
    return { type: 'other', name: String(value.e) };
  }
  if (has(value, 'u') && has(value, 's')) return { type: 'other', name: 'bookTicker' };
  return { type: 'other', name: has(value, 'result') || has(value, 'id') ? 'response' : 'unknown' };
}

const has = <K extends string>(value: unknown, key: K): value is Readonly<Record<K, unknown>> =>
  typeof value === 'object' && value !== null && key in value;

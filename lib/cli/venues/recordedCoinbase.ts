import type { JsonObject } from '../../codec/jsonObject.js';
import { type FrameKind, severalOf, type RecordedVenue } from './cliVenue.js';
import { parsedFrame } from './parsedFrame.js';

/**
 * Exchange: `{"type":"l2update","product_id":"SKL-BTC",`. Advanced Trade: `{"channel":"l2_data",…"product_id":"BTC-USD"`.
 * No order of keys is promised: a number may come first, what is nested never tells it.
 */
const TYPE = /^\{[^[{]*?"type":\s*"(\w+)"/;
const CHANNEL = /^\{[^[{]*?"channel":\s*"(\w+)"/;
const PRODUCT = /"product_id":\s*"([^"]+)"/g;
const NUMBER = /"sequence_num":\s*(\d+)/;
/** It stands before the events. */
const HEAD = 300;
const DEPTH = ['snapshot', 'l2update', 'l2_data'];
const TRADES = ['match', 'last_match', 'market_trades'];

/** How recordings of Coinbase are read, of Exchange and Advanced Trade: the address tells which. */
export const recordedCoinbase: RecordedVenue = {
  names: ['coinbase'],
  marketOf: (_, market, url) => {
    if (market === 'exchange' || market === 'advanced') return market;
    return url.includes('advanced') ? 'advanced' : 'exchange';
  },
  // An address of one's own does not tell which of the two it is.
  headerOf: (market) => ({ venue: 'coinbase', market }),
  // The numbers of Advanced Trade are those of the whole socket.
  gapRule: () => null,
  checksum: () => null,
  wireCount: {
    rule: "the socket's sequence_num == previous + 1",
    numberOf: (frame) => {
      const [, number] = NUMBER.exec(frame.slice(0, HEAD)) ?? [];
      return number === undefined ? undefined : Number(number);
    },
  },
  bySocket: true,
  kindOf,
  // The book begins in the stream; what else is asked for are lists of products.
  isDepthAnswer: () => false,
  isPassedOver: () => true,
  // Data confirm what was asked for.
  reply: () => undefined,
};

function kindOf(frame: string): FrameKind {
  const name = TYPE.exec(frame)?.[1] ?? CHANNEL.exec(frame)?.[1] ?? nameIn(parsedFrame(frame)) ?? frame.slice(0, 20);
  const isDepth = DEPTH.includes(name);
  if (!isDepth && !TRADES.includes(name)) return { type: 'other', name };
  // A frame of Advanced Trade may have events of several products.
  const products = severalOf(frame.matchAll(PRODUCT));
  return products === undefined ? { type: 'other', name } : { type: isDepth ? 'depth' : 'trade', ...products };
}

/** Where a list stands before it. */
function nameIn({ type, channel }: JsonObject): string | undefined {
  const name = type ?? channel;
  return typeof name === 'string' ? name : undefined;
}

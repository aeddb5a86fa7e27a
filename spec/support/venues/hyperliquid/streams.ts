import type { SimulatedInstrument } from '../../../../lib/simulation/market/simulatedInstrument.js';
import type { TapeTrade } from '../../../../lib/simulation/market/tape.js';
import type { TopicBroadcast } from '../../../../lib/simulation/topics/topicBroadcast.js';
import type { SpecVenueHost } from '../specVenue.js';
import { DIGITS, grouped } from './grouped.js';

/** What its streams do now and then. `stall`: a book is told no more, until it is subscribed anew. `noTrades`: an empty list. */
export const streamOddities = ['stall', 'noTrades'] as const;

/** A subscription in the venue's words. */
export interface Asked {
  readonly type: string;
  readonly coin: string;
  readonly fast: boolean;
  readonly nSigFigs: number | null;
  readonly mantissa: number | null;
}

/** Levels a side of its books, and how often they come, in ms. */
const USUAL = { levels: 20, every: 5_000 };
const FAST = { levels: 5, every: 500 };
/** So many trades from before begin a subscription. */
const RECENT = 10;

/** What a subscription is known by. */
export const topicOf = ({ type, coin, fast, nSigFigs }: Asked): string =>
  [type, coin, nSigFigs, fast ? 'fast' : null].filter((part) => part !== null).join();

/** The stream of a subscription; none where the venue knows no such. */
export function streamOf(asked: Asked, host: SpecVenueHost): TopicBroadcast | undefined {
  const instrument = host.instruments.get(asked.coin);
  if (instrument === undefined || (asked.fast && asked.nSigFigs !== null)) return undefined;
  if (asked.nSigFigs !== null && asked.nSigFigs !== DIGITS) return undefined;
  if (asked.type === 'l2Book') return bookStream(asked, instrument, host);
  return asked.type === 'trades' ? tradeStream(asked, instrument, host) : undefined;
}

function bookStream(
  asked: Asked,
  { book, spec }: SimulatedInstrument,
  { oddities, now }: SpecVenueHost,
): TopicBroadcast {
  const stream = topicOf(asked);
  const { levels, every } = asked.fast ? FAST : USUAL;
  let isStalled = false;
  const frame = (at: number): string => {
    const { bids, asks } = book.trueBook() ?? { bids: [], asks: [] };
    const { bids: ours, asks: theirs } = asked.nSigFigs === null ? { bids, asks } : grouped({ bids, asks });
    const rows = [ours, theirs].map((side) => side.slice(0, levels).map(([px, sz]) => ({ px, sz, n: 1 })));
    const marks = { ...(asked.fast && { fast: true }), ...(asked.nSigFigs !== null && { spread: '1.0' }) };
    return JSON.stringify({ channel: 'l2Book', data: { coin: asked.coin, time: at, levels: rows, ...marks } });
  };
  return {
    stream: `${stream} ${spec.symbol}`,
    every,
    diff: false,
    opening: () => (isStalled ? [] : [frame(now())]),
    collect: (at) => {
      isStalled ||= oddities.take('stall', stream) !== undefined;
      return isStalled ? [] : [frame(at)];
    },
  };
}

function tradeStream({ coin }: Asked, { tape }: SimulatedInstrument, { oddities }: SpecVenueHost): TopicBroadcast {
  let last = tape.lastTrade;
  const frame = (trades: readonly TapeTrade[]): string => {
    const data = trades.map(({ id, at, price, size, side }) => {
      const sides = { side: side === 'buy' ? 'B' : 'A', px: price, sz: size };
      return { coin, ...sides, time: at, hash: '0x0', tid: id, users: ['0x04', '0x05'] };
    });
    return JSON.stringify({ channel: 'trades', data });
  };
  return {
    stream: `trades,${coin}`,
    every: 0,
    diff: false,
    opening: () => [frame(tape.tradesAfter(Math.max(0, tape.lastTrade - RECENT)))],
    collect: () => {
      const trades = tape.tradesAfter(last);
      last = tape.lastTrade;
      if (oddities.take('noTrades', `trades,${coin}`) !== undefined) return [frame([]), frame(trades)];
      return trades.length === 0 ? [] : [frame(trades)];
    },
  };
}

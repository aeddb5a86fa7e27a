import { Observable, Subject, type SchedulerLike, of } from 'rxjs';
import type { Network } from '../../../lib/network/network.js';
import { bitfinex } from '../../../lib/venues/bitfinex/index.js';
import { bitstamp } from '../../../lib/venues/bitstamp/index.js';
import { hyperliquid } from '../../../lib/venues/hyperliquid/index.js';
import { kucoin } from '../../../lib/venues/kucoin/index.js';
import type { VenueStream } from '../stream.js';
import { BEGINNING, LEVELS, type Pair, changes, silentNetwork, texts, wholeSide } from './digits.js';

const [bids, asks] = [wholeSide(-1, LEVELS), wholeSide(1, LEVELS)];
const diffOf = (i: number) => ({ bids: changes(-1, i), asks: changes(1, i + 7) });

/** Books of venues of which recordings are, at most, half a minute long: many changes after one beginning. */
export const bookStreams = (): readonly VenueStream[] => [
  hyperliquidBook(),
  kucoinBook(),
  bitfinexBook('P0'),
  bitfinexBook('R0'),
  bitstampBook(),
];

function hyperliquidBook(): VenueStream {
  const levels = (side: 1 | -1, i: number) =>
    Array.from({ length: 20 }, (_, at) => changes(side, i + at)[0]).map((pair, at) => ({
      px: (60_000 + side * (at + 1)).toFixed(1),
      sz: pair?.[1],
      n: 3,
    }));
  return {
    venue: 'hyperliquid',
    what: 'book',
    network: silentNetwork,
    open: (means) => hyperliquid(means).book('BTC'),
    texts: texts((i) => ({
      channel: 'l2Book',
      data: { coin: 'BTC', time: BEGINNING + i, levels: [levels(-1, i), levels(1, i + 7)] },
    })),
  };
}

function kucoinBook(): VenueStream {
  const rows = (levels: readonly Pair[], i: number) => levels.map(([price, size]) => [price, size, `${i}`]);
  const snapshot = {
    code: '200000',
    data: { time: BEGINNING, sequence: '1', bids: bids.slice(0, 99), asks: asks.slice(0, 99) },
  };
  const welcoming = (scheduler: SchedulerLike): Network => ({
    open: () =>
      new Observable((wires) => {
        const messages = new Subject<string>();
        wires.next({ messages, send: () => undefined, close: () => undefined });
        scheduler.schedule(() => {
          messages.next('{"id":"x","type":"welcome"}');
        });
      }),
    request: () => of({ status: 200, body: JSON.stringify(snapshot), headers: {} }),
  });
  const near = (i: number) => ({ asks: changes(1, i + 7, 90), bids: changes(-1, i, 90) });
  return {
    venue: 'kucoin',
    what: 'book',
    network: welcoming,
    open: (means) => kucoin({ ...means, url: 'wss://recorded' }).book('BTC-USDT'),
    texts: texts((i) => ({
      type: 'message',
      topic: '/market/level2:BTC-USDT',
      subject: 'trade.l2update',
      data: {
        sequenceStart: i + 2,
        symbol: 'BTC-USDT',
        changes: { asks: rows(near(i).asks, i + 2), bids: rows(near(i).bids, i + 2) },
        sequenceEnd: i + 2,
      },
    })),
  };
}

/** One level, or one order, a frame. */
function bitfinexBook(prec: 'P0' | 'R0'): VenueStream {
  const row = ([price, size]: Pair, sign: 1 | -1, id: number) =>
    prec === 'P0' ? [Number(price), 1, sign * Number(size)] : [id, Number(price), sign * Number(size)];
  const all = [
    ...bids.slice(0, 100).map((pair, i) => row(pair, 1, i + 1)),
    ...asks.slice(0, 100).map((pair, i) => row(pair, -1, i + 101)),
  ];
  const answer = { event: 'subscribed', channel: 'book', chanId: 7, symbol: 'tBTCUSD', prec, freq: 'F0', len: '100' };
  const next = (i: number) => {
    const [pair = ['1', '1'] as const] = changes(-1, i, 100);
    return [7, row(pair, 1, 1 + (i % 100)), i + 2];
  };
  const frames = texts(next, [7, all, 1]);
  return {
    venue: 'bitfinex',
    what: prec === 'P0' ? 'book' : 'book by order',
    network: silentNetwork,
    open: (means) => {
      const exchange = bitfinex(means);
      return prec === 'P0' ? exchange.book('tBTCUSD') : exchange.bookByOrder('tBTCUSD');
    },
    texts: () => [JSON.stringify(answer), ...frames()],
    reason:
      'a frame is one level in 40 characters: the way through session, channel and book costs more than parsing it',
  };
}

function bitstampBook(): VenueStream {
  const snapshot = { timestamp: '1', microtimestamp: `${BEGINNING}000`, bids, asks };
  return {
    venue: 'bitstamp',
    what: 'book',
    network: () => ({
      ...silentNetwork(),
      request: () => of({ status: 200, body: JSON.stringify(snapshot), headers: {} }),
    }),
    open: (means) => bitstamp({ ...means, snapshotAfter: 0 }).book('btcusd'),
    texts: texts((i) => ({
      data: { timestamp: '1', microtimestamp: `${BEGINNING + i}001`, ...diffOf(i) },
      channel: 'diff_order_book_btcusd',
      event: 'data',
    })),
  };
}

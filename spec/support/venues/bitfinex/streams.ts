import { crc32 } from '../../../../lib/simulation/crc32.js';
import type { LevelText } from '../../../../lib/simulation/market/side.js';
import type { SimulatedInstrument } from '../../../../lib/simulation/market/simulatedInstrument.js';
import type { TapeTrade } from '../../../../lib/simulation/market/tape.js';
import type { DepthSides } from '../../../../lib/simulation/topics/depthWindow.js';
import type { TopicBroadcast } from '../../../../lib/simulation/topics/topicBroadcast.js';
import { onceOf } from '../../once.js';
import type { LedgerOrder, OrderLedger } from '../orderLedger.js';
import type { SpecVenueHost } from '../specVenue.js';

/** A subscription in the venue's words. */
export interface BitfinexFields {
  readonly channel: string;
  readonly symbol: string;
  readonly prec?: string;
  readonly freq?: string;
  readonly len?: string;
}

/** What streams are made of. */
export interface BitfinexSource {
  readonly host: SpecVenueHost;
  readonly instrument: SimulatedInstrument;
  readonly ledger: OrderLedger;
}

/** So many of the best of a side count in a checksum. */
const SUMMED = 25;
/** Trades that a subscription begins with. */
const RECENT = 30;

/** The topic of a subscription, by all that tells it from others. */
export const topicOf = ({ channel, symbol, prec, freq, len }: BitfinexFields): string =>
  channel === 'book' ? [channel, symbol, prec, freq, len].map(String).join(':') : `${channel}:${symbol}`;

/** The stream of a subscription, as what stands in a list behind its channel; none where there is no such one. */
export function streamOf(fields: BitfinexFields, source: BitfinexSource): TopicBroadcast | undefined {
  const { channel, prec, freq, len } = fields;
  if (channel === 'trades') return tradeStream(topicOf(fields), source.instrument);
  if (channel !== 'book' || freq !== 'F0' || !['1', '25', '100', '250'].includes(String(len))) return undefined;
  if (prec === 'P0') return bookStream(topicOf(fields), source);
  return prec === 'R0' ? orderStream(topicOf(fields), source) : undefined;
}

const sign = (side: 'bid' | 'ask', size: string): number => (side === 'bid' ? 1 : -1) * Number(size);

/** Bid and ask by turns; numbers as JavaScript writes them. */
function checksumOf(bids: readonly string[], asks: readonly string[]): number {
  let summed = '';
  for (let i = 0; i < SUMMED; i += 1)
    for (const part of [bids[i], asks[i]]) if (part !== undefined) summed += `${summed && ':'}${part}`;
  return crc32(summed) | 0;
}

function checksumPayload({ oddities }: SpecVenueHost, stream: string, checksum: number): string {
  const wrong = oddities.take('wrongChecksum', stream) === undefined ? 0 : 1;
  return `"cs",${String(checksum ^ wrong)}`;
}

function bookStream(stream: string, { host, instrument }: BitfinexSource): TopicBroadcast {
  const { book } = instrument;
  let seen = book.sequence;
  const whole = (): DepthSides => book.trueBook() ?? { bids: [], asks: [] };
  const part = (side: 'bid' | 'ask'): ((level: LevelText) => string) =>
    onceOf(([price, size]) => `${String(Number(price))}:${String(sign(side, size))}`);
  const partOf = { bid: part('bid'), ask: part('ask') };
  const row = (side: 'bid' | 'ask', [price, size]: LevelText): readonly number[] =>
    Number(size) === 0
      ? [Number(price), 0, sign(side, '1')]
      : [Number(price), 1 + Math.floor(host.draw() * 5), sign(side, size)];
  return {
    stream,
    every: 0,
    diff: true,
    opening: () => {
      const { bids, asks } = whole();
      return [JSON.stringify([...bids.map((one) => row('bid', one)), ...asks.map((one) => row('ask', one))])];
    },
    collect: () => {
      const changes = book.changesAfter(seen);
      seen = book.sequence;
      if (changes.length === 0) return [];
      const { bids, asks } = whole();
      const summed = checksumOf(bids.slice(0, SUMMED).map(partOf.bid), asks.slice(0, SUMMED).map(partOf.ask));
      return [
        ...changes.map(({ side, level }) => JSON.stringify(row(side, level))),
        checksumPayload(host, stream, summed),
      ];
    },
    cross: (payload) => {
      const [best] = whole().asks;
      return best === undefined || !payload.startsWith('[') ? undefined : JSON.stringify([Number(best[0]) * 2, 1, 1]);
    },
  };
}

function orderStream(stream: string, { host, ledger }: BitfinexSource): TopicBroadcast {
  const row = ({ id, side, price, size }: LedgerOrder): readonly number[] =>
    Number(size) === 0 ? [id, 0, sign(side, '1')] : [id, Number(price), sign(side, size)];
  const partOf = ({ id, side, size }: LedgerOrder): string => `${String(id)}:${String(sign(side, size))}`;
  const checksum = (): number => {
    const { orders } = ledger;
    const summedOf = (wanted: 'bid' | 'ask'): readonly string[] =>
      orders
        .filter(({ side }) => side === wanted)
        .slice(0, SUMMED)
        .map(partOf);
    return checksumOf(summedOf('bid'), summedOf('ask'));
  };
  return {
    stream,
    every: 0,
    diff: true,
    opening: () => [JSON.stringify(ledger.orders.map(row))],
    collect: () => {
      const { events } = ledger;
      if (events.length === 0) return [];
      return [...events.map((event) => JSON.stringify(row(event))), checksumPayload(host, stream, checksum())];
    },
    cross: (payload) => {
      const best = ledger.orders.find(({ side }) => side === 'ask');
      return best === undefined || !payload.startsWith('[')
        ? undefined
        : JSON.stringify([7, Number(best.price) * 2, 1]);
    },
  };
}

function tradeStream(stream: string, { tape }: SimulatedInstrument): TopicBroadcast {
  let last = tape.lastTrade;
  const row = ({ id, at, side, size, price }: TapeTrade): readonly number[] => [
    id,
    at,
    sign(side === 'buy' ? 'bid' : 'ask', size),
    Number(price),
  ];
  return {
    stream,
    every: 0,
    diff: false,
    opening: () => [JSON.stringify([...tape.tradesAfter(Math.max(0, tape.lastTrade - RECENT)).map(row)].reverse())],
    collect: () => {
      const trades = tape.tradesAfter(last);
      last = tape.lastTrade;
      // Told as they are executed, and again.
      return trades.flatMap((trade) => ['te', 'tu'].map((word) => `"${word}",${JSON.stringify(row(trade))}`));
    },
  };
}

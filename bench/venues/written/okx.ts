import { okx } from '../../../lib/venues/okx/index.js';
import type { VenueStream } from '../stream.js';
import {
  BEGINNING,
  LEVELS,
  type Pair,
  chance,
  changes,
  level,
  price,
  silentNetwork,
  size,
  texts,
  wholeSide,
} from './digits.js';

export function okxStreams(): readonly VenueStream[] {
  const symbol = 'BTC-USDT';
  const frame = (channel: string, row: unknown, more: object = {}) => ({
    arg: { channel, instId: symbol },
    ...more,
    data: [row],
  });
  const counted = (levels: readonly Pair[]) => levels.map(([one, other]) => [one, other, '0', '3']);
  const book = (asks: readonly Pair[], bids: typeof asks, seqId: number, prevSeqId: number) => ({
    asks: counted(asks),
    bids: counted(bids),
    ts: `${BEGINNING + seqId}`,
    checksum: 0,
    prevSeqId,
    seqId,
  });
  const one = { venue: 'okx', network: silentNetwork };
  return [
    {
      ...one,
      what: 'book',
      open: (means) => okx(means).book(symbol),
      texts: texts(
        (i) => frame('books', book(changes(1, i), changes(-1, i + 7), i + 2, i + 1), { action: 'update' }),
        frame('books', book(wholeSide(1, LEVELS), wholeSide(-1, LEVELS), 1, -1), { action: 'snapshot' }),
      ),
    },
    {
      ...one,
      what: 'trades',
      reason: '200 characters: the way and the codec cost as much as parsing them',
      open: (means) => okx(means).trades(symbol),
      texts: texts((i) =>
        frame('trades', {
          instId: symbol,
          tradeId: `${130_639_474 + i}`,
          px: price(i),
          sz: size(i),
          side: i % 2 ? 'buy' : 'sell',
          ts: `${BEGINNING + i}`,
          count: '3',
          source: '0',
          seqId: i,
        }),
      ),
    },
    {
      ...one,
      what: 'quotes',
      reason: 'one level a side, read as that of a book and told as a quote: the way costs as much as parsing it',
      open: (means) => okx(means).quotes(symbol),
      texts: texts((i) =>
        frame('bbo-tbt', {
          asks: [[...level(1, chance(i, 9), i), '0', '3']],
          bids: [[...level(-1, chance(i, 9), i), '0', '3']],
          ts: `${BEGINNING + i}`,
          seqId: i + 1,
        }),
      ),
    },
    {
      ...one,
      what: 'candles',
      reason: '160 characters: nine texts, seven of which are checked as decimals and five made numbers',
      open: (means) => okx(means).candles(symbol, '1m'),
      texts: texts((i) =>
        frame('candle1m', [
          `${BEGINNING + 60_000 * (i >> 4)}`,
          price(1),
          '69000.1',
          '59000.1',
          price(i),
          size(i),
          size(i),
          size(i),
          '0',
        ]),
      ),
    },
  ];
}

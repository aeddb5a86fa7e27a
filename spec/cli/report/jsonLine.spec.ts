import { jsonLine } from '../../../lib/cli/report/jsonLine.js';
import { advance, begin, type WatchInput } from '../../../lib/cli/view/advance.js';
import { AT, book, level, subject, trade } from '../support/books.js';

const standing = book(
  [
    ['100.10', '2.0'],
    ['100.00', '1.0'],
  ],
  [['100.20', '0.50']],
  9,
);
const at = AT;
const written = (input: WatchInput): unknown => {
  const line = jsonLine(advance(begin(subject, AT), input), input, 1);
  return line === undefined ? undefined : JSON.parse(line);
};

describe('jsonLine', () => {
  it.each<readonly [WatchInput, unknown]>([
    [
      { type: 'connection', at, connection: { status: 'ready', wire: 'spot#1', at } },
      { type: 'connection', at, status: 'ready', wire: 'spot#1' },
    ],
    [
      { type: 'fault', at, fault: { type: 'gap', venue: 'binance', channel: 'c', reason: 'gap', at, message: 'm' } },
      { type: 'fault', at, fault: 'gap', venue: 'binance', channel: 'c', reason: 'gap', message: 'm' },
    ],
    [
      { type: 'book', at, book: { status: 'syncing' } },
      { type: 'book', at, status: 'syncing', instrument: 'BTCUSDT' },
    ],
    [
      { type: 'book', at, book: { status: 'stale', book: standing, reason: 'gap', since: at } },
      {
        type: 'book',
        at,
        status: 'stale',
        reason: 'gap',
        since: at,
        instrument: 'BTCUSDT',
        sequence: 9,
        venueTime: AT,
        bids: [['100.10', '2.0']],
        asks: [['100.20', '0.50']],
      },
    ],
    [
      { type: 'trade', at, trade: trade('18446744073709551615', 'buy', '100.20', '0.10') },
      {
        type: 'trade',
        at,
        instrument: 'BTCUSDT',
        id: '18446744073709551615',
        side: 'buy',
        price: '100.20',
        size: '0.10',
        venueTime: AT,
      },
    ],
    [
      { type: 'quote', at, quote: { instrument: 'X', bid: level('1.0', '2'), ask: undefined, receivedTime: at } },
      { type: 'quote', at, instrument: 'X', bid: ['1.0', '2'] },
    ],
    [{ type: 'tick', at }, undefined],
    [{ type: 'messages', at, count: 1 }, undefined],
    [
      { type: 'ended', at, why: 'time is over' },
      { type: 'end', at, why: 'time is over', messages: 0, gaps: 0, resnapshots: 0, reconnects: 0 },
    ],
  ])('writes %j', (input, value) => {
    expect(written(input)).toEqual(value);
  });
});

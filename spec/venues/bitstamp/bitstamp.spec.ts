import { type BookState, InvalidArgumentError } from '../../../lib/index.js';
import { bitstamp, type BitstampOptions } from '../../../lib/venues/bitstamp/index.js';
import { venueRig } from '../../support/venueRig.js';

const rig = (options: BitstampOptions = {}) => venueRig((outside) => bitstamp({ ...outside, ...options }));
const diff = (micros: string, bids: readonly (readonly [string, string])[]): object => ({
  data: { timestamp: '1', microtimestamp: micros, bids, asks: [] },
  channel: 'diff_order_book_btcusd',
  event: 'data',
});
const channels = (texts: readonly string[]): readonly unknown[] =>
  texts
    .map((text) => (JSON.parse(text) as { readonly data?: { readonly channel: string } }).data?.channel)
    .filter((channel) => channel !== undefined);

describe('a book of Bitstamp', () => {
  it('joins a snapshot by the microsecond', () => {
    const { exchange, wire, network, pass, faults } = rig();
    const states: BookState[] = [];
    exchange.book('BTCUSD').subscribe((state) => states.push(state));
    pass(10);
    wire().receive(diff('1641343691244908', [['100', '9']]), diff('1641343691244909', [['101', '2']]));
    pass(3_000);

    network.requests[0]?.respond({
      timestamp: '1',
      microtimestamp: '1641343691244908',
      bids: [['100', '1']],
      asks: [],
    });
    wire().receive(diff('1641343691244910', [['101', '0.00000']]));

    expect(network.requests.map(({ request }) => request.url)).toEqual([
      'https://www.bitstamp.net/api/v2/order_book/btcusd/?group=1',
    ]);
    expect(states.at(-1)).toMatchObject({ status: 'live', book: { bids: { length: 1 }, bestBid: { size: 1 } } });
    expect(faults).toEqual([]);
  });

  it('is left where the venue asks to reconnect', () => {
    const { exchange, wire, pass, connection } = rig();
    exchange.book('btcusd', { depth: 100 }).subscribe();
    pass(10);

    wire().receive('{"event":"bts:request_reconnect","channel":"","data":""}');

    expect(connection).toContainEqual(expect.objectContaining({ status: 'lost', reason: 'shutdown' }));
  });
});

describe('bitstamp()', () => {
  it('finds out which channel an error without a name is of', () => {
    const { exchange, wire, pass } = rig();
    const errors: unknown[] = [];
    for (const pair of ['a', 'b', 'c']) {
      exchange.trades(pair).subscribe({ error: (error: unknown) => errors.push(error) });
    }
    pass(100);
    const error = '{"event":"bts:error","channel":"","data":{"code":null,"message":"Bad subscription string."}}';
    const confirm = (pair: string): string =>
      `{"event":"bts:subscription_succeeded","channel":"live_trades_${pair}","data":{}}`;

    wire().receive(confirm('a'), error, confirm('c'));
    expect(errors).toEqual([]);
    pass(11_000);
    expect(channels(wire().sent)).toEqual(['live_trades_a', 'live_trades_b', 'live_trades_c', 'live_trades_b']);
    wire().receive(error);

    expect(errors.map(String)).toEqual([expect.stringContaining('live_trades_b')]);
  });

  it.each([
    () => bitstamp({ url: 'https://x' }),
    () => bitstamp({ snapshotAfter: -1 }),
    () => bitstamp().book('btc/usd'),
    () => bitstamp().book('btcusd', { depth: 50 as 100 }),
    () => bitstamp({ market: 'spot' } as BitstampOptions),
  ])('refuses what can’t be meant: %s', (call) => {
    expect(call).toThrow(InvalidArgumentError);
  });
});

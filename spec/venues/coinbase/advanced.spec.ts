import { of, throwError } from 'rxjs';
import { type BookState, type Candle, InvalidArgumentError, type Trade } from '../../../lib/index.js';
import { coinbaseAdvanced, type CoinbaseAdvancedOptions } from '../../../lib/venues/coinbase/index.js';
import { venueRig } from '../../support/venueRig.js';

const rig = (options: CoinbaseAdvancedOptions = {}) =>
  venueRig((outside) => coinbaseAdvanced({ ...outside, ...options }));

const frame = (sequence_num: number, channel: string, event: object): string =>
  JSON.stringify({ channel, timestamp: '2026-08-26T07:45:26.79431594Z', sequence_num, events: [event] });
const book = (number: number, type: string, product_id: string, ...updates: readonly (readonly string[])[]): string =>
  frame(number, 'l2_data', {
    type,
    product_id,
    updates: updates.map(([side, price_level, new_quantity]) => ({ side, price_level, new_quantity })),
  });
const SIDES = [
  ['bid', '1', '5'],
  ['offer', '2', '5'],
];

/** Two books on one wire. */
function followed() {
  const one = rig();
  const states = new Map<string, BookState>();
  for (const product of ['A-USD', 'B-USD']) one.exchange.book(product).subscribe((state) => states.set(product, state));
  one.pass(10);
  const statuses = (): readonly (string | undefined)[] => ['A-USD', 'B-USD'].map((one) => states.get(one)?.status);
  return { ...one, states, statuses };
}

describe('the books of Coinbase Advanced Trade', () => {
  it('go on from number to number of their wire, whatever the frames are about', () => {
    const { wire, states, statuses, faults } = followed();

    wire().receive(
      book(0, 'snapshot', 'A-USD', ...SIDES),
      frame(1, 'subscriptions', { subscriptions: { level2: ['A-USD'] } }),
      book(2, 'snapshot', 'B-USD', ...SIDES),
      frame(3, 'heartbeats', { heartbeat_counter: 7 }),
      frame(4, 'status', { products: [], product_id: 'x' }),
      book(5, 'update', 'A-USD', ['bid', '1', '0'], ['bid', '1.5', '0.09070492'], ['offer', '3', '0']),
    );

    expect(statuses()).toEqual(['live', 'live']);
    expect(states.get('A-USD')).toMatchObject({ book: { bestBid: { price: 1.5 }, asks: { length: 1 } } });
    expect(faults).toEqual([]);
  });

  it('are all stale in the step that shows that a frame is missing, and are all subscribed anew', () => {
    const { wire, statuses, pass } = followed();
    wire().receive(book(0, 'snapshot', 'A-USD', ...SIDES), book(1, 'snapshot', 'B-USD', ...SIDES));

    wire().receive(frame(3, 'heartbeats', { heartbeat_counter: 7 }));
    expect(statuses()).toEqual(['stale', 'stale']);
    wire().receive(book(4, 'update', 'A-USD', ['bid', '1.5', '1']));
    expect(statuses()).toEqual(['stale', 'stale']);
    pass(1_000);
    wire().receive(
      frame(5, 'subscriptions', { subscriptions: { level2: [] } }),
      book(6, 'snapshot', 'A-USD', ...SIDES),
      frame(7, 'subscriptions', { subscriptions: { level2: ['A-USD', 'B-USD'] } }),
      book(8, 'snapshot', 'B-USD', ...SIDES),
    );

    const said = wire().sent.map((text) => JSON.parse(text) as { type: string; channel: string });
    expect(said.map(({ type, channel }) => `${type} ${channel}`)).toEqual([
      'subscribe heartbeats',
      'subscribe level2',
      'unsubscribe level2',
      'subscribe level2',
    ]);
    expect(statuses()).toEqual(['live', 'live']);
  });

  it('pass over a frame that comes late or twice', () => {
    const { wire, states, statuses, faults } = followed();
    wire().receive(book(0, 'snapshot', 'A-USD', ...SIDES), book(1, 'update', 'A-USD', ['bid', '1', '7']));

    wire().receive(book(1, 'update', 'A-USD', ['bid', '1', '8']), book(0, 'snapshot', 'A-USD'));

    expect(statuses()).toEqual(['live', 'syncing']);
    expect(states.get('A-USD')).toMatchObject({ book: { bestBid: { size: 7 } } });
    expect(faults).toEqual([]);
  });

  it.each([
    ['lie behind the newest one', 10],
    ['overtake it from behind', 1],
  ])('are stale where numbers begin anew on an open wire: they %s', (_, newest) => {
    const { wire, statuses, pass } = followed();
    const update = (number: number): string => book(number, 'update', 'A-USD', ['bid', '1', String(7 + number)]);
    wire().receive(book(newest - 1, 'snapshot', 'A-USD', ...SIDES), book(newest, 'snapshot', 'B-USD', ...SIDES));

    wire().receive(update(0), update(1));
    expect(statuses()).toEqual(['live', 'live']);
    wire().receive(update(2));
    expect(statuses()).toEqual(['stale', 'stale']);
    wire().receive(update(3));
    pass(1_000);

    expect(wire().sent.filter((text) => text.includes('"unsubscribe"'))).toHaveLength(1);
  });

  it('are stale by a frame that was counted and could not be read', () => {
    const { wire, statuses, states } = followed();
    wire().receive(book(0, 'snapshot', 'A-USD', ...SIDES), book(1, 'snapshot', 'B-USD', ...SIDES));

    wire().receive(book(2, 'update', 'A-USD', ['bid', '1', '-7']));

    expect(statuses()).toEqual(['stale', 'live']);
    expect(states.get('A-USD')).toMatchObject({ reason: 'gap' });
  });

  it('are sixteen to a wire', () => {
    const { exchange, network, pass } = rig();
    for (let n = 0; n < 33; n += 1) exchange.book(`A${n}-USD`).subscribe();
    exchange.trades('A-USD').subscribe();
    pass(1_000);

    expect(network.wires).toHaveLength(4);
  });
});

describe('coinbaseAdvanced()', () => {
  it('tells trades the oldest one first, by the taker’s side, and those of before apart', () => {
    const { exchange, wire, pass } = rig();
    const [live, past]: [Trade[], Trade[]] = [[], []];
    exchange.trades('btc-usdc').subscribe((trade) => live.push(trade));
    exchange.recentTrades('BTC-USD').subscribe((trade) => past.push(trade));
    pass(10);
    const trade = (trade_id: string) => ({
      product_id: 'BTC-USD',
      trade_id,
      price: '63310.25',
      size: '0.00000012',
      time: '2026-08-12T19:27:48.298771Z',
      side: 'BUY',
    });

    wire().receive(
      frame(0, 'market_trades', { type: 'snapshot', trades: [trade('2'), trade('1')] }),
      frame(1, 'market_trades', { type: 'update', trades: [trade('4'), trade('3')] }),
    );

    expect(live).toMatchObject([
      { id: '3', side: 'sell', instrument: 'BTC-USD' },
      { id: '4', exact: { size: '0.00000012' } },
    ]);
    expect(past.map(({ id }) => id)).toEqual(['1', '2']);
  });

  it('has best prices of the ticker where it tells them', () => {
    const { exchange, wire, pass } = rig();
    const told: unknown[] = [];
    exchange.quotes('BTC-USD').subscribe((quote) => told.push(quote));
    exchange.ticker('BTC-USD').subscribe((ticker) => told.push(ticker));
    pass(10);
    const day = { volume_24_h: '6629.927726', low_24_h: '63235.88', high_24_h: '64416.3' };
    const year = { low_52_w: '57717.55', high_52_w: '126296', price_percent_chg_24_h: '0.03813791548644' };
    const best = { best_bid: '63318.86', best_bid_quantity: '0.2275291', best_ask: '0', best_ask_quantity: '0' };

    const ticker = { product_id: 'BTC-USD', price: '63320.73', ...day, ...year, ...best };
    wire().receive(frame(0, 'ticker', { type: 'update', tickers: [ticker] }));

    expect(told).toMatchObject([
      { bid: { price: 63318.86, size: 0.2275291 }, ask: undefined },
      { last: 63320.73, yearHigh: 126296, changePercent: 0.03813791548644, exact: { volume: '6629.927726' } },
    ]);
  });

  it('tells the present candle, and the one before once more when the next begins', () => {
    const { exchange, wire, pass } = rig();
    const told: Candle[] = [];
    exchange.candles('BTC-USD').subscribe((candle) => told.push(candle));
    pass(10);
    const candle = (start: number, close: string) => {
      const prices = { open: '1', high: '2', low: '1', close, volume: '42.15000000' };
      return { product_id: 'BTC-USD', start: `${start}`, ...prices };
    };

    wire().receive(
      frame(0, 'candles', { type: 'snapshot', candles: [candle(600, '2'), candle(300, '1')] }),
      frame(1, 'candles', { type: 'update', candles: [candle(900, '4'), candle(600, '3')] }),
    );

    expect(told.map(({ openTime, exact, closed }) => [openTime, exact.close, closed])).toEqual([
      [600_000, '2', false],
      [600_000, '3', true],
      [900_000, '4', false],
    ]);
  });

  it.each<[string, readonly string[]]>([
    ['refused for now', ['{"type":"error","message":"rate limit exceeded"}']],
    [
      'ended unasked',
      [{ heartbeats: ['heartbeats'] }, {}].map((all, i) => frame(i, 'subscriptions', { subscriptions: all })),
    ],
  ])('asks for heartbeats again where they were %s', (_, frames) => {
    const { exchange, wire, pass } = rig();
    const counters: number[] = [];
    exchange.heartbeats().subscribe(({ counter }) => counters.push(counter));
    pass(10);
    expect(wire().sent).toEqual(['{"type":"subscribe","channel":"heartbeats"}']);

    wire().receive(...frames);
    pass(1_000);
    wire().receive(frame(2, 'heartbeats', { heartbeat_counter: 7 }));

    expect(wire().sent.slice(1)).toEqual(['{"type":"subscribe","channel":"heartbeats"}']);
    expect(counters).toEqual([7]);
  });

  it('asks for heartbeats with the next subscription where nobody observes them', () => {
    const { exchange, wire, pass } = rig();
    exchange.trades('A-USD').subscribe();
    pass(10);
    wire().receive('{"type":"error","message":"rate limit exceeded"}');
    exchange.trades('B-USD').subscribe();
    pass(1_000);
    expect(wire().sent.slice(2)).toEqual([
      '{"type":"subscribe","channel":"heartbeats"}',
      '{"type":"subscribe","product_ids":["B-USD"],"channel":"market_trades"}',
    ]);
  });

  it('asks for heartbeats with the next subscription where a list shows that their request was lost', () => {
    const { exchange, wire, pass } = rig();
    exchange.trades('A-USD').subscribe();
    pass(10);
    wire().receive(frame(0, 'subscriptions', { subscriptions: { market_trades: ['A-USD'] } }));
    exchange.trades('B-USD').subscribe();
    pass(1_000);
    expect(wire().sent[2]).toBe('{"type":"subscribe","channel":"heartbeats"}');
    wire().receive(
      frame(1, 'subscriptions', { subscriptions: { market_trades: ['A-USD'], heartbeats: ['heartbeats'] } }),
    );
    exchange.trades('C-USD').subscribe();
    pass(1_000);
    expect(wire().sent.slice(4)).toEqual(['{"type":"subscribe","product_ids":["C-USD"],"channel":"market_trades"}']);
  });

  it('bears a token in its messages, fresh for each session, which is never told', () => {
    let count = 0;
    const { exchange, wire, network, pass, faults } = rig({
      jwt: () => {
        count += 1;
        return of({ value: `secret-${count}-of-many-digits`, expiresAt: 120_000 * count });
      },
    });
    exchange.trades('A-USD').subscribe({ error: () => undefined });
    pass(10);
    wire().receive(
      '{"type":"error","message":"rate limit"}',
      '{"type":"error","message":"bad secret-1-of-many-digits"}',
    );
    pass(70_000);
    exchange.ticker('A-USD').subscribe();
    pass(10);

    const tokens = network.wires.flatMap(({ sent }) => sent.map((text) => (JSON.parse(text) as { jwt: string }).jwt));
    expect(tokens[0]).toBe('secret-1-of-many-digits');
    expect(tokens.at(-1)).not.toBe(tokens[0]);
    expect(JSON.stringify(faults)).not.toContain('secret-1');
  });

  it('takes an error for none of what data came of already, though the answer to that is missing', () => {
    const { exchange, wire, pass, faults } = rig();
    const errors: string[] = [];
    const note = ({ message }: Error): void => void errors.push(message);
    exchange.trades('A-USD').subscribe({ error: note });
    exchange.ticker('A-USD').subscribe({ error: note });
    pass(10);
    const trade = {
      product_id: 'A-USD',
      trade_id: '1',
      price: '1',
      size: '1',
      time: '2026-08-26T07:45:26Z',
      side: 'BUY',
    };
    wire().receive(
      frame(0, 'subscriptions', { subscriptions: { heartbeats: ['heartbeats'] } }),
      frame(1, 'market_trades', { type: 'snapshot', trades: [trade] }),
      JSON.stringify({ type: 'error', message: 'failure to subscribe: A-USD is not a valid product' }),
    );

    expect(errors).toEqual([]);
    expect(faults).toMatchObject([
      { type: 'venue', message: 'coinbase: failure to subscribe: A-USD is not a valid product' },
    ]);
  });

  it('does without books where no token can be had, and tells why', () => {
    const { exchange, pass, connection } = rig({ jwt: () => throwError(() => new Error('no key')) });
    exchange.trades('A-USD').subscribe();
    pass(10);

    expect(connection).toContainEqual(expect.objectContaining({ status: 'lost', reason: 'auth' }));
  });

  it('knows which markets in USDC are their own', () => {
    const { exchange, pass, wire } = rig();
    for (const product of ['ETH-USDC', 'USDT-USDC', 'ETH-USD']) exchange.book(product).subscribe();
    pass(10);

    expect(JSON.parse(wire().sent.at(-1) ?? '')).toMatchObject({ product_ids: ['ETH-USD', 'USDT-USDC'] });
  });

  it.each([
    () => coinbaseAdvanced({ url: 'https://x' }),
    () => coinbaseAdvanced({ booksPerWire: 31 }),
    () => coinbaseAdvanced({ jwt: 'x' as never }),
    () => coinbaseAdvanced().book('BTCUSD'),
    () => coinbaseAdvanced().book('BTC-USD', { depth: 10 } as object),
  ])('refuses what can’t be meant: %s', (call) => {
    expect(call).toThrow(InvalidArgumentError);
  });
});

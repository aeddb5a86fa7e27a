import { AuthenticationRefusedError, type BookState, InvalidArgumentError } from '../../../lib/index.js';
import { deribit, type DeribitBookOptions, type DeribitOptions } from '../../../lib/venues/deribit/index.js';
import { venueRig } from '../../support/venueRig.js';

const rig = (options: DeribitOptions = {}) => venueRig((outside) => deribit({ ...outside, ...options }));

interface Request {
  readonly id: number;
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
}
const read = (text: string): Request => JSON.parse(text) as Request;
const methods = (texts: readonly string[]): readonly string[] => texts.map((text) => read(text).method);

const push = (channel: string, data: unknown): string =>
  JSON.stringify({ jsonrpc: '2.0', method: 'subscription', params: { channel, data } });
const NAME = 'BTC-PERPETUAL';
const book = (change_id: number, more: object, bids: readonly unknown[] = [['new', 100.5, 10]]): string =>
  push(`book.${NAME}.100ms`, { timestamp: 5, instrument_name: NAME, change_id, bids, asks: [], ...more });
const snapshot = (id: number): string => book(id, { type: 'snapshot' });
const change = (id: number, prev: number | null, bids?: readonly unknown[]): string =>
  book(id, { type: 'change', prev_change_id: prev }, bids);

/** A book that is followed, and what it said last. */
function followed(options?: DeribitBookOptions) {
  const one = rig();
  const states: BookState[] = [];
  one.exchange.book(NAME, options).subscribe((state) => states.push(state));
  one.pass(10);
  return { ...one, last: () => states.at(-1) };
}

describe('a book of Deribit', () => {
  it('goes on from the number that each change names, whatever lies between', () => {
    const { wire, last, faults } = followed();

    wire().receive(snapshot(10), change(90, 10, [['change', 100.5, 2]]), change(91, 90, [['new', 100, 3]]));

    expect(last()).toMatchObject({ status: 'live', book: { sequence: 91, bestBid: { size: 2 }, bids: { length: 2 } } });
    expect(faults).toEqual([]);
  });

  it.each(['10028', '"10028"'])(
    'begins anew at once for whoever comes back, though the venue would not end it for now: %s',
    (code) => {
      const { exchange, wire, pass, faults } = rig({ linger: 0, wireLinger: 60_000 });
      const watching = exchange.book(NAME).subscribe();
      pass(10);
      wire().receive(`{"id":2,"result":["book.${NAME}.100ms"]}`, snapshot(10));
      watching.unsubscribe();
      pass(10);
      wire().receive(`{"id":3,"error":{"code":${code},"message":"too_many_requests"}}`, change(11, 10));
      pass(1_000);

      const states: BookState[] = [];
      exchange.book(NAME).subscribe((state) => states.push(state));
      pass(10);
      // The venue, which has it already, would begin nothing.
      expect(methods(wire().sent).slice(-2)).toEqual(['public/unsubscribe', 'public/subscribe']);
      wire().receive(change(12, 11), '{"id":4,"result":[]}', snapshot(12), `{"id":5,"result":["book.${NAME}.100ms"]}`);

      expect(states.at(-1)).toMatchObject({ status: 'live', book: { sequence: 12 } });
      expect(faults.map(({ message }) => message)).toEqual(['deribit: 10028 too_many_requests']);
    },
  );

  it('is stale in the step that shows a gap, and is subscribed anew', () => {
    const { wire, last, pass } = followed();
    wire().receive(snapshot(10));

    wire().receive(change(12, 11));
    expect(last()).toMatchObject({ status: 'stale', reason: 'gap' });
    pass(1_000);
    wire().receive(change(13, 12), snapshot(20));

    expect(methods(wire().sent)).toEqual([
      'public/set_heartbeat',
      'public/subscribe',
      'public/unsubscribe',
      'public/subscribe',
    ]);
    expect(last()).toMatchObject({ status: 'live', book: { sequence: 20 } });
  });

  it.each([
    ['a change that goes on from 0', change(14_617_771_529, 0)],
    ['one that goes on from null', change(5, null)],
    ['one that names no type', book(5, {})],
    ['a snapshot that names what came before', book(5, { type: 'snapshot', prev_change_id: 20 })],
  ])('begins with %s', (_, frame) => {
    const { wire, last, faults } = followed();

    wire().receive(frame, frame);

    expect(last()).toMatchObject({ status: 'live', book: { bestBid: { price: 100.5 } } });
    expect(faults).toEqual([]);
  });

  it('leaves out what is deleted, whatever its amount, and knows prices by their digits', () => {
    const { wire, last } = followed();

    wire().receive(
      book(1, { type: 'snapshot' }, [
        ['new', 1e-7, 4.0],
        ['new', 0.0005, 1],
      ]),
      change(2, 1, [['delete', 0.0005, 7]]),
    );

    expect(last()).toMatchObject({ status: 'live', book: { bids: { length: 1 } } });
    expect(last()).toMatchObject({ book: { bestBid: { exact: { price: '0.0000001', size: '4' } } } });
  });

  it('of so many levels is whole in each message', () => {
    const { wire, last, faults } = followed({ depth: 10, group: '5' });
    const whole = (timestamp: number, change_id: number, price: number): string =>
      push(`book.${NAME}.5.10.100ms`, {
        timestamp,
        instrument_name: NAME,
        change_id,
        bids: [[price, 1]],
        asks: [[200, 1]],
      });

    wire().receive(whole(5, 10, 100), whole(6, 3, 95), whole(5, 2, 90));

    expect(last()).toMatchObject({ status: 'live', book: { bestBid: { price: 95 }, bids: { length: 1 } } });
    expect(faults).toEqual([]);
  });
});

describe('trades of Deribit', () => {
  const tradesOf = (channel: string, rows: readonly (readonly [name: string, number: unknown])[]): string =>
    push(
      channel,
      rows.map(([instrument_name, trade_seq], i) => {
        return { trade_seq, trade_id: `${i}`, timestamp: 5, instrument_name, price: 1, amount: 1, direction: 'buy' };
      }),
    );

  it.each<[string, readonly (readonly unknown[])[], readonly (readonly [number, number])[]]>([
    ['each follows the one before', [[7, 8], [9], [10]], []],
    ['one is left out between messages', [[7, 8], [10]], [[9, 10]]],
    ['some are left out within a message', [[7, 10, 11]], [[8, 10]]],
    ['one is told again', [[7, 8], [8], [8, 9]], []],
    ['one comes late', [[7], [9], [8], [10]], [[8, 9]]],
    ['the numbering begins anew', [[7, 8], [1], [2], [3, 4], [6]], [[5, 6]]],
    ['the venue tells no numbers', [[undefined], [undefined]], []],
  ])('are told a gap by their numbers where %s', (_, messages, gaps) => {
    const { exchange, wire, pass, faults } = rig();
    const told: unknown[] = [];
    exchange.trades(NAME).subscribe(({ sequence }) => told.push(sequence));
    pass(10);

    for (const numbers of messages)
      wire().receive(
        tradesOf(
          `trades.${NAME}.100ms`,
          numbers.map((number) => [NAME, number]),
        ),
      );

    expect(told).toEqual(messages.flat());
    expect(faults).toMatchObject(
      gaps.map(([expected, received]) => {
        return { type: 'gap', channel: `trades.${NAME}.100ms`, reason: 'gap', expected, received };
      }),
    );
    expect(faults).toHaveLength(gaps.length);
  });

  it('are counted for each instrument, and from the beginning in each session', () => {
    const { exchange, wire, pass, faults } = rig();
    const channel = 'trades.any.any.100ms';
    exchange.allTrades('any', 'any').subscribe();
    pass(10);
    wire().receive(
      tradesOf(channel, [
        ['A', 1],
        ['B', 50],
        ['A', 2],
      ]),
    );
    wire().lose();
    pass(1_000);
    wire(1).receive(tradesOf(channel, [['A', 90]]), tradesOf(channel, [['B', 70]]));
    expect(faults).toEqual([]);

    wire(1).receive(tradesOf(channel, [['B', 72]]));
    expect(faults).toMatchObject([{ type: 'gap', channel, expected: 71, received: 72 }]);
  });
});

describe('deribit()', () => {
  it.each<[DeribitOptions, string]>([
    [{}, 'wss://www.deribit.com/ws/api/v2'],
    [{ testnet: true }, 'wss://test.deribit.com/ws/api/v2'],
    [{ url: 'wss://streams.deribit.com/ws/api/v2/' }, 'wss://streams.deribit.com/ws/api/v2'],
  ])('with %j opens one wire', (options, url) => {
    const { exchange, network, pass } = rig(options);
    expect(network.wires).toEqual([]);

    exchange.trades(NAME).subscribe();
    pass(10);

    expect(network.wires.map(({ endpoint }) => endpoint.url)).toEqual([url]);
  });

  it('signs in first, and again when half of its time is over, and tells nobody the secret', () => {
    const { exchange, wire, pass, faults } = rig({ credentials: { clientId: 'me', clientSecret: 'very-secret' } });
    exchange.book(NAME, { interval: 'raw' }).subscribe();
    pass(10);
    expect(methods(wire().sent)).toEqual(['public/auth']);
    expect(read(wire().sent[0] ?? '').params).toEqual({
      grant_type: 'client_credentials',
      client_id: 'me',
      client_secret: 'very-secret',
    });

    wire().receive({ jsonrpc: '2.0', id: 1, result: { access_token: 'x', expires_in: 40 } });
    pass(10);
    expect(methods(wire().sent).slice(1)).toEqual(['public/set_heartbeat', 'public/subscribe']);
    for (let i = 0; i < 4; i += 1) {
      pass(5_000);
      wire().receive({ jsonrpc: '2.0', method: 'heartbeat', params: { type: 'heartbeat' } });
    }
    pass(100);
    expect(methods(wire().sent).filter((method) => method === 'public/auth')).toHaveLength(2);

    wire().receive({ jsonrpc: '2.0', id: 9, error: { code: 1, message: 'of very-secret' } });
    expect(JSON.stringify(faults)).not.toContain('very-secret');
  });

  it('tells nobody the tokens of an answer that was cut off', () => {
    const { exchange, wire, pass, faults } = rig({ credentials: { clientId: 'me', clientSecret: 'very-secret' } });
    exchange.book(NAME, { interval: 'raw' }).subscribe();
    pass(10);
    const answer =
      '{"jsonrpc":"2.0","id":1,"result":{"refresh_token":"refreshing-1.s3cr3t","access_token":"accessing-1.s3';
    for (let end = answer.indexOf('refreshing'); end <= answer.length; end++) wire().receive(answer.slice(0, end));
    expect(faults.length).toBeGreaterThan(40);
    expect(
      faults
        .map(({ message, ...more }) => `${message} ${JSON.stringify(more)}`)
        .filter((text) => /refreshi|accessi/.test(text)),
    ).toEqual([]);
  });

  describe('a sign-in that is due again', () => {
    const signedIn = (expiresIn: number) => {
      const one = rig({ credentials: { clientId: 'me', clientSecret: 'very-secret' } });
      const auths = (): readonly { readonly id: number }[] =>
        one
          .wire()
          .sent.map((text) => JSON.parse(text) as { readonly id: number; readonly method: string })
          .filter(({ method }) => method === 'public/auth');
      const beat = (ms: number): void => {
        for (let passed = 0; passed < ms && one.wire().status === 'open'; passed += 5_000) {
          one.wire().receive({ jsonrpc: '2.0', method: 'heartbeat', params: { type: 'heartbeat' } });
          one.pass(5_000);
        }
      };
      const answer = (): void => {
        const result = { access_token: 'x', expires_in: expiresIn };
        one.wire().receive({ jsonrpc: '2.0', id: auths().at(-1)?.id, result });
      };
      one.exchange.book(NAME, { interval: 'raw' }).subscribe();
      one.pass(10);
      answer();
      one.pass(10);
      return { ...one, auths, beat, answer };
    };

    it('and is not answered is sent again', () => {
      const { network, auths, beat, answer } = signedIn(900);
      beat(480_000);
      expect(auths().length).toBeGreaterThan(2);
      answer();
      const answered = auths().length;
      beat(420_000);
      expect(auths()).toHaveLength(answered);
      expect(network.wires).toHaveLength(1);
    });

    it('and is never answered ends the session when its time is over', () => {
      const { network, connection, beat } = signedIn(900);
      beat(880_000);
      expect(network.wires).toHaveLength(1);
      beat(40_000);
      expect(connection).toContainEqual(expect.objectContaining({ status: 'lost', reason: 'auth' }));
    });

    it('after no time at all is no storm', () => {
      const { auths, beat, answer } = signedIn(0);
      for (let i = 0; i < 20; i += 1) {
        beat(5_000);
        answer();
      }
      expect(auths().length).toBeLessThan(15);
    });
  });

  it('ends where the credentials are wrong', () => {
    const { exchange, wire, pass } = rig({ credentials: { clientId: 'me', clientSecret: 'very-secret' } });
    const errors: unknown[] = [];
    exchange.book(NAME).subscribe({ error: (error: unknown) => errors.push(error) });
    pass(10);

    wire().receive({ jsonrpc: '2.0', id: 1, error: { code: 13_004, message: 'invalid_credentials' } });
    pass(60_000);

    expect(errors).toEqual([expect.any(AuthenticationRefusedError)]);
    expect(String(errors[0])).toContain('13004 invalid_credentials');
  });

  it('has the venue say every 10 s that it is there', () => {
    const { exchange, wire, pass } = rig();
    exchange.quotes(NAME).subscribe();
    pass(10);

    expect(read(wire().sent[0] ?? '')).toMatchObject({ method: 'public/set_heartbeat', params: { interval: 10 } });
  });

  it('tells a ticker by what there is of it', () => {
    const { exchange, wire, pass, faults } = rig();
    const tickers: unknown[] = [];
    exchange.ticker(NAME).subscribe((ticker) => tickers.push(ticker));
    pass(10);
    const stats = { volume: null, price_change: null, low: 1.5, high: null };
    const none = { best_bid_price: 0.0, best_bid_amount: 0.0, best_ask_price: 7.0, best_ask_amount: 2.0 };
    const told = { timestamp: 5, instrument_name: NAME, stats, last_price: null, mark_price: 1.005718, ...none };

    wire().receive(push(`ticker.${NAME}.100ms`, { ...told, state: 'halted', estimated_delivery_price: 'expired' }));

    expect(tickers).toMatchObject([
      { instrument: NAME, last: undefined, mark: 1.005718, low: 1.5, bid: undefined, ask: { price: 7 } },
    ]);
    expect(tickers).toMatchObject([{ exact: { mark: '1.005718', last: undefined } }]);
    expect(faults).toEqual([]);
  });

  it('closes a candle when the next one begins', () => {
    const { exchange, wire, pass } = rig();
    const told: unknown[] = [];
    exchange.candles(NAME, '5').subscribe(({ openTime, closeTime, close, closed }) => {
      told.push([openTime, closeTime, close, closed]);
    });
    pass(10);
    const candle = (tick: number, close: number): string =>
      push(`chart.trades.${NAME}.5`, { tick, open: 1, high: 9, low: 1, close, volume: 0.95978896, cost: 83_970 });

    wire().receive(candle(300_000, 2), candle(300_000, 3), candle(600_000, 4));

    expect(told).toEqual([
      [300_000, 599_999, 2, false],
      [300_000, 599_999, 3, false],
      [300_000, 599_999, 3, true],
      [600_000, 899_999, 4, false],
    ]);
  });

  it.each([
    () => deribit({ url: 'https://x' }),
    () => deribit({ channelsPerWire: 0 }),
    () => deribit({ credentials: {} } as object),
    () => deribit({ credentials: { clientId: 5, clientSecret: 'x' } } as object),
    () => deribit().book('BTC PERPETUAL'),
    () => deribit().book('BTC.PERPETUAL'),
    () => deribit().book(NAME, { depth: 50 as 10 }),
    () => deribit().book(NAME, { group: '5' }),
    () => deribit().book(NAME, { depth: 10, group: '0.5' }),
    () => deribit().book(NAME, { depth: 10, interval: 'raw' }),
    () => deribit().book(NAME, { interval: '1s' as 'raw' }),
    () => deribit().trades(NAME, { interval: '1s' as 'raw' }),
    () => deribit().trades(NAME, { pace: 5 } as object),
    () => deribit().allTrades('perpetual' as 'any', 'BTC'),
    () => deribit().ticker(NAME, { interval: '1s' as 'raw' }),
    () => deribit().candles(NAME, '5m' as '5'),
    () => deribit({ market: 'spot' } as DeribitOptions),
  ])('refuses what can’t be meant: %s', (call) => {
    expect(call).toThrow(InvalidArgumentError);
  });
});

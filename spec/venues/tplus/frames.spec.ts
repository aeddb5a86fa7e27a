import type { Either } from 'fp-ts/lib/Either.js';
import type { Errors } from 'io-ts';
import { parseLossless } from '../../../lib/codec/losslessJson.js';
import { pathOf } from '../../../lib/codec/path.js';
import { ed25519Signer } from '../../../lib/node/ed25519Signer.js';
import { candlesChannel } from '../../../lib/venues/tplus/candles.js';
import { depthChannel } from '../../../lib/venues/tplus/depth.js';
import { DepthAnswer, MarketAnswer, NonceAnswer, TokenAnswer } from '../../../lib/venues/tplus/frames.js';
import type { TplusOrderEvent } from '../../../lib/venues/tplus/orderEvent.js';
import { doubtOfOrders } from '../../../lib/venues/tplus/doubtOfOrders.js';
import { foldOrders } from '../../../lib/venues/tplus/openOrders.js';
import type { TplusOpenOrders } from '../../../lib/venues/tplus/openOrders.js';
import { ordersChannel } from '../../../lib/venues/tplus/orders.js';
import { tickerChannel } from '../../../lib/venues/tplus/ticker.js';
import { noop } from 'rxjs';
import { allTradesChannel, finalizedTradesChannel } from '../../../lib/venues/tplus/trades.js';
import { FILLS_KEPT, foldFills, userTradesChannel } from '../../../lib/venues/tplus/userTrades.js';
import type { TplusUserTrade } from '../../../lib/venues/tplus/userTrades.js';
import { bars, depthSample, depthSequence, orderEvents, taggedTrades, trades, userTrades } from './examples.js';

const USER = '3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29';
const CHAINED = '82af49447d8a07e3bd95bd0d56f35241523fbab1000000000000000000000000@00000000000000a4b1';

type Decode<T> = (payload: unknown, at: number) => Either<Errors, T>;

/** What a channel makes of a text; of a refused one the path. */
function read<T>({ decode }: { readonly decode: Decode<T> }, text: string): T | string {
  const result = decode(parseLossless(text), 7);
  return result._tag === 'Right' ? result.right : pathOf(result.left);
}
const nth = (texts: readonly string[], index: number): string => texts[index] ?? '';
/** An example with some fields replaced. */
const spoilt = (text: string, fields: object): string => JSON.stringify({ ...(JSON.parse(text) as object), ...fields });

describe('depth', () => {
  const channel = depthChannel('200');

  it('reads every diff of the page, texts and numbers', () => {
    const diffs = depthSequence.slice(1).map((text) => read(channel, text));

    expect(diffs.map((diff) => (typeof diff === 'string' ? diff : diff.lastSequence))).toEqual([
      1942, 1943, 1944, 1945, 1946, 1947, 1948, 1951,
    ]);
    expect(diffs[6]).toMatchObject({
      instrument: '200',
      bids: [{ price: 100.45, size: 1.5, exact: { price: '100.45', size: '1.5' } }],
      asks: [],
      receivedTime: 7,
    });
    expect(diffs[5]).toMatchObject({ bids: [{ exact: { price: '100.20000000', size: '0' } }] });
  });

  it('spells a number without an exponent', () => {
    const tiny = read(channel, '{"bids":[[1e-8,2e-7]],"asks":[],"sequence_number":1}');

    expect(tiny).toMatchObject({ bids: [{ exact: { price: '0.00000001', size: '0.0000002' } }] });
  });

  it.each([
    ['a side that is missing', '{"bids":[],"sequence_number":1}', 'tplus.DepthUpdate/asks: LooseLevels'],
    ['no sequence', '{"bids":[],"asks":[]}', 'tplus.DepthUpdate/sequence_number: Sequence'],
    [
      'a sequence beyond doubles',
      '{"bids":[],"asks":[],"sequence_number":18446744073709551615}',
      'tplus.DepthUpdate/sequence_number: Sequence',
    ],
    [
      'a size below nothing',
      '{"bids":[["1","2"],["1","-2"]],"asks":[],"sequence_number":1}',
      'tplus.DepthUpdate/bids: LooseLevels/1/1: Size',
    ],
    ['no number', '{"bids":[],"asks":[[1,"x"]],"sequence_number":1}', 'tplus.DepthUpdate/asks: LooseLevels/0/1: Size'],
  ])('refuses %s, and says where', (_, text, path) => {
    expect(read(channel, text)).toBe(path);
  });

  it('reads snapshots, with sides and sequence or without', () => {
    expect(DepthAnswer.decode(JSON.parse(nth(depthSample, 0)))).toMatchObject({
      right: { sequence_number: 1943, asks: [{ exact: { price: '0.99980141', size: '0.01000000' } }], bids: [] },
    });
    expect(DepthAnswer.decode({})).toMatchObject({ _tag: 'Right' });
  });
});

describe('trades', () => {
  it('reads every flat trade, whole ns and all', () => {
    const read1 = trades.map((text) => read(finalizedTradesChannel(noop), text));

    expect(read1[0]).toEqual({
      instrument: CHAINED,
      id: '122519',
      price: 3862.3693407,
      size: 0.01,
      exact: { price: '3862.36934070', size: '0.01000000' },
      side: 'buy',
      status: 'confirmed',
      orderId: undefined,
      venueTime: Number('1761283013888.4532'),
      venueTimeNs: '1761283013888453220',
      receivedTime: 7,
    });
    expect(read1.slice(1)).toMatchObject([
      { id: '122520', side: 'sell', status: 'confirmed', orderId: undefined, venueTimeNs: '1782345600000000001' },
      { id: '122521', side: 'buy', status: 'confirmed' },
      { id: '122522', instrument: '201', venueTimeNs: '1782345600999999999' },
      { id: '122523', exact: { size: '0.00000001' } },
      { id: '122524', orderId: 'rt6G7V8gRAG4p7lfidkeUw==' },
    ]);
  });

  it('reads every tagged trade', () => {
    const steps = taggedTrades.map((text) => read(allTradesChannel(noop), text));

    expect(steps).toMatchObject(
      ['pending', 'confirmed', 'rolledBack', 'pending', 'confirmed', 'rolledBack'].map((status) => ({ status })),
    );
  });

  it.each([
    [finalizedTradesChannel(noop), { buyer_is_maker: 1 }, 'tplus.Trade/buyer_is_maker: boolean'],
    [finalizedTradesChannel(noop), { status: 'Rolledback' }, 'tplus.Trade/status: TradeStatus'],
    [finalizedTradesChannel(noop), { timestamp_ns: 1.5 }, 'tplus.Trade/timestamp_ns: U64'],
    [finalizedTradesChannel(noop), { price: 1 }, 'tplus.Trade/price: DecimalText'],
  ])('refuses a field of another kind', (channel, fields, path) => {
    expect(read(channel, spoilt(nth(trades, 1), fields))).toBe(path);
  });

  it.each([
    ['a flat one', nth(trades, 1)],
    ['an unknown tag', '{"Undone":{}}'],
    ['a list', '[]'],
  ])('refuses %s where a tagged one is due', (_, text) => {
    expect(read(allTradesChannel(noop), text)).toMatch(/^tplus\.TradeEvent/);
  });
});

describe('candles', () => {
  const channel = candlesChannel('200');

  it('reads lists of bars, empty ones, and a bar that is no list', () => {
    const read1 = bars.map((text) => read(channel, text));

    expect(read1.map((list) => list.length)).toEqual([1, 1, 1, 2, 0, 1]);
    expect(read1[3]).toMatchObject([
      {
        interval: '1m',
        openTime: 1782345600000,
        closeTime: 1782345659999,
        exact: { volume: '3.75000000' },
        closed: true,
      },
      { interval: '1m', openTime: 1782345660000, open: 100.45, closed: false },
    ]);
    expect(read1[5]).toMatchObject([{ exact: { close: '100.50000000' }, closed: false }]);
  });

  it('refuses a bar that lacks something, and says which', () => {
    const [bar] = JSON.parse(nth(bars, 1)) as readonly object[];

    expect(read(channel, JSON.stringify([bar, { ...bar, high: null }]))).toBe(
      'tplus.Bars/1: tplus.Bar/high: DecimalText',
    );
  });
});

describe('tickers', () => {
  const ticker = {
    asset_id: '200',
    last_price: '100.50',
    mark_price: '100.4',
    index_price: null,
    volume_24h: '12.5',
    high_24h: '101',
    low_24h: '99.5',
    price_change_24h: '-0.125',
    timestamp_ns: 1,
  };

  it('reads one, and leaves out those of markets without a trade', () => {
    expect(
      read(
        tickerChannel('200', () => undefined),
        JSON.stringify(ticker),
      ),
    ).toMatchObject({
      instrument: '200',
      open: 100.625,
      last: 100.5,
      markPrice: 100.4,
      indexPrice: undefined,
      exact: { open: '100.625', last: '100.50', mark: '100.4' },
    });
    expect(
      read(
        tickerChannel('200', () => undefined),
        spoilt(JSON.stringify(ticker), { last_price: null }),
      ),
    ).toBeUndefined();
  });

  it('refuses one without its volume', () => {
    expect(
      read(
        tickerChannel('200', () => undefined),
        spoilt(JSON.stringify(ticker), { volume_24h: null }),
      ),
    ).toBe('tplus.Ticker/volume_24h: LooseDecimal');
  });
});

describe('orders', () => {
  it('reads every event of the page, in both envelopes', () => {
    const events = orderEvents.map((text) => read(ordersChannel(USER), text));

    // The first two are of other users.
    expect(events.slice(0, 2)).toEqual([[], []]);
    expect(events.slice(2)).toMatchObject([
      [
        {
          type: 'created',
          orderId: 'o-1',
          asset: '200',
          venueTimeNs: '1782345600000100000',
          order: { id: 'o-1', side: 'buy', price: 100.45, size: 1.25, exact: { price: '100.45', size: '1.25' } },
          decimals: { price: 8, quantity: 8 },
        },
      ],
      [{ type: 'replaced', orderId: 'o-1', quantityUnits: '100000000', priceUnits: '10046000000' }],
      [{ type: 'canceled', orderId: 'o-1', venueTime: 1782345605000, reason: undefined }],
      [{ type: 'createFailed', orderId: 'o-2', reason: 'insufficient margin' }],
      [{ type: 'amended', orderId: 'o-3', size: '0.5', remainingSize: '0.2' }],
      [{ type: 'cancelFailed', orderId: 'o-9', reason: 'unknown order' }],
    ]);
  });

  it("reads the examples of the client's tests as their user", () => {
    const [first, second] = orderEvents;

    expect(read(ordersChannel('abc'), first ?? '')).toMatchObject([
      { type: 'removed', reason: 'Completed', filledSize: '0.000001', filledAmountUnits: '200' },
    ]);
    expect(read(ordersChannel('u'), second ?? '')).toMatchObject([
      { type: 'removed', reason: 'Canceled', filledSize: '0' },
    ]);
  });

  it('loses no digit of numbers beyond 2^53', () => {
    const text =
      '{"Replaced":{"order_id":"o","asset_id":"1","user_id":"u","new_quantity":9007199254740993,"new_price":18446744073709551615}}';

    expect(read(ordersChannel('u'), text)).toMatchObject([
      { quantityUnits: '9007199254740993', priceUnits: '18446744073709551615' },
    ]);
  });

  it('passes on what it does not know by name, and refuses what is no event', () => {
    expect(read(ordersChannel('u'), '{"Filled":{"order_id":"o"}}')).toEqual([{ type: 'unknown', name: 'Filled' }]);
    expect(read(ordersChannel('u'), '{"Created":{},"Removed":{}}')).toBe('tplus.OrderEvent');
    expect(read(ordersChannel('u'), '[]')).toBe('tplus.OrderEvent');
  });

  it.each([
    ['{"Created":{"user_order":{},"book_timestamp_ns":1}}', 'tplus.Created/user_order: tplus.Order/signer: UserId'],
    ['{"Canceled":{"order_id":"o","asset_id":"1","user_id":"u"}}', 'tplus.Canceled/timestamp_ns: U64'],
    ['{"Removed":{"order_id":"o","asset_id":"1","user_id":"u","timestamp_ns":1}}', 'tplus.Removed/reason: Text'],
    [
      '{"Replaced":{"order_id":"o","asset_id":"1","user_id":"u","new_quantity":-1}}',
      'tplus.Replaced/new_quantity: U64',
    ],
    ['{"Amended":{"order_id":"o","asset_id":"1"}}', 'tplus.Amended/user_id: UserId'],
    // As recordings have it in which it was taken for a secret: whose it was nobody knows.
    ['{"Canceled":{"order_id":"o","asset_id":"1","user_id":"***","timestamp_ns":1}}', 'tplus.Canceled/user_id: UserId'],
    ['{"CreateFailed":{"order_id":"o","user_id":"***"}}', 'tplus.Failed/user_id: UserId'],
    ['{"Triggered":{"order_id":"o","asset_id":"1","user_id":"u","timestamp_ns":1}}', 'tplus.Triggered/quantity: U64'],
    ['{"type":"create_failed"}', 'tplus.Failed/order_id: Id'],
    [
      '{"Removed":{"order_id":"","asset_id":"1","user_id":"u","timestamp_ns":1,"reason":"Canceled"}}',
      'tplus.Removed/order_id: Id',
    ],
    ['{"Updated":{"order_id":"o"}}', 'tplus.Updated/status: Text'],
  ])('refuses %s', (text, path) => {
    expect(read(ordersChannel('u'), text)).toBe(path);
  });

  it('folds to the orders that stand, whatever is told twice or of others', () => {
    const none: TplusOpenOrders = { orders: new Map(), decimals: new Map() };
    const after = (count: number): readonly unknown[] => {
      const events = orderEvents.slice(2, 2 + count).flatMap((text) => {
        const list = read(ordersChannel(USER), text);
        return typeof list === 'string' ? [] : [...list, ...list];
      });
      return [...events.reduce(foldOrders, none).orders.values()].map(({ exact }) => exact);
    };

    expect(after(1)).toEqual([{ price: '100.45', size: '1.25' }]);
    expect(after(2)).toEqual([{ price: '100.46', size: '1' }]);
    expect(after(3)).toEqual([]);
    expect(after(6)).toEqual([]);
  });

  it('takes no order back that has ended, whatever is told late, and takes one of the same name that is newer', () => {
    const none: TplusOpenOrders = { orders: new Map(), decimals: new Map() };
    const created = (at: number): TplusOrderEvent => ({
      type: 'created',
      orderId: 'a',
      asset: '200',
      venueTime: at,
      order: { id: 'a', asset: '200', side: 'buy', exact: {}, createdTime: at },
      decimals: { price: 2, quantity: 2 },
    });
    const canceled: TplusOrderEvent = { type: 'canceled', orderId: 'a', asset: '200', venueTime: 5 };
    const names = (...events: readonly TplusOrderEvent[]) => [...events.reduce(foldOrders, none).orders.keys()];

    expect(names(created(1))).toEqual(['a']);
    expect(names(created(1), canceled, created(1))).toEqual([]);
    expect(names(canceled, created(1))).toEqual([]);
    expect(names(created(1), canceled, created(6))).toEqual(['a']);
  });

  describe('in whatever order its changes are heard', () => {
    const none: TplusOpenOrders = { orders: new Map(), decimals: new Map() };
    const timed = (at: number | undefined) =>
      at === undefined ? {} : { venueTime: Math.floor(at / 1e6), venueTimeNs: String(at) };
    const created = {
      type: 'created',
      orderId: 'a',
      asset: '200',
      ...timed(1e15),
      order: {
        id: 'a',
        asset: '200',
        side: 'buy',
        price: 1,
        size: 1,
        exact: { price: '1', size: '1' },
        createdTime: 1,
      },
      decimals: { price: 2, quantity: 2 },
    } satisfies TplusOrderEvent;
    const replaced = (at: number | undefined, price: number): TplusOrderEvent => ({
      type: 'replaced',
      orderId: 'a',
      asset: '200',
      ...timed(at),
      priceUnits: String(price * 100),
      quantityUnits: String(price * 100),
    });
    const amended = (at: number | undefined, size: number): TplusOrderEvent => ({
      type: 'amended',
      orderId: 'a',
      asset: '200',
      ...timed(at),
      size: String(size),
      remainingSize: '0',
    });
    const canceled: TplusOrderEvent = { type: 'canceled', orderId: 'a', asset: '200', ...timed(1e15 + 5e6) };
    const shown = (...events: readonly TplusOrderEvent[]) => {
      const order = events.reduce(foldOrders, none).orders.get('a');
      return [order?.price, order?.size];
    };
    const [early, later, last] = [1e15 + 1, 1e15 + 2, 1e15 + 3];

    it.each<[string, readonly TplusOrderEvent[], readonly [number, number]]>([
      ['as they were', [created, replaced(early, 2), replaced(later, 3)], [3, 3]],
      ['the older price last', [created, replaced(later, 3), replaced(early, 2)], [3, 3]],
      ['the older one twice', [created, replaced(early, 2), replaced(later, 3), replaced(early, 2)], [3, 3]],
      ['the older size last', [created, amended(later, 5), amended(early, 4)], [1, 5]],
      ['a price behind a newer size', [created, amended(later, 5), replaced(early, 2)], [2, 5]],
      ['a size behind a newer price', [created, replaced(later, 3), amended(early, 5)], [3, 3]],
      ['three of them, backwards', [created, amended(last, 6), replaced(later, 3), amended(early, 5)], [3, 6]],
      ['a change before the order', [replaced(later, 3), created], [3, 3]],
      ['two before the order, backwards', [amended(later, 6), replaced(early, 3), created], [3, 6]],
      ['at one moment as they are heard', [created, replaced(early, 3), replaced(early, 2)], [2, 2]],
      ['without a time as they are heard', [created, replaced(later, 3), replaced(undefined, 2)], [2, 2]],
      [
        'a change of one of the same id that ended',
        [created, canceled, { ...created, ...timed(1e15 + 9e6) }, replaced(later, 3)],
        [1, 1],
      ],
    ])('%s', (_, events, expected) => {
      expect(shown(...events)).toEqual(expected);
    });

    const next = (at: number, price: number): TplusOrderEvent => ({
      ...created,
      ...timed(1e15 + at),
      order: { ...created.order, price, exact: { price: String(price), size: '1' } },
    });
    const over = (type: 'canceled' | 'removed', at: number): TplusOrderEvent => {
      const about = { orderId: 'a', asset: '200', reason: 'Canceled', ...timed(at && 1e15 + at) };
      return type === 'canceled'
        ? { type, ...about }
        : {
            type,
            ...about,
            filledSize: '0',
            confirmedSize: '0',
            filledAmountUnits: '0',
            confirmedAmountUnits: '0',
          };
    };

    describe('and its id is used again', () => {
      it.each<[string, readonly TplusOrderEvent[], readonly [number, number] | undefined]>([
        ['the end of the one before last', [created, next(9e6, 7), over('removed', 5e6)], [7, 1]],
        ['its second end last', [created, over('canceled', 4e6), next(9e6, 7), over('removed', 5e6)], [7, 1]],
        ['a change of the one before last', [created, next(9e6, 7), replaced(later, 3)], [7, 1]],
        ['both twice', [created, created, next(9e6, 7), next(9e6, 7), created, over('removed', 5e6)], [7, 1]],
        ['its making and its end last', [next(9e6, 7), created, over('removed', 5e6)], [7, 1]],
        ['its own end behind that', [created, next(9e6, 7), over('removed', 5e6), over('canceled', 9e6)], undefined],
        ['an end without a time', [created, next(9e6, 7), over('removed', 0)], undefined],
        ['an end ahead of an only making', [created, over('removed', -1)], undefined],
      ])('%s', (_, events, expected) => {
        const order = events.reduce(foldOrders, none).orders.get('a');
        expect(order && [order.price, order.size]).toEqual(expected);
      });
    });

    it.each<[string, readonly TplusOrderEvent[], boolean]>([
      ['an end that is older than the only making', [next(9e6, 7), over('removed', 5e6)], true],
      ['the same, with the making before behind it', [next(9e6, 7), over('removed', 5e6), created], true],
      ['an end of the one before', [created, next(9e6, 7), over('removed', 5e6)], false],
      ['its own end', [created, over('removed', 4e6)], false],
      ['an older end behind its own', [next(9e6, 7), over('removed', 10e6), over('canceled', 5e6)], false],
      ['an end without a time', [next(9e6, 7), over('removed', 0)], false],
    ])('or may not be told by what was heard: %s', (_, events, isOpen) => {
      expect(doubtOfOrders(events.reduce(foldOrders, none), events) !== undefined).toBe(isOpen);
    });

    it('nor where the load had one of that id that was made later', () => {
      const listed = { ...none, listed: new Map([['a', 1e9 + 9]]), orders: new Map([['a', created.order]]) };
      const events = [over('canceled', 4e6), created];
      const after = events.reduce(foldOrders, listed);
      expect([after.orders.size, doubtOfOrders(after, events)]).toEqual([0, expect.stringContaining('a ended before')]);
      const own = [over('canceled', 10e6)];
      expect(doubtOfOrders(own.reduce(foldOrders, listed), own)).toBeUndefined();
    });

    it('over a load, which tells no time of its own', () => {
      const before = [created, replaced(later, 3)].reduce(foldOrders, none);
      const loaded = { ...before, orders: new Map([['a', { ...created.order, price: 4, exact: { price: '4' } }]]) };
      const priceAfter = (event: TplusOrderEvent) => foldOrders(loaded, event).orders.get('a')?.price;

      expect(priceAfter(replaced(early, 2))).toBe(4);
      expect(priceAfter(replaced(last, 5))).toBe(5);
    });
  });
});

describe('user trades', () => {
  const readOne = (text: string): TplusUserTrade => {
    const list = read(
      userTradesChannel(() => undefined),
      text,
    );
    if (typeof list === 'string' || list[0] === undefined) throw new Error(`refused: ${JSON.stringify(list)}`);
    return list[0];
  };

  it('reads every one of the page', () => {
    expect(userTrades.map(readOne)).toMatchObject([
      { id: '2', orderId: 'oid', asset: '1', side: 'buy', role: 'taker', status: 'confirmed', fee: 0, subAccount: 0 },
      { id: '122525', role: 'maker', status: 'pending', exact: { fee: '-0.00100450' }, subAccount: 1 },
      { id: '122525', status: 'confirmed' },
      { id: '122526', status: 'rolledBack', rollbackReason: 'counterparty insolvent' },
      { id: '122530', side: 'sell', role: 'taker', fee: 0.0503, venueTimeNs: '1782345609000000000' },
    ]);
  });

  it('takes a tag off, and a fee that is a number', () => {
    const [, text = ''] = userTrades;

    expect(readOne(`{"Pending":${text}}`)).toEqual(readOne(text));
    expect(readOne(spoilt(text, { trading_fee: -0.5 })).exact.fee).toBe('-0.5');
  });

  it('is without what can not be read, which is told; what is absent is what the venue means by that', () => {
    const [, text = ''] = userTrades;
    const faults: string[] = [];
    const spoiltBy = (fields: Readonly<Record<string, unknown>>): unknown => {
      const list = read(
        userTradesChannel(({ message }) => faults.push(message)),
        spoilt(text, fields),
      );
      return typeof list === 'string' ? list : list[0];
    };
    const tagged = (fields: Readonly<Record<string, unknown>>): unknown => {
      const list = read(
        userTradesChannel(({ message }) => faults.push(message)),
        `{"Pending":${spoilt(text, fields)}}`,
      );
      return typeof list === 'string' ? list : list[0];
    };
    const wrong = { trading_fee: 'much', is_liquidation: 'no', is_auto_deleverage: 1, sub_account: {} };
    for (const [field, value] of Object.entries(wrong)) {
      const { fee, isLiquidation, isAutoDeleverage, subAccount, exact } = spoiltBy({
        [field]: value,
      }) as TplusUserTrade;
      expect([fee, isLiquidation, isAutoDeleverage, subAccount].filter((one) => one === undefined)).toHaveLength(1);
      expect(exact.fee === undefined).toBe(field === 'trading_fee');
      expect(faults).toEqual([expect.stringContaining(`tplus.UserTrade/${field}`)]);
      expect(spoiltBy({ [field]: value })).toEqual(tagged({ [field]: value }));
      faults.length = 0;
    }
    for (const nothing of [undefined, null]) {
      const fields = Object.fromEntries(Object.keys(wrong).map((field) => [field, nothing]));
      const meant = { fee: 0, isLiquidation: false, isAutoDeleverage: false, subAccount: 0, exact: { fee: '0' } };
      expect(spoiltBy(fields)).toMatchObject(meant);
    }
    expect(faults).toEqual([]);
  });

  it('refuses one without its order, and says so', () => {
    expect(
      read(
        userTradesChannel(() => undefined),
        '{"asset_id":"1"}',
      ),
    ).toBe('tplus.UserTrade/order_id: Text');
  });

  it('folds by trade and order; what is settled stays so; the oldest goes where there are too many', () => {
    const [, pending, confirmed] = userTrades.map(readOne) as [TplusUserTrade, TplusUserTrade, TplusUserTrade];
    const settled = [confirmed, pending, confirmed].reduce(foldFills, new Map<string, TplusUserTrade>());
    expect([...settled]).toEqual([['122525/o-1', confirmed]]);

    const many = Array.from({ length: FILLS_KEPT + 5 }, (_, n) => ({ ...pending, id: String(n) }));
    const kept = many.reduce(foldFills, new Map<string, TplusUserTrade>());
    expect([kept.size, [...kept.keys()][0]]).toEqual([FILLS_KEPT, '5/o-1']);
  });
});

it.each([
  [NonceAnswer, {}, 'tplus.NonceAnswer/value: Text'],
  [TokenAnswer, { token: 't', expiry_ns: 'soon' }, 'tplus.TokenAnswer/expiry_ns: U64'],
  [MarketAnswer, { asset_id: '200', book_price_decimals: '8' }, 'tplus.MarketAnswer/book_price_decimals: Int'],
])('an answer that is not right is refused by its path', (codec, answer, path) => {
  const result = codec.decode(answer);
  expect(result._tag === 'Left' ? pathOf(result.left) : 'read').toBe(path);
});

describe('the Ed25519 signer of Node', () => {
  it('holds to the vector: a nonce is signed as text', () => {
    const signer = ed25519Signer(new Uint8Array(32));
    const [signature] = signer.sign(new TextEncoder().encode('5f'.repeat(32)));

    expect(signer.publicKey).toBe(USER);
    expect(Buffer.from(signature).toString('hex')).toBe(
      'bf06a00216a430435312f8a586bd8311610e17a06f21f85ee3a7f8a5247d95da0938e66774ab651c527989dc86f19d24a47d73b4d1a418589a0cc1ae2d3c2b0a',
    );
    expect(ed25519Signer('00'.repeat(32)).publicKey).toBe(USER);
    expect(() => ed25519Signer('00')).toThrow('seed: expected 32 bytes, got 1');
  });
});

import type { Observable } from 'rxjs';
import { plainOf } from '../../../lib/venues/tradestation/exponent.js';
import type { TradestationExchange, TradestationResource } from '../../../lib/venues/tradestation/index.js';
import * as examples from './examples.js';
import { answered, rig } from './rig.js';

type Json = Readonly<Record<string, unknown>>;
const ACCOUNTS = ['123456782'];
const END = '{"StreamStatus":"EndSnapshot"}';
const parsed = (text = ''): Json => JSON.parse(text) as Json;
const pathsOf = (faults: readonly object[]): readonly unknown[] =>
  faults.map((fault) => ('path' in fault ? fault.path : fault));

/** Everything of a frame that can be left out, made unreadable one after the other. */
function* spoiled(frame: Json, required: readonly string[], by: unknown): Generator<readonly [string, Json]> {
  for (const name of Object.keys(frame)) {
    if (!required.includes(name)) yield [name, { ...frame, [name]: by }];
  }
}

interface Kind {
  readonly resource: TradestationResource;
  readonly open: (exchange: TradestationExchange) => Observable<unknown>;
  readonly frame: Json;
  /** What it is nothing without. */
  readonly required: readonly string[];
  readonly after?: readonly string[];
}
const LEG = parsed(examples.spreads[0]);
const kinds: Readonly<Record<string, Kind>> = {
  quotes: {
    resource: 'quotes',
    open: (exchange) => exchange.quote('MSFT'),
    frame: { ...parsed(examples.quotes[0]), VWAP: '1', Restrictions: ['a'], FirstNoticeDate: '2026-06-19T00:00:00Z' },
    required: ['Symbol'],
  },
  bars: {
    resource: 'bars',
    open: (exchange) => exchange.candles('MSFT'),
    frame: { ...parsed(examples.bars[1]), BarStatus: 'Closed', IsRealtime: true },
    required: ['Open', 'High', 'Low', 'Close', 'TotalVolume', 'Epoch', 'UnchangedTicks', 'UnchangedVolume'],
  },
  spreads: {
    resource: 'optionChains',
    open: (exchange) => exchange.optionChain('MSFT'),
    frame: LEG,
    required: ['Legs'],
  },
  orders: {
    resource: 'orders',
    open: (exchange) => exchange.orders(ACCOUNTS),
    frame: {
      ...parsed(examples.orders[0]),
      RejectReason: 'x',
      Spread: 'x',
      GroupName: 'x',
      LimitPrice: '1',
      PriceUsedForBuyingPower: undefined,
    },
    required: ['OrderID', 'AccountID', 'Status', 'Legs', 'PriceUsedForBuyingPower'],
  },
  positions: {
    resource: 'positions',
    open: (exchange) => exchange.positions(ACCOUNTS),
    frame: { ...parsed(examples.positions[4]) },
    required: ['PositionID', 'AccountID', 'Symbol', 'Quantity', 'LongShort'],
    after: [END],
  },
};

describe.each(Object.entries(kinds))('one unreadable field of %s that may be absent', (name, kind) => {
  it.each([['NaN'], [[{}]]])('costs that field and a fault, whichever it is: %j', (by) => {
    const isText = typeof by === 'string';
    for (const [field, frame] of spoiled(kind.frame, kind.required, by)) {
      const { exchange, newest, pass, hear, faults, streams, wires } = rig();
      const { values, ends } = hear(kind.open(exchange));
      pass(0);
      newest(kind.resource).say(JSON.stringify(frame), ...(kind.after ?? []));
      // A text may say anything where texts are told.
      if (!isText || faults.length > 0) {
        expect(pathsOf(faults)).toEqual([expect.stringMatching(new RegExp(`^tradestation[.].*/${field}: `))]);
      }
      expect([field, values.length > 0, ends]).toEqual([field, true, []]);
      pass(5_000);
      expect([name, field, streams.length, wires.filter((wire) => wire.endsWith('lost'))]).toEqual([
        name,
        field,
        1,
        [],
      ]);
    }
  });
});

it('one unreadable field of one symbol among three costs nobody else anything, however often', () => {
  const { exchange, newest, pass, hear, faults, streams } = rig();
  const { values } = hear(exchange.quotes(['MSFT', 'AAPL', 'SPY']));
  pass(0);
  for (let i = 0; i < 300; i += 1) {
    const symbol = ['MSFT', 'AAPL', 'SPY'][i % 3];
    newest('quotes').say(`{"Symbol":"${symbol}","Last":"${i}","NetChangePct":"${symbol === 'AAPL' ? 'NaN' : '0.1'}"}`);
    pass(1_000);
  }
  expect([streams.length, values.length, faults.length]).toEqual([1, 300, 100]);
  expect(faults[0]).toMatchObject({
    type: 'decode',
    channel: 'quotes AAPL',
    path: 'tradestation.Quote/NetChangePct: LooseDecimal',
    raw: '{"Symbol":"AAPL","Last":"1","NetChangePct":"NaN"}',
  });
  expect(values.slice(-3).map(({ last, netChangeFraction }) => [last, netChangeFraction])).toEqual([
    [297, 0.1],
    [298, undefined],
    [299, 0.1],
  ]);
});

it('what could not be read is unknown, not as it was before', () => {
  const { exchange, newest, pass, hear } = rig();
  const { values: quotes } = hear(exchange.quote('MSFT'));
  const { values: positions } = hear(exchange.positions(ACCOUNTS));
  const { values: chain } = hear(exchange.optionChain('MSFT'));
  pass(0);
  newest('quotes').say(
    ...examples.quotes.slice(0, 1),
    '{"Symbol":"MSFT","Bid":"NaN","Last":null,"MarketFlags":{"IsHalted":"?"},"Volume":{}}',
    '{"Symbol":"MSFT","Bid":"212.9"}',
  );
  expect(
    quotes.map(({ bid, last, isHalted, isDelayed, volume }) => [bid?.price, last, isHalted, isDelayed, volume]),
  ).toEqual([
    [212.85, 212.85, false, false, 5852511],
    [undefined, 212.85, undefined, false, undefined],
    [212.9, 212.85, undefined, false, undefined],
  ]);
  expect(quotes[1]?.exact).not.toHaveProperty('Bid');
  newest('positions').say(
    ...examples.positions.slice(0, 1),
    END,
    '{"PositionID":"64630792","Last":"NaN","MarketValue":"7"}',
  );
  const last = positions.at(-1);
  expect(last?.status === 'live' && [...last.value.values()]).toMatchObject([
    { size: 10, last: undefined, marketValue: 7, averagePrice: 216.68 },
  ]);
  newest('optionChains').say(...examples.spreads.slice(0, 1), JSON.stringify({ ...LEG, Delta: '?' }));
  expect(chain.map(({ latest }) => [latest.delta, latest.theta])).toEqual([
    [0.0497, -0.0049],
    [undefined, -0.0049],
  ]);
});

it('the legs of orders and options, and levels of books, lose what can not be read of them', () => {
  const { exchange, newest, pass, hear, faults } = rig();
  const { values: orders } = hear(exchange.orders(ACCOUNTS));
  const { values: chain } = hear(exchange.optionChain('MSFT'));
  const { values: book } = hear(exchange.book('AAPL'));
  pass(0);
  const order = parsed(examples.orders[1]);
  const [leg] = order['Legs'] as readonly Json[];
  newest('orders').say(
    END,
    JSON.stringify({ ...order, Legs: [{ ...leg, StrikePrice: 'NaN', ExpirationDate: 'soon' }] }),
  );
  expect(orders.at(-1)).toMatchObject({ type: 'event', value: { order: { orderId: '948679459', state: 'open' } } });
  const [option] = LEG['Legs'] as readonly Json[];
  newest('optionChains').say(JSON.stringify({ ...LEG, Legs: [{ ...option, Expiration: 'soon' }] }));
  expect(chain).toMatchObject([{ latest: { legs: [{ strike: 332.5, expiration: undefined }] } }]);
  newest('depth').say('{"Bids":[{"Price":"9","Size":"1","TimeStamp":"soon","OrderCount":"5"}],"Asks":[]}');
  expect(book.at(-1)).toMatchObject({ status: 'live' });
  expect(pathsOf(faults)).toEqual([
    'tradestation.OrderMessage/order: tradestation.Order/Legs: Legs/0: tradestation.OrderLeg/StrikePrice: LooseDecimal',
    'tradestation.Spreads/0: tradestation.Spread/Legs: Legs/0: tradestation.SpreadLeg/Expiration: TimeText',
    'tradestation.ParticipantDepth/Bids: Levels/0: tradestation.ParticipantLevel/TimeStamp: TimeText',
  ]);
  expect(faults[0]?.message).toContain('and 1 more');
});

it.each(['Symbol', 'Quantity'])('a position without its %s by `null` is told, and asked for anew', (field) => {
  const { exchange, newest, pass, hear, faults, streams } = rig();
  const { values } = hear(exchange.positions(ACCOUNTS));
  pass(0);
  newest('positions').say(examples.positions[0] ?? '', END, `{"PositionID":"64630792","${field}":null}`);
  expect(pathsOf(faults)).toEqual([expect.stringMatching(new RegExp(`/${field}: `))]);
  expect(values.at(-1)).toMatchObject({ status: 'stale', reason: 'gap' });
  pass(5_000);
  expect(streams.length).toBe(2);
});

it('a bar of which can not be read whether it is over is not over', () => {
  const { exchange, newest, pass, hear } = rig();
  const { values } = hear(exchange.candleEvents('MSFT'));
  pass(0);
  const { BarStatus: _, IsRealtime: __, ...bar } = parsed(examples.bars[1]);
  const epoch = Number(bar['Epoch']);
  const told: readonly Json[] = [
    { IsEndOfHistory: false, IsRealtime: false },
    { IsEndOfHistory: true, IsRealtime: false },
    { BarStatus: 'Shut', IsRealtime: true },
    { IsRealtime: 'yes' },
    { BarStatus: 'Shut', IsEndOfHistory: false, IsRealtime: false },
    { BarStatus: 'Closed', IsRealtime: 'yes' },
  ];
  newest('bars').say(...told.map((one, i) => JSON.stringify({ ...bar, Epoch: epoch + 60_000 * i, ...one })));
  expect(
    values.flatMap((one) => (one.type === 'candle' ? [one.candle] : one.candles)).map(({ closed }) => closed),
  ).toEqual([true, false, false, false, true, true]);
});

it('the present bar of a server that does not say which bars are over grows on behind a past', () => {
  const { BarStatus: _, IsRealtime: __, IsEndOfHistory: ___, Epoch, ...bar } = parsed(examples.bars[1]);
  const at = (minute: number, Close: string, TotalVolume: string, more: Json = {}): Json => ({
    ...bar,
    Epoch: Number(Epoch) + 60_000 * minute,
    Close,
    TotalVolume,
    IsRealtime: false,
    IsEndOfHistory: false,
    ...more,
  });
  const Bars = [at(0, '10', '100'), at(1, '20', '5')];
  const { exchange, newest, pass, hear } = rig({ answer: () => answered({ Bars }) });
  const { values } = hear(exchange.candles('MSFT', { history: 2 }));
  pass(0);
  newest('bars').say(JSON.stringify(at(1, '20', '5', { IsEndOfHistory: true })));
  pass(1_000);
  newest('bars').say(
    JSON.stringify(at(1, '30', '6', { IsRealtime: true })),
    JSON.stringify(at(2, '31', '1', { IsRealtime: true })),
  );
  expect(values.map(({ close, closed }) => `${close}${closed ? '!' : ''}`)).toEqual([
    '10!',
    '20',
    '20',
    '30',
    '30!',
    '31',
  ]);
});

it('a date alone is a time', () => {
  const { exchange, newest, pass, hear, faults } = rig();
  const { values } = hear(exchange.orders(ACCOUNTS));
  const { values: states } = hear(exchange.positions(ACCOUNTS));
  pass(0);
  const order = parsed(examples.orders[1]);
  const [leg] = order['Legs'] as readonly Json[];
  const dated = { ...order, OpenedDateTime: '2026-04-23', Legs: [{ ...leg, ExpirationDate: '2026-06-19' }] };
  newest('orders').say(END, JSON.stringify(dated));
  newest('positions').say(JSON.stringify({ ...parsed(examples.positions[4]), ExpirationDate: '2026-06-19' }), END);
  expect(faults).toEqual([]);
  expect(values.at(-1)).toMatchObject({ value: { order: { openedAt: Date.UTC(2026, 3, 23) } } });
  expect(states.at(-1)).toMatchObject({ status: 'live' });
});

it('numbers with exponents are numbers', () => {
  const { exchange, newest, pass, hear, faults } = rig();
  const { values } = hear(exchange.positions(ACCOUNTS));
  pass(0);
  const frame = {
    ...parsed(examples.positions[0]),
    UnrealizedProfitLossPercent: '1E-05',
    Quantity: '1.5e1',
    Last: 1e-7,
  };
  newest('positions').say(JSON.stringify(frame), END);
  const last = values.at(-1);
  expect(last?.status === 'live' && [...last.value.values()]).toMatchObject([
    { size: 15, last: 1e-7, exact: { UnrealizedProfitLossPercent: '0.00001', Quantity: '15', Last: '0.0000001' } },
  ]);
  expect(faults).toEqual([]);
});

it.each([
  ['1E-05', '0.00001'],
  ['-1.50e2', '-150'],
  ['1.2345E+2', '123.45'],
  ['0e5', '0'],
  ['12.5E0', '12.5'],
  ['00.5E1', '5'],
  ['12E-1', '1.2'],
  ['1E999', undefined],
  ['1E-9999', undefined],
  ['E5', undefined],
  ['1E', undefined],
  ['1.E5', undefined],
  ['NaN', undefined],
])('%s spells %s', (text, plain) => {
  expect(plainOf(text)).toBe(plain);
  if (plain !== undefined) expect(Number(plain)).toBe(Number(text));
});

describe('what nothing is true without', () => {
  it('makes positions stale, and begins anew with growing pauses that are told', () => {
    const { exchange, newest, pass, hear, streams, faults, wires } = rig();
    const { values, ends } = hear(exchange.positions(ACCOUNTS));
    pass(0);
    newest('positions').say(...examples.positions.slice(0, 1), END);
    let seen = 0;
    for (let at = 0; at < 300; at += 1) {
      if (streams.length > seen) {
        seen = streams.length;
        newest('positions').say(JSON.stringify({ ...parsed(examples.positions[0]), Quantity: 'NaN' }), END);
        expect(values.at(-1)?.status).not.toBe('live');
      }
      pass(1_000);
    }
    expect([streams.length < 25, ends]).toEqual([true, []]);
    expect(wires.filter((wire) => wire.endsWith('lost')).length).toBeGreaterThanOrEqual(streams.length - 1);
    expect(new Set(pathsOf(faults))).toEqual(
      new Set(['tradestation.Positions/0: tradestation.Position/Quantity: LooseDecimal']),
    );
  });

  it('is waited for where a first frame of a position leaves it out', () => {
    const { exchange, newest, pass, hear } = rig();
    const { values } = hear(exchange.positions(ACCOUNTS));
    pass(0);
    newest('positions').say(END, '{"PositionID":"1","Symbol":"MSFT","AccountID":"123456782"}');
    expect(values.map(({ status }) => status)).toEqual(['syncing', 'live', 'stale']);
  });

  it.each<[string, TradestationResource, (exchange: TradestationExchange) => Observable<unknown>, string]>([
    ['quotes, lines that are none', 'quotes', (exchange) => exchange.quotes(['MSFT', 'AAPL']), '{"Symbol'],
    [
      'quotes, whose is not known',
      'quotes',
      (exchange) => exchange.quotes(['MSFT', 'AAPL']),
      '{"Symbol":{},"Last":"1"}',
    ],
    ['quotes, failed', 'quotes', (exchange) => exchange.quotes(['MSFT']), '{"Error":"Failed","Message":"x"}'],
    [
      'bars',
      'bars',
      (exchange) => exchange.candles('MSFT'),
      JSON.stringify({ ...parsed(examples.bars[1]), Epoch: 'x' }),
    ],
    ['bars, failed', 'bars', (exchange) => exchange.candles('MSFT'), '{"Error":"Failed","Message":"x"}'],
    ['depth', 'depth', (exchange) => exchange.book('MSFT'), '{"Bids":[{"Price":"NaN","Size":"1"}],"Asks":[]}'],
    ['depth, failed', 'depth', (exchange) => exchange.book('MSFT'), '{"Error":"Failed","Message":"x"}'],
    ['orders, failed', 'orders', (exchange) => exchange.orderStates(ACCOUNTS), '{"Error":"Failed","Message":"x"}'],
    ['positions, failed', 'positions', (exchange) => exchange.positions(ACCOUNTS), '{"Error":"Failed","Message":"x"}'],
    ['chains', 'optionChains', (exchange) => exchange.optionChain('MSFT'), '{"Legs":[{}]}'],
    ['tick bars, in words', 'tickBars', (exchange) => exchange.tickBars('MSFT'), 'ERROR - no data'],
  ])('begins anew with growing pauses, and the connection tells: %s', (_, resource, open, line) => {
    const { exchange, newest, pass, hear, streams, wires } = rig();
    const { ends } = hear(open(exchange));
    pass(0);
    let seen = 0;
    for (let at = 0; at < 300; at += 1) {
      if (streams.length > seen) {
        seen = streams.length;
        newest(resource).say(line);
      }
      pass(1_000);
    }
    expect([streams.length > 5, streams.length < 30, ends]).toEqual([true, true, []]);
    const lost = wires.filter((wire) => wire.endsWith('lost')).length;
    expect(lost).toBeGreaterThanOrEqual(streams.length - 1);
  });
});

describe('an answer that says at status 200 that it failed', () => {
  it('is told in its words and asked for again with pauses, orders and balances alike', () => {
    const { exchange, pass, hear, newest, faults, requests } = rig({
      answer: () => answered({ Error: 'Failed', Message: 'not now' }),
    });
    const { ends } = hear(exchange.orderStates(ACCOUNTS));
    const { ends: others } = hear(exchange.balances(ACCOUNTS, { every: 60_000 }));
    pass(0);
    newest('orders').say('{"StreamStatus":"EndSnapshot"}');
    pass(0);
    expect(faults.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^balances 123456782: .*Failed: not now/),
      expect.stringMatching(/^orders 123456782: .*Failed: not now/),
    ]);
    for (let i = 0; i < 60; i += 1) {
      newest('orders').say('{"Heartbeat":1}');
      pass(5_000);
    }
    // A pause of 4 to 8 s between two, and the balances each minute.
    expect([requests.length < 80, ends, others]).toEqual([true, [], []]);
  });

  it('costs a row an unreadable field that may be absent, and no more', () => {
    const order = { ...parsed(examples.orders[1]), LimitPrice: 'NaN', OpenedDateTime: 'then' };
    const balance = { ...parsed(examples.balances[0]), Equity: 'NaN', AccountType: 7 };
    const { exchange, pass, hear, newest, faults } = rig({
      answer: ({ url }) => answered(url.includes('balances') ? { Balances: [balance] } : { Orders: [order] }),
    });
    const { values } = hear(exchange.orderStates(ACCOUNTS));
    pass(0);
    newest('orders').say('{"StreamStatus":"EndSnapshot"}');
    pass(0);
    const { values: balances } = hear(exchange.balances(ACCOUNTS));
    pass(0);
    expect(values.at(-1)).toMatchObject({ status: 'live' });
    expect(balances).toMatchObject([{ account: '123456782', balance: { CashBalance: '39735538.661' } }]);
    expect(balances[0]?.balance).not.toHaveProperty('Equity');
    expect(pathsOf(faults)).toEqual([
      'tradestation.Orders/Orders: Orders/0: tradestation.Order/LimitPrice: LooseDecimal',
      'tradestation.Balances/Balances: Balances/0: tradestation.Balance/AccountType: Text',
    ]);
  });
});

import { RequestFailedError } from '../../../lib/errors/requestFailedError.js';
import { WireLostError } from '../../../lib/errors/wireLostError.js';
import type { BookState } from '../../../lib/model/bookState.js';
import type { TradestationOptions } from '../../../lib/venues/tradestation/index.js';
import * as examples from './examples.js';
import { answered, rig } from './rig.js';

const at = (list: readonly string[], ...indexes: readonly number[]): readonly string[] =>
  indexes.map((index) => list[index] ?? '');
const ACCOUNTS = ['123456782'];
const refusedWith = (status: number, retryAfter?: number): WireLostError =>
  new WireLostError('failed', 'refused', status, {
    cause: new RequestFailedError('{"Error":"words"}', status, retryAfter),
  });

describe('quotes', () => {
  it('lay changes over the full quote; what is absent or null is unchanged', () => {
    const { exchange, newest, pass, hear } = rig();
    const { values } = hear(exchange.quote('msft'));
    pass(0);
    expect(newest('quotes').request.path).toBe('/v3/marketdata/stream/quotes/MSFT');
    newest('quotes').say(...at(examples.quotes, 0, 3, 4, 5, 7));
    newest('quotes').say('{"Symbol":"MSFT","Last":null}');
    expect(values.map(({ last, bid, ask, isHalted }) => [last, bid?.exact.size, ask?.exact.size, isHalted])).toEqual([
      [212.85, '200', '300', false],
      [212.86, '200', '300', false],
      [212.86, '500', '300', false],
      [212.86, '500', '100', false],
      [212.86, '500', '100', true],
      [212.86, '500', '100', true],
    ]);
    expect(values.at(-1)).toMatchObject({
      bid: { price: 212.86 },
      netChangeFraction: -0.0075,
      lastVenue: 'NSDQ',
      volume: 5852611,
    });
    expect(values.at(-1)?.exact).toMatchObject({ High52Week: '232.86', PreviousVolume: '24154112' });
  });

  it('of changing symbols come from one stream after the other, the new one open before the old one is closed', () => {
    const { exchange, streams, pass, hear } = rig();
    const msft = hear(exchange.quote('MSFT'));
    pass(0);
    streams[0]?.say('{"Symbol":"MSFT","Last":"1"}');
    const aapl = hear(exchange.quotes(['AAPL', 'msft']));
    pass(999);
    expect(streams).toHaveLength(1);
    pass(1);
    expect(streams.map(({ request }) => request.path.split('/').at(-1))).toEqual(['MSFT', 'MSFT,AAPL']);
    streams[0]?.say('{"Symbol":"MSFT","Last":"2"}');
    expect([streams[0]?.isOpen(), streams[1]?.isOpen()]).toEqual([true, true]);
    expect(exchange.openStreams()).toBe(2);
    streams[1]?.say('{"Symbol":"MSFT","Last":"3"}', '{"Symbol":"AAPL","Last":"7"}');
    expect(streams[0]?.isOpen()).toBe(false);
    expect(msft.values.map(({ last }) => last)).toEqual([1, 2, 3]);
    expect(aapl.values.map(({ instrument, last }) => `${instrument} ${last}`)).toEqual([
      'MSFT 1',
      'MSFT 2',
      'MSFT 3',
      'AAPL 7',
    ]);
    aapl.stop();
    pass(1_000);
    expect(streams.at(-1)?.request.path.split('/').at(-1)).toBe('MSFT');
    streams.at(-1)?.say('{"Symbol":"MSFT","Last":"4"}');
    msft.stop();
    pass(1_000);
    expect(exchange.openStreams()).toBe(0);
    expect(streams.filter((stream) => stream.isOpen())).toEqual([]);
  });

  it('close the old stream first where there is no room for both', () => {
    const { exchange, streams, pass, hear } = rig({ maxConcurrentStreams: 1 });
    const { values, ends } = hear(exchange.quote('MSFT'));
    pass(0);
    streams[0]?.say('{"Symbol":"MSFT","Last":"1"}');
    hear(exchange.quote('AAPL'));
    pass(1_000);
    expect([streams[0]?.isOpen(), streams[1]?.isOpen()]).toEqual([false, true]);
    streams[1]?.say('{"Symbol":"MSFT","Last":"2"}');
    expect(values.map(({ last }) => last)).toEqual([1, 2]);
    expect(ends).toEqual([]);
  });

  it('of more than 100 symbols share as few streams as there must be', () => {
    const { exchange, streams, pass, hear } = rig();
    hear(exchange.quotes(Array.from({ length: 250 }, (_, i) => `S${i}`)));
    pass(10);
    expect(streams.map(({ request }) => request.path.split(',').length)).toEqual([100, 100, 50]);
  });

  it('end only for the symbol that the venue refuses, and not at all for a passing failure', () => {
    const { exchange, newest, pass, hear, streams, faults } = rig();
    const good = hear(exchange.quote('MSFT'));
    const bad = hear(exchange.quote('ZZZZX'));
    const unentitled = hear(exchange.quote('VXMQ26'));
    pass(0);
    newest('quotes').say(
      ...at(examples.controls, 6, 7),
      '{"Symbol":"MSFT","Error":"FAILED"}',
      '{"Symbol":"MSFT","Last":"1"}',
    );
    pass(5_000);
    expect(bad.ends).toEqual(['SubscriptionRefusedError: tradestation refused quotes ZZZZX: FAILED, INVALID SYMBOL']);
    expect(unentitled.ends[0]).toContain('FAILED, NOT ENTITLED');
    expect([good.values.length, good.ends]).toEqual([1, []]);
    expect(streams).toHaveLength(1);
    expect(faults.map(({ type }) => type)).toEqual(['refused', 'refused', 'venue']);
  });

  it('keep those before where the venue takes a new stream for no good', () => {
    const { exchange, pass, hear, newest } = rig({
      refuse: ({ path }) => (path.includes('BAD') ? refusedWith(404) : undefined),
    });
    const good = hear(exchange.quote('MSFT'));
    pass(0);
    newest('quotes').say('{"Symbol":"MSFT","Last":"1"}');
    const bad = hear(exchange.quote('BAD'));
    pass(1_000);
    newest('quotes').say('{"Symbol":"MSFT","Last":"2"}');
    expect(bad.ends).toEqual([
      'SubscriptionRefusedError: tradestation refused quotes BAD: status 404: {"Error":"words"}',
    ]);
    expect([good.values.map(({ last }) => last), good.ends]).toEqual([[1, 2], []]);
  });

  it('forget what they know with the session, and ask anew for what could not be read', () => {
    const { exchange, newest, pass, hear, streams, faults } = rig();
    const { values } = hear(exchange.quote('MSFT'));
    pass(0);
    newest('quotes').say(
      '{"Symbol":"MSFT","Last":"1","Bid":"1","BidSize":"1"}',
      '{"Symbol":["MSFT"],"Last":"8"}',
      '{"Symbol":"MSFT","Last":"9"}',
    );
    expect(faults.map((fault) => ('path' in fault ? fault.path : fault.type))).toEqual([
      'TypeError: a quote without a symbol',
    ]);
    pass(1_000);
    newest('quotes').say('{"Symbol":"MSFT","Last":"2"}');
    newest('quotes').end();
    pass(2_000);
    newest('quotes').say('{"Symbol":"MSFT","Ask":"3","AskSize":"1"}');
    expect(streams).toHaveLength(3);
    expect(values.map(({ last, bid, ask }) => [last, bid?.price, ask?.price])).toEqual([
      [1, 1, undefined],
      [2, undefined, undefined],
      [undefined, undefined, 3],
    ]);
  });
});

describe('a first quote that could not be read', () => {
  it('has no change behind it taken for the whole', () => {
    const { exchange, newest, pass, hear, streams } = rig();
    const { values } = hear(exchange.quotes(['MSFT', 'AAPL']));
    pass(0);
    newest('quotes').say(
      '{"Symbol":"AAPL","Last":"7","Bid":"6","BidSize":"1"}',
      '{"Symbol":"MSFT","Last":"1","Bid":"1","Bi',
      '{"Symbol":"MSFT","Last":"2"}',
    );
    pass(1_000);
    pass(1_000);
    newest('quotes').say('{"Symbol":"MSFT","Last":"3","Bid":"1","BidSize":"1"}');
    expect(streams).toHaveLength(2);
    expect(values.map(({ instrument, last, bid }) => [instrument, last, bid?.price])).toEqual([
      ['AAPL', 7, 6],
      ['MSFT', 3, 1],
    ]);
  });
});

describe('trades', () => {
  it('are told by changes of the quote, with what they can not show', () => {
    const { exchange, newest, pass, hear } = rig();
    const { values } = hear(exchange.trades('MSFT'));
    pass(0);
    newest('quotes').say(
      ...at(examples.quotes, 0, 3, 4, 5),
      '{"Symbol":"MSFT","Last":"212.9","LastSize":"50","Volume":"5852911"}',
    );
    newest('quotes').say('{"Symbol":"MSFT","Volume":"5852900"}');
    expect(values.map(({ source, price, size, unseen, exchange: on }) => [source, price, size, unseen, on])).toEqual([
      ['quote', 212.86, 100, 0, 'NSDQ'],
      ['quote', 212.9, 50, 250, 'NSDQ'],
    ]);
  });

  it.each([
    ['by its time', '"Last":"215","LastSize":"100","Volume":"300","TradeTime":"2020-11-19T14:30:00Z"', [215, 100, 200]],
    [
      'by its time, whatever its size',
      '"Last":"215","Volume":"300","TradeTime":"2020-11-19T14:30:00Z"',
      [215, 100, 200],
    ],
    ['without one', '"Last":"215","LastSize":"70","Volume":"70"', [215, 70, 0]],
    ['on the same day of UTC', '"Last":"215","Volume":"900","TradeTime":"2020-11-18T23:00:00Z"', [215, 100, undefined]],
  ] as const)('the first of another day is told, since the volume begins anew: %s', (_, fields, expected) => {
    const { exchange, newest, pass, hear } = rig();
    const { values } = hear(exchange.trades('MSFT'));
    pass(0);
    newest('quotes').say(...at(examples.quotes, 0, 3), `{"Symbol":"MSFT",${fields}}`);
    newest('quotes').say(
      '{"Symbol":"MSFT","Last":"215.5","LastSize":"10","Volume":"2000","TradeTime":"2020-11-19T15:00:00Z"}',
    );
    expect(values.map(({ price, size, unseen }) => [price, size, unseen])).toMatchObject([
      [212.86, 100, 0],
      expected,
      [215.5, 10, expect.any(Number)],
    ]);
  });

  it.each([
    '"Volume":"5852000"',
    '"Volume":"0"',
    '"Last":"212.8","Volume":"5852511","TradeTime":"2020-11-18T15:19:14Z"',
    '"Volume":"5852500","TradeTime":"2020-11-18T15:19:15Z"',
  ])('a correction is none: %s', (fields) => {
    const { exchange, newest, pass, hear } = rig();
    const { values } = hear(exchange.trades('MSFT'));
    pass(0);
    newest('quotes').say(...at(examples.quotes, 0, 3), `{"Symbol":"MSFT",${fields}}`);
    expect(values).toHaveLength(1);
  });

  it('are told once, though a new stream of the wire begins with a quote that is older than what the one before told', () => {
    const { exchange, newest, pass, hear } = rig();
    const { values } = hear(exchange.trades('MSFT'));
    pass(0);
    const quote = (last: string, volume: number, more = ''): string =>
      `{"Symbol":"MSFT","Last":"${last}","LastSize":"10","Volume":"${volume}","TradeTime":"2020-11-18T15:19:14Z"${more}}`;
    newest('quotes').say(quote('1', 1_000), quote('2', 1_010), quote('3', 1_020));
    hear(exchange.quote('AAPL'));
    pass(1_000);
    newest('quotes').say(quote('2', 1_010, ',"Bid":"1"'), '{"Symbol":"MSFT","Bid":"2"}', quote('3', 1_020));
    newest('quotes').say(quote('4', 1_030), '{"Symbol":"MSFT","Volume":"1000"}', quote('5', 1_010));
    expect(values.map(({ price, unseen }) => [price, unseen])).toEqual([
      [2, 0],
      [3, 0],
      [4, 0],
      [5, 0],
    ]);
  });

  it('are told by bars of one tick, but for those of the past', () => {
    const { exchange, newest, pass, hear } = rig();
    const { values } = hear(exchange.trades('MSFT', 'tickBar'));
    pass(0);
    newest('tickBars').say(...examples.tickBars);
    expect(newest('tickBars').request).toMatchObject({ path: '/v2/stream/tickbars/MSFT/1/1' });
    expect(values.map(({ price, size, venueTime }) => [price, size, venueTime])).toEqual([
      [683.2, 100, 1347566401000],
      [683.2, 300, 1347566401000],
      [683.15, 50, 1347566402000],
    ]);
    newest('tickBars').say('END');
    pass(1_000);
    newest('tickBars').say('ERROR - reason');
    pass(5_000);
    expect(newest('tickBars').isOpen()).toBe(true);
  });
});

it('candles begin with the past as one, then replace by their time; late observers begin with all', () => {
  const { exchange, newest, pass, hear } = rig();
  const bars = { barsBack: 2, session: 'Default' } as const;
  const { values } = hear(exchange.candleEvents('MSFT', bars));
  pass(0);
  expect(newest('bars').request.query).toEqual({
    interval: '1',
    unit: 'Minute',
    barsback: '2',
    sessiontemplate: 'Default',
  });
  newest('bars').say(...at(examples.bars, 1, 0, 3, 4, 5, 6).slice(1, 2), ...at(examples.bars, 1, 3, 4, 5, 6));
  expect(
    values.map((event) =>
      event.type === 'snapshot' ? event.candles.map(({ close }) => close) : [event.candle.close, event.candle.closed],
    ),
  ).toEqual([
    [233.75, 233.88],
    [233.9, false],
    [233.8, false],
    [233.8, true],
    [233.82, false],
  ]);
  const [first] = values;
  expect(first?.type === 'snapshot' && first.candles[0]).toMatchObject({
    openTime: 1614723120000,
    closeTime: 1614723179999,
    interval: '1m',
    closed: true,
  });
  const late = hear(exchange.candles('MSFT', bars));
  expect(late.values.map(({ close }) => close)).toEqual([233.75, 233.88, 233.8, 233.82]);
});

describe('books', () => {
  const sides = (state: BookState | undefined): unknown =>
    state?.status === 'live'
      ? [state.book.bids, state.book.asks].map((side) =>
          side.slice().map(({ exact }) => `${exact.price}x${exact.size}`),
        )
      : state?.status;

  it.each([
    ['participants', examples.participants.slice(1)],
    ['aggregates', examples.aggregates.slice(1)],
  ] as const)('by %s are replaced as a whole', (by, frames) => {
    const { exchange, newest, pass, hear } = rig();
    const { values } = hear(exchange.book('AAPL', { by, levels: 3 }));
    pass(0);
    expect(newest('depth').request).toMatchObject({ query: { maxlevels: '3' } });
    newest('depth').say(...frames);
    expect(values.slice(1).map(sides)).toEqual([
      [['227.4x500', '227.39x900'], ['227.42x100']],
      [['227.39x900'], by === 'participants' ? ['227.41x400', '227.42x100'] : ['227.41x400']],
      [[], ['227.41x400']],
      by === 'participants' ? [['227.4x100'], ['227.41x400']] : [[], []],
    ]);
    expect(values.at(1)).toMatchObject({
      book: { venueTime: Date.parse('2026-05-04T14:30:01Z'), sequence: undefined },
    });
  });

  it('are not live where the best prices meet, and right again with the next message', () => {
    const { exchange, newest, pass, hear } = rig();
    const { values } = hear(exchange.book('AAPL'));
    pass(0);
    newest('depth').say(...at(examples.participants, 1, 0, 2));
    expect(values.map(({ status }) => status)).toEqual(['syncing', 'live', 'stale', 'live']);
    expect(exchange.tally('AAPL')).toMatchObject({ snapshots: 2 });
  });

  it.each(['{"error":null}', '{"a":{}}'])('begin with no message that tells of no side: %s', (text) => {
    const { exchange, newest, pass, hear } = rig();
    const { values: faults } = hear(exchange.faults$);
    const { values } = hear(exchange.book('AAPL'));
    pass(0);
    newest('depth').say(text);
    expect(values.map(({ status }) => status)).not.toContain('live');
    expect(faults).toMatchObject([{ type: 'decode' }]);
    newest('depth').say(...at(examples.participants, 1));
    pass(2_000);
    expect(values.some(({ status }) => status === 'live')).toBe(true);
  });

  it('do not fill a side in from what could not be read', () => {
    const { exchange, newest, pass, hear, streams } = rig();
    const { values } = hear(exchange.book('AAPL'));
    pass(0);
    newest('depth').say(...at(examples.participants, 1), '{"Bids":[', ...at(examples.participants, 4));
    // Broken at once, and lost when the half that is known shows that the other is not.
    expect(values.map(({ status }) => status)).toEqual(['syncing', 'live', 'stale', 'stale']);
    pass(2_000);
    expect(streams).toHaveLength(2);
  });
});

it('option chains hold what was told of each spread', () => {
  const { exchange, newest, pass, hear } = rig();
  const { values } = hear(exchange.optionChain('MSFT', { expiration: '09-16-2022', enableGreeks: true }));
  const quoted = hear(exchange.optionQuotes([{ symbol: 'MSFT 220916C305' }, { symbol: 'MSFT 220916C310', ratio: -1 }]));
  pass(0);
  expect(newest('optionChains').request).toMatchObject({
    path: '/v3/marketdata/stream/options/chains/MSFT',
    query: { expiration: '09-16-2022', enableGreeks: 'true' },
  });
  expect(newest('optionQuotes').request.query).toEqual({
    'legs[0].Symbol': 'MSFT 220916C305',
    'legs[0].Ratio': '1',
    'legs[1].Symbol': 'MSFT 220916C310',
    'legs[1].Ratio': '-1',
  });
  newest('optionChains').say(...examples.spreads);
  newest('optionQuotes').say(...at(examples.spreads, 3));
  expect(values.map(({ latest, spreads }) => [latest.key, latest.bid, latest.delta, spreads.size])).toEqual([
    ['1 MSFT 211217P332.5', -0.1, 0.0497, 1],
    ['1 MSFT 220916C305', 3.15, 0.52, 2],
    ['1 MSFT 220916C305', 3.2, 0.53, 2],
    ['1 MSFT 220916C305, -1 MSFT 220916C310', 1.5, 0.21, 3],
    ['1 MSFT 220916P300', 1.95, undefined, 4],
  ]);
  expect(values[2]?.spreads.get('1 MSFT 220916C305')).toMatchObject({ bidSize: 10, volume: 812, openInterest: 5410 });
  expect(quoted.values).toMatchObject([{ key: '1 MSFT 220916C305, -1 MSFT 220916C310', strikes: ['305', '310'] }]);
});

describe('orders', () => {
  const FILL =
    '{"AccountID":"A","OrderID":"1","Status":"FPR","Legs":[{"Symbol":"AAPL","BuyOrSell":"Buy","QuantityOrdered":"5","ExecQuantity":"2"}]}';
  const order = (Status: string, filled: number): unknown => ({
    AccountID: 'A',
    OrderID: '1',
    Status,
    Legs: [
      { Symbol: 'AAPL', BuyOrSell: 'Buy', QuantityOrdered: '5', ExecQuantity: String(filled), ExecutionPrice: '9' },
    ],
  });

  it('are replaced by id, and fills are what has grown, each once', () => {
    const { exchange, newest, pass, hear } = rig();
    const { values: events } = hear(exchange.orders(ACCOUNTS));
    const { values: states } = hear(exchange.orderStates(ACCOUNTS));
    const { values: fills } = hear(exchange.fills(ACCOUNTS));
    pass(0);
    newest('orders').say('{"StreamStatus":"EndSnapshot"}');
    pass(0);
    newest('orders').say(...examples.orders);
    expect(
      events.map((event) =>
        event.type === 'event' ? `${event.value.order.status} ${event.value.initial}` : event.type,
      ),
    ).toEqual([
      ...['reset', 'snapshot', 'STP false', 'ACK false', 'FLL false', 'ACK false', 'ACK false', 'FLL false'],
      ...['FPR false', 'ACK false', 'REJ false', 'OUT false'],
    ]);
    const last = states.at(-1);
    expect(
      last?.status === 'live' &&
        [...last.value.values()].map(({ orderId, state, limitPrice }) => [orderId, state, limitPrice]),
    ).toEqual([
      ['948679459', 'filled', undefined],
      ['948851974', 'open', 19.7],
      ['958726647', 'filled', undefined],
      ['958800001', 'open', undefined],
      ['286179864', 'open', undefined],
      ['958800010', 'rejected', undefined],
      ['958800011', 'canceled', 1],
    ]);
    // The one of the stop order was carried by an ACK.
    expect(fills.map(({ symbol, size, averagePrice, filled }) => [symbol, size, averagePrice, filled])).toEqual([
      ['IONQ', 1, 43.03, 1],
      ['AAPL', 1, 298.38, 1],
      ['AAPL', 1, 298, 1],
    ]);
  });

  it('are not known before their stream has spoken, and is known to flow', () => {
    const { exchange, newest, pass, hear, requests } = rig({ answer: () => answered({ Orders: [order('ACK', 0)] }) });
    const { values } = hear(exchange.orderStates(['A']));
    pass(9_000);
    expect([values.map(({ status }) => status), requests]).toEqual([['syncing'], []]);
    // Lost as one that never says a word, and opened anew.
    const mute = newest('orders');
    pass(3_000);
    expect([mute.isOpen(), newest('orders').isOpen()]).toEqual([false, true]);
    newest('orders').say('{"Heartbeat":1}');
    pass(0);
    expect(values.map(({ status }) => status)).toEqual(['syncing', 'live']);
  });

  it('are loaded on a schedule while some are open, which shows what the stream left out', () => {
    let filled = 2;
    const { exchange, newest, pass, hear, requests } = rig({
      answer: () => answered({ Orders: [order(filled === 5 ? 'FLL' : 'FPR', filled)] }),
      reloadEvery: 10_000,
    });
    const { values: fills } = hear(exchange.fills(['A']));
    const { values: states } = hear(exchange.orderStates(['A']));
    pass(0);
    expect(newest('orders').request.accept).toContain('v3');
    newest('orders').say('{"StreamStatus":"EndSnapshot"}');
    pass(0);
    filled = 5;
    pass(10_000);
    expect(fills.map(({ size }) => size)).toEqual([3]);
    // An older frame behind it fills nothing back.
    newest('orders').say(FILL);
    pass(0);
    const last = states.at(-1);
    expect(last?.status === 'live' && last.value.get('1')?.state).toBe('filled');
    newest('orders').say('{"Heartbeat":1,"Timestamp":"2026-05-04T14:30:12Z"}');
    const asked = requests.length;
    for (let i = 0; i < 4; i += 1) {
      pass(10_000);
      newest('orders').say('{"Heartbeat":1,"Timestamp":"2026-05-04T14:30:12Z"}');
    }
    expect(requests.length).toBe(asked);
  });

  it('are not taken back by a load that is behind the stream', () => {
    const { exchange, newest, pass, hear, requests } = rig({
      answer: () => answered({ Orders: [order('ACK', 0)] }),
      reloadEvery: 10_000,
    });
    const { values } = hear(exchange.orderStates(['A']));
    pass(0);
    newest('orders').say('{"StreamStatus":"EndSnapshot"}');
    pass(0);
    newest('orders').say(FILL);
    pass(10_000);
    newest('orders').say('{"StreamStatus":"GoAway"}');
    pass(2_000);
    newest('orders').say('{"StreamStatus":"EndSnapshot"}');
    pass(0);
    const last = values.at(-1);
    expect([requests.length, last?.status]).toEqual([3, 'live']);
    expect(last?.status === 'live' && last.value.get('1')).toMatchObject({ status: 'FPR', legs: [{ filled: 2 }] });
  });

  it('are told what was filled while the connection was lost', () => {
    let filled = 0;
    const { exchange, newest, pass, hear } = rig({ answer: () => answered({ Orders: [order('ACK', filled)] }) });
    const { values } = hear(exchange.fills(['A']));
    pass(0);
    newest('orders').say('{"StreamStatus":"EndSnapshot"}');
    pass(0);
    filled = 4;
    newest('orders').say('{"StreamStatus":"GoAway"}');
    pass(2_000);
    newest('orders').say('{"StreamStatus":"EndSnapshot"}');
    pass(0);
    expect(values.map(({ size }) => size)).toEqual([4]);
  });

  it('come page by page, and end for an account that is not ours', () => {
    const pages = [answered({ Orders: [order('ACK', 0)], NextToken: 'x y' }), answered({ Orders: [] })];
    const paged = rig({ answer: () => pages.shift() ?? answered({ Orders: [] }) });
    const { values } = paged.hear(paged.exchange.orderStates(['A']));
    paged.pass(0);
    paged.newest('orders').say('{"StreamStatus":"EndSnapshot"}');
    paged.pass(0);
    expect(values.at(-1)).toMatchObject({ status: 'live' });
    expect(paged.requests.map(({ url }) => url.split('?')[1])).toEqual([
      'pageSize=600',
      'pageSize=600&nextToken=x%20y',
    ]);

    const foreign = rig({ answer: () => answered(JSON.parse(examples.balances[4] ?? '')) });
    const told = foreign.hear(foreign.exchange.balances(['999999999', '123456783']));
    foreign.pass(0);
    expect(told.values).toMatchObject([{ account: '123456783', changed: { CashBalance: '5000' } }]);
    expect(told.ends).toEqual([
      'SubscriptionRefusedError: tradestation refused balances 123456783,999999999: 999999999 Forbidden: Invalid Account ID.',
    ]);
  });
});

describe('positions', () => {
  it('are begun anew, and it is told, where the end of their first snapshot does not come', () => {
    const { exchange, pass, hear, newest, streams, faults } = rig();
    const { values } = hear(exchange.positions(ACCOUNTS));
    pass(0);
    const [first] = streams;
    for (let second = 0; second < 24; second += 4) {
      first?.say(...at(examples.positions, 0));
      pass(4_000);
    }
    expect(faults).toEqual([]);
    first?.say(...at(examples.positions, 0));
    pass(4_000);
    expect(faults).toMatchObject([{ type: 'gap', message: expect.stringContaining('has not ended within 25000 ms') }]);
    expect(first?.isOpen()).toBe(false);
    newest('positions').say(...at(examples.positions, 0), '{"StreamStatus":"EndSnapshot"}');

    expect(values.at(-1)).toMatchObject({ status: 'live' });
  });

  it('begin with all of them, then change by what is told, and are gone when they are', () => {
    const { exchange, newest, pass, hear } = rig();
    const { values: states } = hear(exchange.positions(ACCOUNTS));
    const { values: events } = hear(exchange.positionEvents(ACCOUNTS));
    pass(0);
    expect(newest('positions').request.query).toEqual({ changes: 'true' });
    const stream = newest('positions');
    stream.say(
      ...at(examples.positions, 0),
      '{"StreamStatus":"EndSnapshot"}',
      ...at(examples.positions, 2, 3, 4, 5, 1),
    );
    const sizes = states.map((state) =>
      state.status === 'live' ? [...state.value.values()].map(({ size }) => size) : state.status,
    );
    expect(sizes).toEqual(['syncing', [10], [10], [15], [15, -2], [15], []]);
    expect(events.map((event) => (event.type === 'event' ? event.value.type : event.type))).toEqual([
      ...['changed', 'snapshot', 'changed', 'changed', 'changed', 'deleted', 'deleted'],
    ]);
    expect(states[3]).toMatchObject({
      value: new Map([['64630792', { instrument: 'MSFT', averagePrice: 216.69, last: 216.7 }]]),
    });
  });

  it('begin anew where a change is of something that is not known', () => {
    const { exchange, newest, pass, hear, streams } = rig();
    const { values } = hear(exchange.positions(ACCOUNTS));
    pass(0);
    newest('positions').say('{"StreamStatus":"EndSnapshot"}', ...at(examples.positions, 2));
    expect(values.map(({ status }) => status)).toEqual(['syncing', 'live', 'stale']);
    pass(2_000);
    newest('positions').say(...at(examples.positions, 0), '{"StreamStatus":"EndSnapshot"}');
    expect(streams).toHaveLength(2);
    expect(values.at(-1)).toMatchObject({ status: 'live' });
  });
});

it('balances are told by what has changed from one asking to the next', () => {
  const answers = [0, 1].map((index) => answered({ Balances: [JSON.parse(examples.balances[index] ?? '')] }));
  const { exchange, pass, hear, faults } = rig({ answer: () => answers.shift() ?? answered({}, 500) });
  const { values } = hear(exchange.balances(ACCOUNTS, { every: 1_000 }));
  pass(2_000);
  expect(values.map(({ changed }) => changed)).toEqual([
    expect.objectContaining({ CashBalance: '39735538.661' }),
    ...[
      {
        CashBalance: '39735240.281',
        BuyingPower: '39735200.281',
        Equity: '39893233.5211',
        MarketValue: '158025.8892',
        TodaysProfitLoss: '982.7001',
        Commission: '1',
      },
    ],
  ]);
  expect(faults).toMatchObject([{ type: 'snapshot', attempt: 1 }]);
});

describe('what ends a stream', () => {
  const reopened = (line: string): number => {
    const { exchange, newest, pass, hear, streams } = rig();
    const { ends } = hear(exchange.book('AAPL'));
    pass(0);
    newest('depth').say(line);
    const begun = 100;
    for (let passed = 0; passed < 200_000; passed += begun) {
      if (streams.length > 1) return passed;
      if (ends.length > 0) return -1;
      pass(begun);
    }
    return Infinity;
  };

  it.each([
    [at(examples.controls, 2)[0], 500],
    [at(examples.controls, 3)[0], 500],
    ['{"Error":"InternalServerError"}', 0],
    [at(examples.controls, 4)[0], 60_000],
    [at(examples.controls, 9)[0], 60_000],
    [at(examples.controls, 5)[0], -1],
    [at(examples.controls, 10)[0], -1],
    ['{"Error":"BadRequest","Message":"no"}', -1],
    [at(examples.controls, 12)[0], 0],
    [at(examples.controls, 8)[0], 0],
  ])('%s: opened again after %d ms (-1: never)', (line = '', wait) => {
    expect(reopened(line)).toBeGreaterThanOrEqual(wait);
    expect(reopened(line)).toBeLessThanOrEqual(wait < 0 ? -1 : wait + 100);
  });

  it('three lines in a row that can not be read; fewer are reported only', () => {
    const { exchange, newest, pass, hear, streams, faults } = rig();
    hear(exchange.quote('MSFT'));
    pass(0);
    newest('quotes').say('{"a', '{"Symbol":"MSFT"}', '{"b', '{"c');
    expect([streams.length, faults.length]).toEqual([1, 3]);
    newest('quotes').say('{"d');
    pass(2_000);
    expect(streams).toHaveLength(2);
  });

  it('silence: ten seconds for a first word, fifteen after it, heartbeats counted', () => {
    const { exchange, newest, pass, hear, streams } = rig();
    hear(exchange.book('AAPL'));
    pass(9_999);
    expect(newest('depth').isOpen()).toBe(true);
    pass(1);
    pass(1);
    expect(streams).toHaveLength(2);
    newest('depth').say(...at(examples.controls, 0));
    pass(14_000);
    newest('depth').say(...at(examples.controls, 11));
    pass(14_999);
    expect(streams).toHaveLength(2);
    pass(5_000);
    expect(streams).toHaveLength(3);
  });
});

describe('what refuses an opening', () => {
  it('401: a new token at once, then with growing pauses for as long as only the venue refuses it', () => {
    let given = 0;
    const tokens: string[] = [];
    const { exchange, pass, hear } = rig({
      login: () => [{ value: `AT${(given += 1)}`, expiresAt: Infinity }],
      refuse: (_, token) => {
        tokens.push(token);
        return refusedWith(401);
      },
    });
    const { ends } = hear(exchange.book('AAPL'));
    pass(50_000);
    expect(new Set(tokens)).toEqual(new Set(['AT1', 'AT2']));
    expect(tokens.length).toBeLessThan(9);
    pass(550_000);
    // At most one new one a minute: others use the same.
    expect([given > 3, given <= 11, ends]).toEqual([true, true, []]);
    expect(tokens.length).toBeLessThan(50);
  });

  it('401 because the venue does not know a new token yet: the stream comes when it does', () => {
    let asked = 0;
    const { exchange, pass, hear, newest, streams } = rig({
      refuse: () => ((asked += 1) <= 4 ? refusedWith(401) : undefined),
    });
    const { values, ends } = hear(exchange.positions(ACCOUNTS));
    while (streams.length === 0) pass(1_000);
    newest('positions').say('{"StreamStatus":"EndSnapshot"}');
    expect([ends, values.at(-1)]).toEqual([[], { status: 'live', value: new Map() }]);
  });

  it('a token that the venue refuses within a stream is asked for anew', () => {
    let given = 0;
    const { exchange, pass, hear, newest, streams } = rig({
      login: () => [{ value: `AT${(given += 1)}`, expiresAt: Infinity }],
    });
    const { ends } = hear(exchange.book('AAPL'));
    pass(0);
    newest('depth').say('{"Error":"Unauthorized","Message":"token expired"}');
    pass(15_000);
    expect([streams.map(({ token }) => token), ends]).toEqual([['AT1', 'AT2'], []]);
  });

  it('a refresh token that its own service refuses is final', () => {
    const { exchange, pass, hear } = rig({
      login: { clientId: 'me', refreshToken: 'gone' },
      answer: () => answered({ error: 'invalid_grant' }, 403),
    });
    const { ends } = hear(exchange.positions(ACCOUNTS));
    pass(0);
    expect(ends).toEqual([expect.stringContaining('AuthenticationRefusedError')]);
  });

  it.each([400, 403, 404])('%d: it is over at once', (status) => {
    let asked = 0;
    const { exchange, pass, hear } = rig({
      refuse: () => {
        asked += 1;
        return refusedWith(status);
      },
    });
    const { ends } = hear(exchange.book('AAPL'));
    pass(60_000);
    expect([asked, ends]).toEqual([1, [expect.stringContaining(`status ${status}: {"Error":"words"}`)]]);
  });

  it.each([
    [400, '<html>Request blocked</html>', 0],
    [403, '<html>Request blocked</html>', 0],
    [403, '', 0],
    [404, 'Not Found', 0],
    [403, '{}', 0],
    [403, '{"Error":"words"}', 2_000],
  ])(
    '%d %j (after %s ms), which is no word of the venue’s or not for good: it is tried again',
    (status, words, after) => {
      let asked = 0;
      const { exchange, pass, hear } = rig({
        refuse: () => {
          asked += 1;
          const cause = new RequestFailedError(words, status, after);
          return new WireLostError('failed', 'refused', status, { cause });
        },
      });
      const { ends } = hear(exchange.book('AAPL'));
      pass(60_000);
      expect([asked > 3, asked < 20, ends]).toEqual([true, true, []]);
    },
  );

  it.each([
    [401, '<!DOCTYPE html><html>Request blocked</html>'],
    [403, '<!DOCTYPE html><html>Request blocked</html>'],
    [403, ''],
    [400, 'Bad Request'],
  ])('%d of the token service is not final where it is none of its words: %j', (status, body) => {
    const { exchange, pass, hear, requests } = rig({
      login: { clientId: 'me', refreshToken: 'good' },
      answer: () => ({ status, headers: {}, body }),
    });
    const { ends } = hear(exchange.positions(ACCOUNTS));
    pass(120_000);
    expect([requests.length > 2, requests.length < 20, ends]).toEqual([true, true, []]);
  });

  it('429: the whole resource waits as long as the venue says, a minute where it says nothing', () => {
    let refusals: (number | undefined)[] = [7_000, undefined];
    const { exchange, pass, hear, streams } = rig({
      refuse: () => {
        if (refusals.length === 0) return undefined;
        const [wait] = refusals;
        refusals = refusals.slice(1);
        return refusedWith(429, wait);
      },
    });
    hear(exchange.book('AAPL'));
    pass(7_400);
    hear(exchange.book('MSFT'));
    expect(refusals).toHaveLength(1);
    pass(200);
    expect(refusals).toHaveLength(0);
    const before = streams.length;
    pass(59_000);
    expect(streams.length).toBeLessThanOrEqual(before + 1);
    pass(4_000);
    expect(streams).toHaveLength(2);
  });
});

describe('streams at once', () => {
  it('are refused beyond the limit in the words of the guide, and free again in every way a stream can end', () => {
    const { exchange, pass, hear, newest } = rig({ maxConcurrentStreams: 1 });
    const first = hear(exchange.book('AAPL'));
    pass(0);
    expect(hear(exchange.book('MSFT')).ends).toEqual([
      expect.stringContaining('Maximum number of concurrent streams (1) reached'),
    ]);
    first.stop();
    expect(exchange.openStreams()).toBe(0);
    const second = hear(exchange.book('MSFT'));
    pass(0);
    newest('depth').end();
    expect(exchange.openStreams()).toBe(0);
    pass(600);
    expect(exchange.openStreams()).toBe(1);
    newest('depth').say('{"Error":"Forbidden"}');
    expect(second.ends).toHaveLength(1);
    expect(exchange.openStreams()).toBe(0);
    hear(exchange.book('SPY'));
    pass(0);
    exchange.close();
    expect(exchange.openStreams()).toBe(0);
  });

  it('are waited for where that is wanted, however long', () => {
    const { exchange, pass, hear, streams } = rig({ maxConcurrentStreams: 1, whenFull: 'queue' });
    const first = hear(exchange.book('AAPL'));
    pass(0);
    const second = hear(exchange.candles('MSFT'));
    for (let i = 0; i < 20; i += 1) {
      streams[0]?.say('{"Heartbeat":1}');
      pass(5_000);
    }
    expect([streams.length, second.ends]).toEqual([1, []]);
    first.stop();
    pass(0);
    expect(streams.map(({ request }) => request.resource)).toEqual(['depth', 'bars']);
  });

  it('of depth are ten, whatever the whole may be', () => {
    const { exchange, pass, hear, streams } = rig({ maxConcurrentStreams: 100 });
    const books = Array.from({ length: 11 }, (_, i) => hear(exchange.book(`S${i}`)));
    pass(0);
    expect(streams).toHaveLength(10);
    expect(books[10]?.ends).toEqual([expect.stringContaining('the venue serves 10 streams of depth at once')]);
  });
});

it('one stream serves all who hear it, ends once after the linger, and begins again', () => {
  const { exchange, pass, hear, streams } = rig({ linger: 1_000 });
  const first = hear(exchange.candles('SPY'));
  const second = hear(exchange.candles('SPY'));
  pass(0);
  first.stop();
  second.stop();
  pass(999);
  expect([streams.length, streams[0]?.isOpen()]).toEqual([1, true]);
  pass(1);
  expect(streams[0]?.isOpen()).toBe(false);
  hear(exchange.candles('SPY'));
  pass(0);
  expect(streams).toHaveLength(2);
});

it('who comes back at once is told from the beginning', () => {
  const { exchange, pass, hear, newest, streams } = rig();
  const whole = hear(exchange.candleEvents('SPY'));
  const quote = hear(exchange.quote('MSFT'));
  hear(exchange.quote('AAPL'));
  pass(0);
  newest('bars').say(...at(examples.bars, 1));
  newest('quotes').say('{"Symbol":"MSFT","Last":"1","Bid":"1","BidSize":"1"}');
  whole.stop();
  quote.stop();
  const again = hear(exchange.candleEvents('SPY'));
  const quoted = hear(exchange.quote('MSFT'));
  newest('quotes').say('{"Symbol":"MSFT","Last":"2"}');
  pass(1_000);
  newest('bars').say(...at(examples.bars, 1));
  newest('quotes').say('{"Symbol":"MSFT","Last":"3","Bid":"3","BidSize":"3"}');
  expect(again.values.map(({ type }) => type)).toEqual(['snapshot']);
  expect(quoted.values.map(({ last, bid }) => [last, bid?.price])).toEqual([[3, 3]]);
  expect(streams).toHaveLength(4);
});

it.each<[Partial<TradestationOptions>, string]>([
  [{ maxConcurrentStreams: 0 }, 'maxConcurrentStreams: expected a whole number of at least 1, got 0'],
  [{ reloadEvery: 0 }, 'reloadEvery: expected a number of ms above 0, got 0'],
  [{ baseUrl: 'x' }, 'baseUrl: expected an https:// or http:// address, got "x"'],
  [
    { login: { clientId: '', refreshToken: 'x' } },
    'login: expected a client id and a refresh token, got "an empty one"',
  ],
])('refuses %j at the call', (options, message) => {
  expect(() => rig(options)).toThrow(message);
});

it('refuses arguments that can not be meant at the call', () => {
  const { exchange } = rig();
  expect(() => exchange.quote('a,b')).toThrow('symbol: expected');
  expect(() => exchange.candles('A', { interval: 1_441 })).toThrow('interval: expected');
  expect(() => exchange.candles('A', { interval: 60, barsBack: 8_334 })).toThrow(
    'barsBack: expected a whole number from 1 to 8333',
  );
  expect(() => exchange.book('A', { levels: 0 })).toThrow('levels: expected');
  expect(() => exchange.orders([])).toThrow('accounts: expected 1 to 25 account ids');
  expect(() => exchange.optionQuotes([])).toThrow('legs: expected');
  expect(() => exchange.tickBars('A', { barsBack: 11 })).toThrow('barsBack: expected a whole number from 1 to 10');
});

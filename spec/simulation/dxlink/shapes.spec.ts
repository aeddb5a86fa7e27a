import { VirtualTimeScheduler } from 'rxjs';
import type { Wire } from '../../../lib/network/network.js';
import { simulatedDxLink } from '../../../lib/simulation/index.js';
import { captured, strangeIn } from '../shapes.js';

// Frames as the venue, or the documents of its protocol, show them; events by the lists of their fields there.

type Json = Readonly<Record<string, unknown>>;
const START = Date.UTC(2026, 7, 12);
const OPTION = '.AAPL250117C195';

/** What a client hears in half a minute that asks for everything, first on one channel, and does what it may not. */
function heard(format: 'FULL' | 'COMPACT'): readonly Json[] {
  const scheduler = new VirtualTimeScheduler(undefined, START + 35_000);
  scheduler.frame = START;
  const venue = simulatedDxLink({
    scheduler,
    seed: 1,
    activity: 5,
    tokens: (token) => (token === 'good' ? Infinity : undefined),
  });
  const frames: Json[] = [];
  let wire: Wire | undefined;
  venue.network.open({ url: 'ws://venue/realtime' }).subscribe((open) => {
    wire = open;
    open.messages.subscribe((text) => frames.push(JSON.parse(text) as Json));
  });
  const say = (...messages: readonly object[]): void => {
    for (const message of messages) wire?.send(JSON.stringify(message));
  };
  const open = (channel: number, service: string, parameters: object): object => ({
    type: 'CHANNEL_REQUEST',
    channel,
    service,
    parameters,
  });
  scheduler.schedule(() => {
    say({ type: 'SETUP', channel: 0, version: '0.1-test/1', keepaliveTimeout: 60, acceptKeepaliveTimeout: 60 });
    say({ type: 'AUTH', channel: 0, token: 'good' });
    say(open(1, 'FEED', { contract: 'AUTO' }), open(3, 'DOM', { symbol: 'AAPL', sources: ['ntv'] }));
    say({ type: 'FEED_SETUP', channel: 1, acceptAggregationPeriod: 0.1, acceptDataFormat: format });
    const ofShare = ['Quote', 'Trade', 'Summary', 'Profile', 'TimeAndSale', 'Underlying', 'Series'];
    const regular = ofShare.map((type) => ({ type, symbol: 'AAPL' }));
    const ofOption = ['Quote', 'Summary', 'Greeks', 'TheoPrice'].map((type) => ({ type, symbol: OPTION }));
    const others = [
      { type: 'Quote', symbol: 'SPX' },
      { type: 'Candle', symbol: 'AAPL{=m}', fromTime: START - 600_000 },
      { type: 'Order', symbol: 'AAPL', source: 'NTV' },
      { type: 'SpreadOrder', symbol: 'AAPL', source: 'ISE' },
    ];
    say({ type: 'FEED_SUBSCRIPTION', channel: 1, reset: true, add: [...regular, ...ofOption, ...others] });
    say({ type: 'DOM_SETUP', channel: 3, acceptAggregationPeriod: 0.5, acceptDepthLimit: 3 });
    say(open(4, 'FEED', { contract: 'AUTO' }), open(5, 'NONE', {}));
  }, 1_000);
  scheduler.schedule(() => {
    say({ type: 'CHANNEL_CANCEL', channel: 1 }, { type: 'CHANNEL_CANCEL', channel: 3 });
  }, 4_000);
  scheduler.flush();
  return frames;
}

const messages: readonly (readonly [type: string, frames: readonly string[]])[] = [
  ['SETUP', ['{"channel":0,"type":"SETUP","keepaliveTimeout":60,"acceptKeepaliveTimeout":60,"version":"0.1-123-123"}']],
  [
    'AUTH_STATE',
    [
      '{"type":"AUTH_STATE","channel":0,"state":"UNAUTHORIZED"}',
      '{"type":"AUTH_STATE","channel":0,"state":"AUTHORIZED","userId":"<redacted>"}',
    ],
  ],
  [
    'ERROR',
    [
      '{"type":"ERROR","channel":0,"error":"BAD_ACTION","message":"Protocol violation with an even channel usage."}',
      '{"channel":0,"type":"ERROR","error":"TIMEOUT","message":"The timeout has been reached. The message was last received 60 seconds ago."}',
    ],
  ],
  [
    'CHANNEL_OPENED',
    [
      '{"type":"CHANNEL_OPENED","channel":1,"service":"FEED","parameters":{"contract":"AUTO","subFormat":"LIST"}}',
      '{"type":"CHANNEL_OPENED","channel":5,"service":"DOM","parameters":{"symbol":"AAPL","sources":["ntv"]}}',
    ],
  ],
  ['CHANNEL_CLOSED', ['{"type":"CHANNEL_CLOSED","channel":1}']],
  ['KEEPALIVE', ['{"type":"KEEPALIVE","channel":0}']],
  [
    'DOM_CONFIG',
    [
      '{"type":"DOM_CONFIG","channel":5,"aggregationPeriod":0.5,"depthLimit":3,"dataFormat":"FULL","orderFields":["price","size"]}',
    ],
  ],
  [
    'DOM_SNAPSHOT',
    [
      '{"type":"DOM_SNAPSHOT","channel":5,"time":1710262466056,"bids":[{"price":172.33,"size":376}],"asks":[{"price":172.34,"size":165}]}',
    ],
  ],
];

const NO_NUMBER = 'NaN';
/** Of each kind that the lists of fields name, the values that it may have. */
const kinds: Readonly<Record<string, readonly unknown[]>> = {
  n: [1],
  D: [1.5, NO_NUMBER, 'Infinity', '-Infinity'],
  s: ['text', '200'],
  b: [true],
  null: [null],
};
const valuesOf = (kind: string): readonly unknown[] => kinds[kind] ?? [];
const INDEXED = 'eventFlags n, index n, time n, sequence n';
const ORDER =
  `${INDEXED}, timeNanoPart n, source s, action s, actionTime n, orderId n, auxOrderId n, price D, size D, ` +
  'executedSize D, count n, exchangeCode s, orderSide s, scope s, tradeId n, tradePrice D, tradeSize D';
const events: Readonly<Record<string, string>> = {
  Quote:
    'sequence n, timeNanoPart n, bidTime n, bidExchangeCode s, bidPrice D, bidSize D, askTime n, askExchangeCode s, ' +
    'askPrice D, askSize D',
  Trade:
    'time n, timeNanoPart n, sequence n, exchangeCode s, price D, change D, size D, dayId n, dayVolume D, ' +
    'dayTurnover D, tickDirection s, extendedTradingHours b',
  Summary:
    'dayId n, dayOpenPrice D, dayHighPrice D, dayLowPrice D, dayClosePrice D, dayClosePriceType s, prevDayId n, ' +
    'prevDayClosePrice D, prevDayClosePriceType s, prevDayVolume D, openInterest n',
  Profile:
    'description s, shortSaleRestriction s, tradingStatus s, statusReason s, haltStartTime n, haltEndTime n, ' +
    'highLimitPrice D, lowLimitPrice D, high52WeekPrice D, low52WeekPrice D, beta D, earningsPerShare D, ' +
    'dividendFrequency D, exDividendAmount D, exDividendDayId n, shares D, freeFloat D',
  Greeks: `${INDEXED}, price D, volatility D, delta D, gamma D, theta D, rho D, vega D`,
  TheoPrice: `${INDEXED}, price D, underlyingPrice D, delta D, gamma D, dividend D, interest D`,
  Underlying:
    `${INDEXED}, volatility D, frontVolatility D, backVolatility D, callVolume D, putVolume D, putCallRatio D, ` +
    'optionVolume D',
  Series:
    `${INDEXED}, expiration n, volatility D, callVolume D, putVolume D, putCallRatio D, forwardPrice D, dividend D, ` +
    'interest D',
  Candle:
    `${INDEXED}, count n, open D, high D, low D, close D, volume D, VWAP D, bidVolume D, askVolume D, ` +
    'impVolatility D, openInterest D',
  TimeAndSale:
    `${INDEXED}, timeNanoPart n, exchangeCode s, price D, size D, bidPrice D, askPrice D, exchangeSaleConditions s, ` +
    'tradeThroughExempt s, aggressorSide s, spreadLeg b, extendedTradingHours b, validTick b, type s, buyer null, ' +
    'seller null',
  Order: `${ORDER}, marketMaker s`,
  SpreadOrder: `${ORDER}, spreadSymbol s`,
};

/** An event of a type for each value that its fields may have. */
function listed(type: string): readonly Json[] {
  const fields = `eventSymbol s, eventTime n, ${events[type] ?? ''}`.split(', ').map((field) => field.split(' '));
  return [0, 1, 2, 3].map((place) => ({
    eventType: type,
    ...Object.fromEntries(
      fields.map(([name, kind = '']) => [name, valuesOf(kind).at(Math.min(place, valuesOf(kind).length - 1))]),
    ),
  }));
}

describe('what a simulated dxLink sends', () => {
  const [full, compact] = [heard('FULL'), heard('COMPACT')];

  it.each(messages)('has the keys and the kinds of values of what the venue does: %s', (type, frames) => {
    const all = compact.filter((frame) => frame['type'] === type);

    expect(strangeIn(all, captured(frames))).toEqual([]);
  });

  it('has the fields of each event that the venue lists, by name', () => {
    const all = full.filter(({ type }) => type === 'FEED_DATA').flatMap(({ data }) => data as readonly Json[]);

    expect([...new Set(all.map(({ eventType }) => eventType))].sort()).toEqual(Object.keys(events).sort());
    // What is empty is left out there.
    const optional = ['buyer', 'seller'];
    for (const type of Object.keys(events)) {
      const own = all.filter(({ eventType }) => eventType === type);
      expect([type, strangeIn(own, { frames: listed(type), optional })]).toEqual([type, []]);
    }
  });

  it('has them in the places that its configuration names', () => {
    const fields: Record<string, readonly string[]> = {};
    const all: Json[] = [];
    for (const { type, eventFields, data } of compact) {
      if (type === 'FEED_CONFIG') Object.assign(fields, eventFields);
      if (type !== 'FEED_DATA') continue;
      const [eventType, cells] = data as readonly [string, readonly unknown[]];
      const names = fields[eventType] ?? [];
      for (let from = 0; from < cells.length; from += names.length) {
        all.push({ eventType, ...Object.fromEntries(names.map((name, place) => [name, cells[from + place]])) });
      }
    }

    expect([...new Set(all.map(({ eventType }) => eventType))].sort()).toEqual(Object.keys(events).sort());
    for (const type of Object.keys(events)) {
      const own = all.filter(({ eventType }) => eventType === type);
      expect([type, strangeIn(own, { frames: listed(type) })]).toEqual([type, []]);
    }
  });
});

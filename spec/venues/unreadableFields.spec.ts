import { tampered, type tamperedVenues } from '../support/tampered.js';

type Data = Record<string | number, unknown>;
/** What no venue means by anything, in any field that is not a text. */
const WRONG: readonly unknown[] = [
  ...['Infinity', '-Infinity', 'soon', '1e', '0x1g', '1,5', '--1', '1.2.3', '٣', '1 2', '+-1', 'e5', '.', '-', '1_0'],
  ...[{ wrong: true }, {}, [], [1], true],
];
/** By which dxFeed says that there is no value. */
const NONE: readonly unknown[] = ['Infinity', '-Infinity'];
/** The same where a text is due. */
const NO_TEXT: readonly unknown[] = [{ wrong: true }, {}, [], [1], true, false, 5, -1.5];

interface Case {
  readonly venue: keyof typeof tamperedVenues;
  readonly stream: string;
  /** Of the frame: what is in it and in no other. */
  readonly has: string;
  readonly place: readonly (string | number)[];
  readonly wrong?: readonly unknown[];
}

const cases: readonly Case[] = [
  { venue: 'tplus', stream: 'trades', has: '"asset_id":"200"', place: ['order_id'], wrong: NO_TEXT },
  { venue: 'tplus', stream: 'allTrades', has: '"Pending"', place: ['Pending', 'order_id'], wrong: NO_TEXT },
  { venue: 'tplus', stream: 'ticker', has: '"mark_price"', place: ['mark_price'] },
  { venue: 'tplus', stream: 'ticker', has: '"index_price"', place: ['index_price'] },
  { venue: 'dxlink', stream: 'dom', has: 'DOM_SNAPSHOT', place: ['time'] },
  { venue: 'dxlink', stream: 'trades', has: '"Trade"', place: ['data', 0, 'time'] },
  { venue: 'dxlink', stream: 'trades', has: '"Trade"', place: ['data', 0, 'sequence'] },
  { venue: 'dxlink', stream: 'trades', has: '"Trade"', place: ['data', 0, 'dayVolume'] },
  { venue: 'dxlink', stream: 'quotes', has: '"Quote"', place: ['data', 0, 'askTime'] },
  { venue: 'dxlink', stream: 'greeks', has: '"Greeks"', place: ['data', 0, 'vega'] },
  { venue: 'dxlink', stream: 'summaries', has: '"Summary"', place: ['data', 0, 'openInterest'] },
  { venue: 'dxlink', stream: 'profiles', has: '"Profile"', place: ['data', 0, 'beta'] },
  { venue: 'dxlink', stream: 'underlyings', has: '"Underlying"', place: ['data', 0, 'putCallRatio'] },
  { venue: 'dxlink', stream: 'theoPrices', has: '"TheoPrice"', place: ['data', 0, 'interest'] },
  { venue: 'tastytrade', stream: 'yearGains', has: 'YearGain', place: ['data', 'fees'] },
  { venue: 'tastytrade', stream: 'quoteAlerts', has: 'QuoteAlert', place: ['data', 'threshold'] },
  { venue: 'tastytrade', stream: 'publicWatchlists', has: 'PublicWatch', place: ['data', 'order-index'] },
  { venue: 'tastytrade', stream: 'externalTransactions', has: 'External', place: ['data', 'amount'] },
  { venue: 'tastytrade', stream: 'externalTransactions', has: 'External', place: ['data', 'created-at'] },
  { venue: 'tradestation', stream: 'quote', has: '"High52Week"', place: ['VWAP'] },
  { venue: 'tradestation', stream: 'quote', has: '"High52Week"', place: ['TradeTime'] },
  { venue: 'tradestation', stream: 'candles', has: '"Epoch"', place: ['TotalTicks'] },
  { venue: 'tradestation', stream: 'candles', has: '"Epoch"', place: ['OpenInterest'] },
  { venue: 'tradestation', stream: 'book', has: '"Bids"', place: ['Bids', 0, 'TimeStamp'] },
  { venue: 'tradestation', stream: 'aggregates', has: '"LatestTime"', place: ['Asks', 1, 'NumParticipants'] },
  { venue: 'tradestation', stream: 'optionChain', has: '"Delta"', place: ['Gamma'] },
  { venue: 'o2', stream: 'depthView', has: '_depth_view', place: ['seen_timestamp'] },
];

const put = (text: string, place: Case['place'], value: unknown): string => {
  const frame = JSON.parse(text) as Data;
  let at = frame;
  for (const key of place.slice(0, -1)) at = at[key] as Data;
  at[place.at(-1) ?? ''] = value;
  return JSON.stringify(frame);
};

it.each(cases.map((one) => [`${one.venue} ${one.stream}: ${one.place.join('.')}`, one] as const))(
  '%s costs itself and a fault, whatever stands there',
  (_, { venue, stream, has, place, wrong: some = WRONG }) => {
    const wrong = some.filter((value) => venue !== 'dxlink' || !NONE.includes(value));
    const one = tampered(venue, [stream]);
    const good = (): string | undefined => one.network.sent.find(({ text }) => text.includes(has))?.text;
    for (let waited = 0; waited < 20_000 && good() === undefined; waited += 50) one.pass(50);
    const [text = ''] = [good()];
    const { path } = one.network.sent.find((sent) => sent.text === text) ?? { path: '' };
    /** What comes of a frame: how many values and which faults. */
    const told = (frame: string) => {
      const [values, faults] = [one.values.length, one.faults.length];
      one.network.wire(path)?.more.next(frame);
      return [one.values.length - values, one.faults.slice(faults)] as const;
    };
    const [whole] = told(text);
    expect(whole).toBeGreaterThan(0);
    const field = String(place.at(-1));
    const outcomes = wrong.map((value) => {
      const [values, faults] = told(put(text, place, value));
      const paths = faults.flatMap((fault) => (fault.type === 'decode' ? [fault.path] : [fault.type]));
      return { value, values, paths: paths.map((at) => (at.includes(field) ? field : at)) };
    });

    expect(outcomes).toEqual(wrong.map((value) => ({ value, values: whole, paths: [field] })));
    expect(one.errors).toEqual([]);
    one.exchange.close();
  },
);

it.each(['orders', 'balances'])('errors beside the rows of TradeStation’s %s cost themselves', (rows) => {
  for (const wrong of ['NaN', {}, 5, [1], [{ Error: 5 }]]) {
    const one = tampered('tradestation', [rows === 'orders' ? 'orderStates' : 'balances']);
    one.network.change = ({ path, text }) => (path.endsWith(rows) ? put(text, ['Errors'], wrong) : text);
    one.pass(900);

    expect(one.values.length).toBeGreaterThan(0);
    expect(one.faults).toMatchObject([{ type: 'decode', path: expect.stringContaining('Errors') as string }]);
    one.exchange.close();
  }
});

it.each([[''], [[]], [{}], [5], [true]])('what says nothing is wrong refuses no stream of T+: errors %j', (errors) => {
  const one = tampered('tplus', ['trades', 'ticker']);
  one.pass(100);
  for (const path of ['/trades', '/ticker/ws/200'])
    one.network.wire(path)?.more.next(JSON.stringify({ type: 'subscriptions', channels: [], errors }));
  one.pass(3_000);

  expect(one.errors).toEqual([]);
  expect(one.values.length).toBeGreaterThan(0);
  expect(one.faults).toHaveLength(typeof errors === 'object' || errors === '' ? 0 : 2);
  one.exchange.close();
});

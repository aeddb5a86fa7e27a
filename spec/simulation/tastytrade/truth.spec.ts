import { examples } from '../../venues/tastytrade/examples.js';
import { ACCOUNT, type Json, stage } from './stage.js';

// What a simulated tastytrade tells of the standing of an account and of what it trades, against its accounts and market.

const OTHER = '5WT00001';

/** A venue whose customers have been busy for a while, what each account's own stream told, and who asks for more. */
function traded(config: Parameters<typeof stage>[0] = {}) {
  const { venue, ask, bodyOf, login, open, pass } = stage({ activity: 50, ...config });
  const token = `Bearer ${login()}`;
  const streams = new Map([ACCOUNT, OTHER].map((account) => [account, open()]));
  for (const [account, { say }] of streams) say({ action: 'connect', value: [account], 'auth-token': token });
  pass(50_000);
  const get = (path: string) => ask({ method: 'GET', path, headers: { authorization: token } });
  const dataOf = (path: string): Json => bodyOf(get(path))['data'] as Json;
  const told = (account: string, kind: string): readonly Json[] =>
    (streams.get(account)?.frames ?? []).filter(({ type }) => type === kind).map(({ data }) => data as Json);
  const frames = (account: string): readonly Json[] => streams.get(account)?.frames ?? [];
  return { venue, get, bodyOf, dataOf, told, frames };
}

/** What each order did when it was placed, as it says and by what was held then. */
function actionsIn(frames: readonly Json[]): { readonly said: readonly string[]; readonly done: readonly string[] } {
  const passed = new Set<unknown>();
  const held = new Map<unknown, unknown>();
  const [said, done]: [string[], string[]] = [[], []];
  for (const { type, data } of frames) {
    const { id, symbol, legs, 'quantity-direction': direction } = (data ?? {}) as Json;
    if (type === 'CurrentPosition') held.set(symbol, direction);
    if (type !== 'Order' || passed.has(id)) continue;
    passed.add(id);
    const [leg = {}] = legs as readonly Json[];
    const action = String(leg['action']);
    const [side = ''] = action.split(' ');
    said.push(action);
    done.push(`${side} to ${held.get(leg['symbol']) === (side === 'Buy' ? 'Short' : 'Long') ? 'Close' : 'Open'}`);
  }
  return { said, done };
}

describe('the trading status of a simulated tastytrade', () => {
  it('counts day trades one by one, and from the fourth on it is that of a day trader', () => {
    const { venue, dataOf, told } = traded();
    for (const account of [ACCOUNT, OTHER]) {
      const all = told(account, 'TradingStatus');
      expect(all.length).toBeGreaterThan(5);
      expect(all.map((status) => status['day-trade-count'])).toEqual(all.map((_, place) => place + 1));
      expect(all.map((status) => status['is-pattern-day-trader'])).toEqual(all.map((_, place) => place >= 3));
      expect(new Set(all.map((status) => status['account-number']))).toEqual(new Set([account]));
      // One at a time: a customer does one thing in a step of the market, ten times a second.
      const steps = all.map((status) => Math.floor(Date.parse(String(status['updated-at'])) / 100));
      expect(new Set(steps).size).toBe(steps.length);

      const answered = dataOf(`/accounts/${account}/trading-status`);
      expect(answered).toEqual(all.at(-1));
      expect(answered).toEqual(venue.trueAccount(account)?.tradingStatus);
    }
  });

  it('of one who has not traded is the captured one', () => {
    const { dataOf } = traded({ activity: 0 });
    const frame = examples.find(({ text }) => text.startsWith('{"type":"TradingStatus"'));
    const { data } = JSON.parse(frame?.text ?? '{}') as { readonly data: Json };

    expect(dataOf(`/accounts/${ACCOUNT}/trading-status`)).toMatchObject({
      ...data,
      'account-number': ACCOUNT,
      'clearing-account-number': ACCOUNT,
      'clearing-aggregation-identifier': ACCOUNT,
      'updated-at': expect.stringMatching(/^1970-01-01T00:00:00\.000\+00:00$/) as string,
    });
  });

  it('denies nothing that the account does, and agrees with what is said of it elsewhere', () => {
    const { venue, dataOf, told, frames } = traded();
    const status = dataOf(`/accounts/${ACCOUNT}/trading-status`);
    const balances = dataOf(`/accounts/${ACCOUNT}/balances`);
    const [first] = dataOf('/customers/me/accounts')['items'] as readonly { readonly account: Json }[];
    const sizes = told(ACCOUNT, 'CurrentPosition').map((position) => position['quantity-direction']);

    // It opens positions, long and short.
    expect(new Set(sizes)).toEqual(new Set(['Long', 'Short', 'Zero']));
    expect(venue.trueAccount(ACCOUNT)?.positions.length).toBeGreaterThan(0);
    const { said, done } = actionsIn(frames(ACCOUNT));
    expect(said).toEqual(done);
    expect(new Set(said).size).toBe(4);
    for (const denied of ['is-closed', 'is-frozen', 'is-closing-only', 'is-risk-reducing-only']) {
      expect([denied, status[denied]]).toEqual([denied, false]);
    }
    expect(status['is-closed']).toBe(first?.account['is-closed']);
    expect(status['is-futures-enabled']).toBe(first?.account['is-futures-approved']);
    const calls = ['maintenance-call-value', 'reg-t-call-value'].map((call) => Number(balances[call]));
    expect(status['is-in-margin-call']).toBe(calls.some((call) => call > 0));
    expect(status['is-in-day-trade-equity-maintenance-call']).toBe(Number(balances['day-equity-call-value']) > 0);
  });
});

const numberOf = (row: Json, key: string): number => Number(row[key]) * (row[`${key}-effect`] === 'Debit' ? -1 : 1);
const sizeOf = (position: Json): number =>
  Number(position['quantity']) * (position['quantity-direction'] === 'Short' ? -1 : 1);

describe('the standing of an account of a simulated tastytrade', () => {
  it('is paid for: cash and what positions cost are what it began with, was given, and has gained', () => {
    for (const config of [
      {},
      { instruments: [{ symbol: 'TINY', base: 'TINY', quote: 'USD', price: '0.001234', size: '100' }] },
    ]) {
      const { frames } = traded(config);
      const gained = new Map<unknown, number>();
      const costs = new Map<unknown, number>();
      let given = 10_000;
      let checked = 0;
      const gains = new Set<number>();
      for (const { type, data = {} } of frames(ACCOUNT) as readonly { type?: string; data?: Json }[]) {
        if (type === 'ExternalTransaction') given += Number(data['amount']);
        if (type === 'CurrentPosition') {
          costs.set(data['symbol'], sizeOf(data) * Number(data['average-open-price']));
          gained.set(data['symbol'], numberOf(data, 'realized-today'));
          gains.add(Math.sign(numberOf(data, 'realized-day-gain')));
          expect(data['realized-day-gain']).toBe(data['realized-today']);
        }
        if (type !== 'AccountBalance') continue;
        const sum = (of: ReadonlyMap<unknown, number>): number => [...of.values()].reduce((all, one) => all + one, 0);
        expect(numberOf(data, 'cash-balance') + sum(costs) - sum(gained)).toBeCloseTo(given, 6);
        checked += 1;
      }
      expect(checked).toBeGreaterThan(50);
      expect(gains.size).toBeGreaterThan(1);
    }
  });

  it('has gained in the year what its positions have', () => {
    const { told } = traded();
    const inYear = new Map(told(ACCOUNT, 'UnderlyingYearGainSummary').map((one) => [one['symbol'], one]));
    expect(inYear.size).toBe(3);
    for (const [symbol, summary] of inYear) {
      const positions = told(ACCOUNT, 'CurrentPosition').filter((one) => one['symbol'] === symbol);
      expect(positions.map((one) => numberOf(one, 'realized-today'))).toContain(
        numberOf(summary, 'yearly-realized-gain'),
      );
      expect(summary['realized-lot-gain']).toBe(summary['yearly-realized-gain']);
    }
  });

  it('has prices with all their digits', () => {
    const price = '0.00001234';
    const { told, venue } = traded({
      instruments: [{ symbol: 'TINY', base: 'TINY', quote: 'USD', price, size: '100' }],
    });
    const { bids = [], asks = [] } = venue.market.trueBook('TINY') ?? {};
    expect([...bids, ...asks].every(([one]) => one.length === price.length)).toBe(true);
    const prices = told(ACCOUNT, 'Order').flatMap((order) =>
      typeof order['price'] === 'string' ? [order['price']] : [],
    );
    expect(prices.length).toBeGreaterThan(50);
    // About as many as there are: one in ten ends with a zero, which money has not.
    expect(prices.filter((one) => one.length === price.length).length).toBeGreaterThan(prices.length / 2);
  });
});

describe('a complex order of a simulated tastytrade', () => {
  it('is two of which one cancels the other', () => {
    const { told } = traded();
    const complex = told(ACCOUNT, 'ComplexOrder');
    const last = new Map(complex.map((one) => [one['id'], one]));
    const ends = new Set<string>();
    for (const one of last.values()) {
      const orders = one['orders'] as readonly Json[];
      expect(orders.map((order) => order['complex-order-tag'])).toEqual(['OCO::limit', 'OCO::stop']);
      expect(orders.map((order) => [order['order-type'], 'price' in order, 'stop-trigger' in order])).toEqual([
        ['Limit', true, false],
        ['Stop', false, true],
      ]);
      expect(new Set(orders.map((order) => order['complex-order-id']))).toEqual(new Set([one['id']]));
      expect(new Set(orders.map(({ size }) => size)).size).toBe(1);
      const ended = orders.filter((order) => 'terminal-at' in order);
      expect([ended.length, 'terminal-at' in one]).toEqual(ended.length === 0 ? [0, false] : [2, true]);
      ends.add(
        ended
          .map(({ status }) => status)
          .sort()
          .join(),
      );
    }
    expect(ends).toEqual(new Set(['', 'Cancelled,Cancelled', 'Cancelled,Filled']));
    // Each of them is told alone, too.
    const alone = new Map(told(ACCOUNT, 'Order').map((order) => [order['id'], order]));
    for (const one of last.values())
      for (const order of one['orders'] as readonly Json[]) expect(alone.get(order['id'])).toEqual(order);
  });
});

describe('the instruments of a simulated tastytrade', () => {
  const instruments = [
    { symbol: 'AAPL', base: 'AAPL', quote: 'USD', price: '230.00', size: '100' },
    { symbol: 'BRK/B', base: 'BRK/B', quote: 'USD', price: '480.5', size: '20' },
    { symbol: 'FINE', base: 'FINE', quote: 'USD', price: '12.345', size: '500' },
  ];
  const decimalsOf = (text: string): number => text.length - text.indexOf('.') - 1;

  it('are the shares of its market, with the step of their prices and the decimals of their sizes', () => {
    const { venue, dataOf, told } = traded({ instruments });
    const { items } = dataOf('/instruments/quantity-decimal-precisions') as { readonly items: readonly Json[] };
    expect(items).toEqual([{ 'instrument-type': 'Equity', value: 5, 'minimum-increment-precision': 0 }]);

    for (const { symbol, price } of instruments) {
      const share = dataOf(`/instruments/equities/${encodeURIComponent(symbol)}`);
      expect(share).toMatchObject({
        symbol,
        'streamer-symbol': symbol,
        'instrument-type': 'Equity',
        active: true,
        'is-index': false,
        'is-closing-only': false,
      });
      const steps = share['tick-sizes'] as readonly { readonly value: string; readonly threshold?: string }[];
      expect(steps.map(({ threshold }) => threshold)).toEqual(['1.0', undefined]);
      const step = Number(steps[1]?.value);
      expect(steps[1]?.value).toBe((10 ** -decimalsOf(price)).toFixed(decimalsOf(price)));
      const isBetween = (one: string): boolean => Math.abs(Number(one) / step - Math.round(Number(one) / step)) > 1e-6;

      const { bids = [], asks = [] } = venue.market.trueBook(symbol) ?? {};
      const orders = told(ACCOUNT, 'Order').filter((order) => order['underlying-symbol'] === symbol);
      const prices = [...bids, ...asks]
        .map(([one]) => one)
        .concat(orders.map((order) => String(order['price'] ?? order['stop-trigger'])));
      expect(orders.length).toBeGreaterThan(10);
      expect(prices.filter(isBetween)).toEqual([]);
      for (const { size } of orders) expect(Number.isInteger(size)).toBe(true);
      for (const position of told(ACCOUNT, 'CurrentPosition').filter((one) => one['symbol'] === symbol)) {
        expect(position).toMatchObject({
          'instrument-type': share['instrument-type'],
          'streamer-symbol': share['streamer-symbol'],
        });
      }
    }
  });

  it('are no others', () => {
    const { get, bodyOf } = traded({ instruments, activity: 0 });
    for (const path of ['equities/NOPE', 'equities/SPY', 'equities/', 'equities', 'futures/AAPL']) {
      const answer = get(`/instruments/${path}`);
      expect([path, answer.status, (bodyOf(answer)['error'] as Json)['code']]).toEqual([path, 404, 'record_not_found']);
    }
  });
});

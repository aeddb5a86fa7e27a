import { VirtualTimeScheduler } from 'rxjs';
import { simulatedDxLink } from '../../../lib/simulation/index.js';

// What a simulated dxLink tells of trades, days and options against what its market did.

type Event = Readonly<Record<string, unknown>>;
const DAY = 86_400_000;
const MIDNIGHT = Date.UTC(2026, 7, 13);
const SYMBOL = 'AAPL';
/** What the market begins with. */
const FIRST_PRICE = 196.1;

/** What is told of some symbols from a moment on, and the trades of the market. */
function told(contract: string, begin: number, within: number, add: readonly object[]) {
  const scheduler = new VirtualTimeScheduler(undefined, begin + within);
  scheduler.frame = begin;
  const venue = simulatedDxLink({ scheduler, latency: 0, activity: 10, seed: 3 });
  const events: Event[] = [];
  venue.network.open({ url: 'ws://venue/realtime' }).subscribe((wire) => {
    wire.messages.subscribe((text) => {
      const { type, data } = JSON.parse(text) as { readonly type: string; readonly data: readonly Event[] };
      if (type === 'FEED_DATA') events.push(...data);
    });
    const parameters = { contract };
    for (const word of [
      { type: 'SETUP', channel: 0, version: '0.1-test/1', keepaliveTimeout: 60, acceptKeepaliveTimeout: 60 },
      { type: 'CHANNEL_REQUEST', channel: 1, service: 'FEED', parameters },
      { type: 'FEED_SUBSCRIPTION', channel: 1, add },
    ])
      wire.send(JSON.stringify(word));
  });
  scheduler.flush();
  const trades = venue.market.instrument(SYMBOL)?.tape.tradesAfter(0) ?? [];
  expect(trades.length).toBeGreaterThan(50);
  const of = (type: string, symbol = SYMBOL): readonly Event[] =>
    events.filter(({ eventType, eventSymbol }) => eventType === type && eventSymbol === symbol);
  return { of, trades };
}
const sumOf = (sizes: readonly { readonly size: string }[]): number =>
  sizes.reduce((sum, { size }) => sum + Number(size), 0);
const dayOf = (time: number): number => Math.floor(time / DAY);

describe('trades of a simulated dxLink', () => {
  it.each(['STREAM', 'AUTO'])(
    'by %s are told with the side of their taker, and the day with all of its trades',
    (contract) => {
      const begin = MIDNIGHT - 20_000;
      const { of, trades } = told(contract, begin, 40_000, [
        ...['Trade', 'TimeAndSale'].map((type) => ({ type, symbol: SYMBOL })),
      ]);
      const bySequence = new Map(trades.map((trade) => [trade.id, trade]));

      const sales = of('TimeAndSale');
      expect(sales.length).toBeGreaterThan(50);
      for (const { sequence, time, price, size, aggressorSide } of sales) {
        const trade = bySequence.get(Number(sequence));
        const side = trade?.side === 'buy' ? 'BUY' : 'SELL';
        expect([time, price, size, aggressorSide]).toEqual([
          trade?.at,
          Number(trade?.price),
          Number(trade?.size),
          side,
        ]);
      }
      expect(new Set(sales.map(({ aggressorSide }) => aggressorSide))).toEqual(new Set(['BUY', 'SELL']));

      const days = new Set<unknown>();
      expect(of('Trade').length).toBeGreaterThan(20);
      for (const { sequence, time, price, size, dayId, dayVolume } of of('Trade')) {
        const trade = bySequence.get(Number(sequence));
        expect([time, price, size]).toEqual([trade?.at, Number(trade?.price), Number(trade?.size)]);
        expect(dayId).toBe(dayOf(Number(time)));
        days.add(dayId);
        const own = trades.filter(({ id, at }) => id <= Number(sequence) && dayOf(at) === dayId);
        expect(dayVolume).toBe(sumOf(own));
      }
      expect(days.size).toBe(2);
    },
  );

  it('make the day: its first, highest and lowest price, and the day before it', () => {
    const { of, trades } = told('AUTO', MIDNIGHT + DAY / 2, 30_000, [{ type: 'Summary', symbol: SYMBOL }]);
    const prices = trades.map(({ price }) => Number(price));
    const made = new Set(
      prices.map((_, place) => {
        const until = prices.slice(0, place + 1);
        return JSON.stringify([until[0], Math.max(...until), Math.min(...until)]);
      }),
    );
    // Before the first trade a day has no prices.
    const rows = of('Summary').filter(({ dayOpenPrice }) => dayOpenPrice !== 'NaN');
    const shown = rows.map(({ dayOpenPrice, dayHighPrice, dayLowPrice }) =>
      JSON.stringify([dayOpenPrice, dayHighPrice, dayLowPrice]),
    );

    expect(new Set(shown).size).toBeGreaterThan(5);
    expect(shown.filter((one) => !made.has(one))).toEqual([]);
    const { dayOpenPrice: open, dayHighPrice: high, dayLowPrice: low } = rows.at(-1) ?? {};
    expect(Number(low)).toBeLessThan(Number(open));
    expect(Number(high)).toBeGreaterThan(Number(open));
    const days = rows.map(({ dayId, prevDayId }) => [dayId, prevDayId]);
    expect(days).toEqual(days.map(() => [dayOf(MIDNIGHT), dayOf(MIDNIGHT) - 1]));
  });
});

describe('the day before of a simulated dxLink', () => {
  it('closed at its last price, over midnight; shares have no open interest', () => {
    const { of, trades } = told('AUTO', MIDNIGHT - 20_000, 40_000, [{ type: 'Summary', symbol: SYMBOL }]);
    const before = trades.filter(({ at }) => at < MIDNIGHT);
    const known = of('Summary').map(({ prevDayId, prevDayClosePrice, prevDayVolume, openInterest }) =>
      JSON.stringify([prevDayId, prevDayClosePrice, prevDayVolume, openInterest]),
    );
    expect(new Set(known)).toEqual(
      new Set([
        // That was before the first trade that there ever was.
        JSON.stringify([dayOf(MIDNIGHT) - 2, FIRST_PRICE, 'NaN', 0]),
        JSON.stringify([dayOf(MIDNIGHT) - 1, Number(before.at(-1)?.price), sumOf(before), 0]),
      ]),
    );
  });
});

describe('options of a simulated dxLink', () => {
  const STRIKES = [150, 190, 196, 202, 250];
  const nameOf = (side: 'C' | 'P', strike: number): string => `.AAPL260918${side}${String(strike)}`;

  it('have an open interest of their own, and no prices of a day', () => {
    const symbols = [nameOf('C', 190), nameOf('P', 190)];
    const { of } = told(
      'AUTO',
      MIDNIGHT,
      20_000,
      symbols.map((symbol) => ({ type: 'Summary', symbol })),
    );
    const rows = symbols.map((symbol) => of('Summary', symbol));
    expect(rows.map(({ length }) => length)).toEqual([1, 1]);
    const [[call = {}] = [], [put = {}] = []] = rows;
    expect([call['dayOpenPrice'], call['prevDayClosePrice'], call['dayId']]).toEqual(['NaN', 'NaN', dayOf(MIDNIGHT)]);
    expect(Number.isInteger(call['openInterest']) && Number.isInteger(put['openInterest'])).toBe(true);
    expect(call['openInterest']).not.toBe(put['openInterest']);
  });

  it('follow their underlying: calls rise with it and puts fall, together by as much as it moves', () => {
    const symbols = STRIKES.flatMap((strike) => [nameOf('C', strike), nameOf('P', strike)]);
    const { of } = told('AUTO', MIDNIGHT, 20_000, [
      ...symbols.map((symbol) => ({ type: 'Greeks', symbol })),
      ...symbols.map((symbol) => ({ type: 'TheoPrice', symbol })),
    ]);
    const deltasOf = (side: 'C' | 'P', strike: number, type = 'Greeks'): ReadonlyMap<unknown, number> =>
      new Map(of(type, nameOf(side, strike)).map(({ time, delta }) => [time, Number(delta)]));

    for (const strike of STRIKES) {
      const [calls, puts] = [deltasOf('C', strike), deltasOf('P', strike)];
      expect(calls.size).toBeGreaterThan(5);
      expect([...puts.keys()]).toEqual([...calls.keys()]);
      for (const [time, call] of calls) {
        const put = puts.get(time) ?? NaN;
        expect(call > 0 && call < 1 && put < 0).toBe(true);
        expect(call - put).toBeCloseTo(1, 5);
      }
      // A theoretical price moves by the same delta.
      for (const [side, greeks] of [['C', calls] as const, ['P', puts] as const]) {
        for (const [time, delta] of deltasOf(side, strike, 'TheoPrice')) expect(delta).toBe(greeks.get(time));
      }
    }
    const [first] = deltasOf('C', 150).keys();
    const byStrike = STRIKES.map((strike) => deltasOf('C', strike).get(first) ?? NaN);
    expect(byStrike).toEqual([...byStrike].sort((one, other) => other - one));
    expect([(byStrike[0] ?? 0) > 0.8, (byStrike.at(-1) ?? 1) < 0.2]).toEqual([true, true]);
  });
});

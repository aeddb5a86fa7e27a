import fc from 'fast-check';
import { VirtualTimeScheduler } from 'rxjs';
import { type TrueBook } from '../../../lib/simulation/index.js';
import { simulatedMarket, type SimulatedMarketConfig } from '../../../lib/simulation/market/simulatedMarket.js';
import type { SimulatedMarket } from '../../../lib/simulation/market/simulatedMarket.js';

const market = (config: SimulatedMarketConfig = {}): SimulatedMarket =>
  simulatedMarket({ scheduler: new VirtualTimeScheduler(), instruments: ['BTCUSDT', 'SOLUSDT'], depth: 20, ...config });

/** Exact order of decimal texts with the same number of decimals. */
const units = (text: string): bigint => BigInt(text.replace('.', ''));

/** What is wrong with a book, if anything. */
function flawOf({ bids, asks }: TrueBook): string | undefined {
  if (bids.length === 0 || asks.length === 0) return 'an empty side';
  // From the worst ask down to the worst bid: ordered, without doubles, never crossed.
  const down = [...asks].reverse().concat(bids);
  let above = units(down[0]?.[0] ?? '0') + 1n;
  for (const [price, size] of down) {
    if (units(price) >= above) return `out of order at ${price}`;
    if (units(price) <= 0n || units(size) <= 0n) return `no level: ${price} ${size}`;
    above = units(price);
  }
  return undefined;
}

const same = (levels: TrueBook['bids'], side: ReadonlyMap<string, string>): boolean =>
  levels.length === side.size && levels.every(([price, size]) => side.get(price) === size);

describe('simulatedMarket', () => {
  it('keeps every book ordered, uncrossed and filled on both sides, for any seed', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: 0.1, max: 20, noNaN: true }),
        (seed, depth, activity) => {
          const simulated = market({ seed, depth, activity, instruments: ['BTCUSDT', 'FINEUSDT'] });
          for (let step = 0; step < 60; step += 1) {
            simulated.step();
            for (const symbol of simulated.symbols) {
              const book = simulated.trueBook(symbol);
              if (book === undefined) throw new Error('there is always a book');
              const flaw = book.bids.length > Math.ceil(depth * 1.2) ? 'too deep' : flawOf(book);
              if (flaw !== undefined) throw new Error(`${symbol}, step ${step}: ${flaw}`);
            }
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('makes the same market twice from the same seed, whatever other instruments there are', () => {
    const story = (instruments: readonly string[], seed: number): string => {
      const simulated = market({ seed, instruments });
      for (let step = 0; step < 300; step += 1) simulated.step();
      const tape = simulated.instrument('SOLUSDT')?.tape.tradesAfter(0);
      return JSON.stringify([simulated.trueBook('SOLUSDT'), tape]);
    };

    expect(story(['BTCUSDT', 'SOLUSDT'], 5)).toBe(story(['BTCUSDT', 'SOLUSDT'], 5));
    expect(story(['SOLUSDT'], 5)).toBe(story(['BTCUSDT', 'ETHUSDT', 'SOLUSDT'], 5));
    expect(story(['SOLUSDT'], 5)).not.toBe(story(['SOLUSDT'], 6));
  });

  it.each(['instrument', 'venue'] as const)('remembers the true book at every sequence (%s)', (sequence) => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const simulated = market({ seed, sequence });
        const { book } = simulated.instrument('SOLUSDT') ?? {};
        if (book === undefined) throw new Error('the instrument is there');
        const first = book.sequence;
        const begin = book.trueBook();
        const bids = new Map(begin?.bids);
        const asks = new Map(begin?.asks);
        for (let step = 0; step < 40; step += 1) simulated.step();

        let last = first;
        for (const change of book.changesAfter(first)) {
          // A number between two of the instrument's own shows the book as the earlier one left it.
          if (sequence === 'venue' && change.sequence > last + 1) {
            if (simulated.trueBook('SOLUSDT', change.sequence - 1)?.sequence !== last) throw new Error('not the last');
          } else if (sequence === 'instrument' && change.sequence !== last + 1) throw new Error('a hole');
          last = change.sequence;
          const side = change.side === 'bid' ? bids : asks;
          if (change.removed) side.delete(change.level[0]);
          else side.set(change.level[0], change.level[1]);
          const truth = simulated.trueBook('SOLUSDT', last);
          if (truth?.sequence !== last || !same(truth.bids, bids) || !same(truth.asks, asks)) {
            throw new Error(`the book at ${last} is another one`);
          }
        }
        expect(last).toBe(book.sequence);
      }),
      { numRuns: 10 },
    );
  });

  it('knows nothing of sequences that are forgotten or not given out, or of symbols it does not have', () => {
    const simulated = market({ history: 10 });
    const first = simulated.trueBook('BTCUSDT')?.sequence ?? 0;
    for (let step = 0; step < 100; step += 1) simulated.step();
    const newest = simulated.trueBook('BTCUSDT')?.sequence ?? 0;

    expect(simulated.trueBook('BTCUSDT', first)).toBeUndefined();
    expect(simulated.trueBook('BTCUSDT', newest + 1)).toBeUndefined();
    expect(simulated.trueBook('BTCUSDT', newest - 10)).toBeDefined();
    expect(simulated.trueBook('NOPEUSDT')).toBeUndefined();
  });

  it.each([
    ['BTC-USDT', { base: 'BTC', quote: 'USDT', price: '60000.00' }],
    ['BTC/USDT', { base: 'BTC', quote: 'USDT', price: '60000.00' }],
    ['BTC/EUR', { base: 'BTC', quote: 'EUR' }],
    ['ADAUSDT', { base: 'ADA', quote: 'USDT' }],
    ['ADABTC', { base: 'ADA', quote: 'BTC' }],
    ['MSFT', { base: 'MSFT', quote: 'USDT' }],
  ])('takes %s as its venue spells it', (symbol, expected) => {
    const simulated = market({ instruments: [symbol] });

    expect(simulated.symbols).toEqual([symbol]);
    expect(simulated.instrument(symbol)?.spec).toMatchObject({ symbol, ...expected });
  });

  it('trades at prices that the book had, with ids without holes, and aggregates that add up', () => {
    const simulated = market({ seed: 3 });
    for (let step = 0; step < 500; step += 1) simulated.step();
    const tape = simulated.instrument('BTCUSDT')?.tape;
    const trades = tape?.tradesAfter(0) ?? [];
    const aggregates = tape?.aggregatesAfter(0) ?? [];

    expect(trades.length).toBeGreaterThan(100);
    expect(trades.map(({ id }) => id)).toEqual(trades.map((_, index) => index + 1));
    expect(new Set(trades.map(({ side }) => side)).size).toBe(2);
    for (const whole of aggregates.slice(0, 100)) {
      const parts = trades.slice(whole.firstTrade - 1, whole.lastTrade);
      expect(parts.reduce((sum, { lots }) => sum + lots, 0)).toBe(whole.lots);
      expect(new Set(parts.map(({ price }) => price))).toEqual(new Set([whole.price]));
    }
    expect(aggregates.at(-1)?.lastTrade).toBe(trades.at(-1)?.id);
  });

  it('moves its price, and comes back', () => {
    const simulated = market({ seed: 11, instruments: ['SOLUSDT'] });
    const mids: number[] = [];
    for (let step = 0; step < 4_000; step += 1) {
      simulated.step();
      const { bids, asks } = simulated.trueBook('SOLUSDT') ?? { bids: [], asks: [] };
      mids.push((Number(bids[0]?.[0]) + Number(asks[0]?.[0])) / 2);
    }

    expect(new Set(mids).size).toBeGreaterThan(50);
    expect(Math.max(...mids)).toBeLessThan(151);
    expect(Math.min(...mids)).toBeGreaterThan(149);
  });

  it('has most of its levels close to the best price', () => {
    const simulated = market({ seed: 2, depth: 60, instruments: ['SOLUSDT'] });
    for (let step = 0; step < 1_000; step += 1) simulated.step();
    const ticks = (simulated.trueBook('SOLUSDT')?.bids ?? []).map(([price]) => Math.round(Number(price) * 100));
    const reach = (count: number): number => (ticks[0] ?? 0) - (ticks[count] ?? 0);

    expect(reach(20) * 2).toBeLessThan(reach(ticks.length - 1));
  });

  it('passes time only while somebody runs it, and leaves no timer', () => {
    const scheduler = new VirtualTimeScheduler();
    const simulated = simulatedMarket({ scheduler, instruments: ['BTCUSDT'] });
    let steps = 0;
    const unsee = simulated.onStep(() => (steps += 1));
    const until = (time: number): void => {
      scheduler.maxFrames = time;
      scheduler.flush();
    };
    expect(scheduler.actions).toHaveLength(0);

    const first = simulated.run();
    const second = simulated.run();
    until(1_000);
    expect(steps).toBe(10);
    first();
    first();
    expect(simulated.running).toBe(true);
    second();
    expect(simulated.running).toBe(false);
    expect(scheduler.actions).toHaveLength(0);

    const third = simulated.run();
    simulated.stop();
    third();
    expect(scheduler.actions).toHaveLength(0);
    unsee();
    simulated.step();
    expect(steps).toBe(10);
  });

  it('stays quiet on a quiet instrument, and holds thousands of levels when asked', () => {
    const simulated = market({ instruments: ['QUIETUSDT', 'BTCUSDT'], depth: 3_000 });
    const before = simulated.trueBook('QUIETUSDT')?.sequence;
    for (let step = 0; step < 20; step += 1) simulated.step();

    expect((simulated.trueBook('QUIETUSDT')?.sequence ?? 0) - (before ?? 0)).toBeLessThan(5);
    expect(simulated.trueBook('BTCUSDT')?.bids.length).toBeGreaterThanOrEqual(3_000);
  });
});

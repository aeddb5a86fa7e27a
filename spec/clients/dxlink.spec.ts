import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';
import WebSocket from 'ws';
import { serve } from '../../lib/node/serve.js';
import { type SimulatedDxLink, parseFaults, simulatedDxLink } from '../../lib/simulation/index.js';
import { itWith } from './installed.js';

const TOKEN = 'quote-token';

interface Line {
  readonly kind: string;
  readonly value: unknown;
}
interface Event {
  readonly eventType: string;
  readonly eventSymbol: string;
  readonly eventFlags: number;
  readonly time: number;
  readonly sequence: number;
  readonly orderId: number;
  readonly orderSide: string;
  readonly bidPrice: number;
  readonly bidSize: number | string;
  readonly askPrice: number;
  readonly askSize: number;
  readonly price: number | string;
  readonly size: number | string;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}
type Pair = readonly [price: number, size: number];
interface Sides {
  readonly bids: readonly Pair[];
  readonly asks: readonly Pair[];
}

const textOf = (value: unknown): string => JSON.stringify(value);

/** The venue's book, best first, at a sequence. */
function truth({ market }: SimulatedDxLink, sequence?: number): Sides {
  const book = market.trueBook('AAPL', sequence);
  const pairs = (levels: readonly (readonly [string, string])[] = []): readonly Pair[] =>
    levels.map(([price, size]) => [Number(price), Number(size)]);
  return { bids: pairs(book?.bids), asks: pairs(book?.asks) };
}

/** Every book from a sequence on, cut to so many levels, as text. */
function booksSince(venue: SimulatedDxLink, first: number, levels: number): ReadonlySet<string> {
  const last = venue.market.trueBook('AAPL')?.sequence ?? first;
  const all = new Set<string>();
  for (let sequence = first; sequence <= last; sequence += 1) {
    const { bids, asks } = truth(venue, sequence);
    all.add(textOf([bids.slice(0, levels), asks.slice(0, levels)]));
  }
  return all;
}

/** The books that orders make, one for each transaction and snapshot, by its time: a fold of its own. */
function* foldOrders(events: readonly Event[]): Iterable<{ readonly time: number; readonly book: Sides }> {
  let orders = new Map<number, Event>();
  let pending: Event[] = [];
  let isPartial = false;
  let isSnapshot = false;
  for (const event of events) {
    const { eventFlags } = event;
    if ((eventFlags & 4) !== 0) [pending, isPartial, isSnapshot] = [[], true, true];
    if ((eventFlags & 24) !== 0) isPartial = false;
    pending.push(event);
    if ((eventFlags & 1) !== 0 || isPartial) continue;
    if (isSnapshot) orders = new Map();
    for (const one of pending) {
      if ((one.eventFlags & 2) !== 0 || !(Number(one.size) > 0)) orders.delete(one.orderId);
      else orders.set(one.orderId, one);
    }
    const side = (name: string, sign: number): readonly Pair[] => {
      const sums = new Map<number, number>();
      for (const { orderSide, price, size } of orders.values()) {
        if (orderSide === name) sums.set(Number(price), (sums.get(Number(price)) ?? 0) + Number(size));
      }
      return [...sums].sort(([a], [b]) => sign * (a - b));
    };
    yield { time: event.time, book: { bids: side('BUY', -1), asks: side('SELL', 1) } };
    [pending, isSnapshot] = [[], false];
  }
}

/** The times of candles, snapshot by snapshot, each with the marker of its end. */
function candleSnapshots(candles: readonly Event[]): readonly (readonly number[])[] {
  const snapshots: number[][] = [];
  let isOpen = false;
  for (const { eventFlags, time } of candles) {
    if ((eventFlags & 4) !== 0) {
      snapshots.push([]);
      isOpen = true;
    }
    if (isOpen) snapshots.at(-1)?.push(time);
    if ((eventFlags & 24) !== 0) isOpen = false;
  }
  return snapshots;
}

itWith(
  '@dxfeed/dxlink-api',
  'the official client of dxLink is told what is true, over a reconnect, and no more of what it left',
  async () => {
    const venue = simulatedDxLink({
      activity: 10,
      faults: parseFaults('closeCleanly=1012@3s'),
      tokens: (token) => (token === TOKEN ? Infinity : undefined),
    });
    const first = venue.market.trueBook('AAPL')?.sequence ?? 0;
    const begun = Date.now();
    const served = await serve(venue);
    try {
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [join(__dirname, 'dxlink.mjs'), served.url, TOKEN, '8000'],
        { timeout: 30_000, maxBuffer: 64 * 1024 * 1024 },
      );
      const lines = stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Line);
      const of = (kind: string): readonly unknown[] =>
        lines.filter((line) => line.kind === kind).map(({ value }) => value);
      const events = of('event') as readonly Event[];
      const eventsOf = (type: string, symbol = 'AAPL'): readonly Event[] =>
        events.filter(({ eventType, eventSymbol }) => eventType === type && eventSymbol === symbol);
      const trades = venue.market.instrument('AAPL')?.tape.tradesAfter(0) ?? [];

      // Connected, lost by the venue's own closing, connected again; authorised each time.
      expect(of('connection').filter((state) => state === 'CONNECTED')).toHaveLength(2);
      expect(of('auth').filter((state) => state === 'AUTHORIZED')).toHaveLength(2);
      expect(of('config')).toContain('COMPACT');

      // The best of each quote is one of the market's, and an index has no sizes.
      const tops = booksSince(venue, first, 1);
      const quotes = eventsOf('Quote').map(({ bidPrice, bidSize, askPrice, askSize }) =>
        textOf([[[bidPrice, bidSize]], [[askPrice, askSize]]]),
      );
      expect(quotes.length).toBeGreaterThan(20);
      expect(quotes.filter((quote) => !tops.has(quote))).toEqual([]);
      expect(eventsOf('Quote', 'SPX')[0]).toMatchObject({ bidSize: 'NaN', askSize: 'NaN' });

      // Each trade happened, and of time and sales none is left out while the wire stands.
      const tape = new Set(trades.map(({ at, price, size }) => textOf([at, Number(price), Number(size)])));
      for (const type of ['Trade', 'TimeAndSale']) {
        const told = eventsOf(type).map(({ time, price, size }) => textOf([time, price, size]));
        expect(told.length).toBeGreaterThan(5);
        expect(told.filter((one) => !tape.has(one))).toEqual([]);
      }
      const steps = eventsOf('TimeAndSale').map(
        ({ sequence }, place, all) => sequence - (all[place - 1]?.sequence ?? 0),
      );
      expect(steps.slice(1).filter((step) => step !== 1).length).toBeLessThanOrEqual(1);

      // Each wire begins with a snapshot, newest first, down to the marker at the time that was asked for.
      const rows = eventsOf('Candle', 'AAPL{=m}');
      const snapshots = candleSnapshots(rows);
      expect(snapshots).toHaveLength(2);
      for (const times of snapshots) {
        expect(times.length).toBeGreaterThan(8);
        expect(times).toEqual([...times].sort((a, b) => b - a));
        expect(Math.abs((times.at(-1) ?? 0) - (begun - 600_000))).toBeLessThan(60_000);
      }

      // What is no history is made of trades in a row: its first, highest, lowest and last price, and the sum of their sizes.
      const live = snapshots[0]?.[0] ?? Infinity;
      const grown = rows.filter(({ time, volume }) => time >= live && volume > 0);
      expect(grown.length).toBeGreaterThan(0);
      const strange = grown.filter(({ open, high, low, close, volume }) => {
        const isMade = trades.some((_, end) => {
          const prices: number[] = [];
          for (let place = end, left = volume; place >= 0 && left > 1e-6; place -= 1) {
            left -= Number(trades[place]?.size);
            prices.unshift(Number(trades[place]?.price));
            if (left < -1e-6) return false;
          }
          const made = [prices[0], Math.max(...prices), Math.min(...prices), prices.at(-1)];
          return textOf(made) === textOf([open, high, low, close]);
        });
        return !isMade;
      });
      expect(strange).toEqual([]);

      // Orders make the market's book, transaction by transaction, on both wires.
      const orders = eventsOf('Order');
      expect(orders.filter(({ eventFlags }) => (eventFlags & 4) !== 0)).toHaveLength(2);
      let compared = 0;
      for (const { time, book } of foldOrders(orders)) {
        expect([time, book]).toEqual([time, truth(venue, venue.sequenceAt('AAPL', 'NTV', time))]);
        compared += 1;
      }
      expect(compared).toBeGreaterThan(30);

      // So does the DOM, three levels deep.
      const deep = booksSince(venue, first, 3);
      const doms = of('dom') as readonly Record<'bids' | 'asks', readonly { price: number; size: number }[]>[];
      const pairs = (levels: readonly { price: number; size: number }[]) =>
        levels.map(({ price, size }) => [price, size]);
      expect(doms.length).toBeGreaterThan(10);
      expect(doms.map(({ bids, asks }) => textOf([pairs(bids), pairs(asks)])).filter((one) => !deep.has(one))).toEqual(
        [],
      );

      // What was left is told no more, once the word has gone out, and not wanted again on the next wire.
      const texts = venue
        .stats()
        .connections.map((connection) => connection.texts.filter((one) => one.includes('SPX')));
      expect(texts[0]?.some((one) => one.includes('"remove":[{"type":"Quote","symbol":"SPX"}]'))).toBe(true);
      expect(texts[1]).toEqual([]);
      const after = lines.slice(lines.findIndex(({ kind }) => kind === 'removed'));
      expect(after.filter(({ value }) => (value as Event | null)?.eventSymbol === 'SPX').length).toBeLessThanOrEqual(5);
      expect(venue.stats().violations).toEqual([]);
    } finally {
      await served.close();
      venue.close();
    }
  },
  60_000,
);

it('a ping is answered with what it held', async () => {
  const venue = simulatedDxLink();
  const served = await serve(venue);
  const socket = new WebSocket(served.url);
  try {
    await once(socket, 'open');
    const answer = once(socket, 'pong');
    socket.ping('are you there');
    expect(String((await answer)[0])).toBe('are you there');
  } finally {
    socket.terminate();
    await served.close();
    venue.close();
  }
});

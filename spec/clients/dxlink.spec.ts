import { once } from 'node:events';
import WebSocket from 'ws';
import { serve } from '../../lib/node/serve.js';
import { type SimulatedDxLink, type SimulatedVenue, simulatedDxLink } from '../../lib/simulation/index.js';
import { clientOf, type Line } from './client.js';
import { itWith } from './installed.js';

const TOKEN = 'quote-token';
/** Of what the client sends when it leaves a quote. */
const LEFT = '"remove":[{"type":"Quote","symbol":"SPX"}]';

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

/** The venue, and what it says of a quote after it has heard that the client leaves it. */
function overheard(venue: SimulatedVenue, late: string[]): SimulatedVenue {
  let isLeft = false;
  return {
    ...venue,
    accept: (request, connection) => {
      const side = venue.accept(request, {
        ...connection,
        send: (text) => {
          if (isLeft && text.includes('"SPX"')) late.push(text);
          connection.send(text);
        },
      });
      if (!('receive' in side)) return side;
      return {
        control: (kind) => side.control?.(kind),
        closed: () => side.closed(),
        receive: (text) => {
          side.receive(text);
          isLeft ||= text.includes(LEFT);
        },
      };
    },
  };
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
    yield {
      time: event.time,
      book: { bids: side('BUY', -1), asks: side('SELL', 1) },
    };
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
      tokens: (token) => (token === TOKEN ? Infinity : undefined),
    });
    const first = venue.market.trueBook('AAPL')?.sequence ?? 0;
    const late: string[] = [];
    const served = await serve(overheard(venue, late));
    const lines: Line[] = [];
    const client = clientOf('dxlink.mjs', [served.url, TOKEN], (line) => lines.push(line));
    /** Until it was told so many more of a kind of event. */
    const more = async (type: string, count: number): Promise<void> => {
      const isOne = ({ kind, value }: Line): boolean => kind === 'event' && (value as Event).eventType === type;
      for (let i = 0; i < count; i += 1) await client.until(isOne);
    };
    const everything = async (): Promise<void> => {
      await more('Quote', 15);
      await more('TimeAndSale', 5);
      await more('Trade', 3);
      await more('Candle', 3);
      // A transaction is of several orders.
      await more('Order', 300);
      for (let i = 0; i < 6; i += 1) await client.until(({ kind }) => kind === 'dom');
    };
    try {
      await everything();
      client.say('remove');
      await client.until(({ kind }) => kind === 'removed');
      while (!venue.stats().connections[0]?.texts.some((text) => text.includes(LEFT))) await more('Quote', 1);
      await everything();
      venue.faults.inject('closeCleanly', { code: 1012 });
      await client.until(({ kind, value }) => kind === 'connection' && value === 'CONNECTED');
      await everything();
      client.say('end');
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
      expect(eventsOf('Quote', 'SPX')[0]).toMatchObject({
        bidSize: 'NaN',
        askSize: 'NaN',
      });

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
        const before = Number(of('from')[0]) - (times.at(-1) ?? 0);
        expect(before >= 0 && before < 60_000).toBe(true);
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

      // What was left is told no more from when the venue has heard of it, and not wanted again on the next wire.
      expect(late).toEqual([]);
      const texts = venue.stats().connections.map((connection) => connection.texts);
      expect(texts[0]?.filter((text) => text.includes(LEFT))).toHaveLength(1);
      expect(texts[1]?.filter((text) => text.includes('SPX'))).toEqual([]);
      expect(venue.stats().violations).toEqual([]);
    } finally {
      await client.end();
      await served.close();
      venue.close();
    }
  },
  120_000,
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

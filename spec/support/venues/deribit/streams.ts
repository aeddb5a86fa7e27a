import type { LevelText } from '../../../../lib/simulation/market/side.js';
import type { SimulatedInstrument } from '../../../../lib/simulation/market/simulatedInstrument.js';
import { type DepthSides, DepthWindow } from '../../../../lib/simulation/topics/depthWindow.js';
import type { TopicBroadcast } from '../../../../lib/simulation/topics/topicBroadcast.js';
import type { SpecVenueHost } from '../specVenue.js';

/**
 * What the venue's books do now and then.
 *
 * - How one begins. `changeFromNothing`: with a `change` that goes on from 0. `changeFromNull`: from null. `untyped`: without a
 *   type, as in 2019. `namesPrevious`: with a snapshot that names what was before. `changeFirst`: a change comes before it.
 * - `wholeAgain`: a snapshot in the midst. `idsFall`: ids go on far lower, linked. `idsAnew`: ids that go on from nothing known.
 * - `merged`: what changed in several steps, in one frame.
 */
export const streamOddities = [
  ...(['changeFromNothing', 'changeFromNull', 'untyped', 'namesPrevious', 'changeFirst'] as const),
  ...(['wholeAgain', 'idsFall', 'idsAnew', 'merged'] as const),
] as const;

const BOOK = /^book\.(.+)\.(100ms|agg2)$/;
const WHOLE = /^(.+)\.none\.(1|10|20)$/;
const TRADES = /^trades\.(.+)\.(100ms|agg2)$/;
/** How often an interval of that name tells, in ms; where it is a step of the market, with each. */
const every = (interval: string | undefined): number => (interval === 'agg2' ? 1_000 : 0);
/** How far ids fall. */
const FAR = 1_000_000;

/** The stream of a channel; none where there is no such. */
export function streamOf(channel: string, host: SpecVenueHost): TopicBroadcast | undefined {
  const [, what = '', pace] = BOOK.exec(channel) ?? [];
  const [, whole = '', levels] = WHOLE.exec(what) ?? [];
  const [, traded = '', tradePace] = TRADES.exec(channel) ?? [];
  const [name, instrument] =
    [what, whole, traded].map((one) => [one, host.instruments.get(one)] as const).find(([, one]) => one) ?? [];
  if (name === undefined || instrument === undefined) return undefined;
  const config = { channel, name, instrument, host };
  if (traded !== '') return tradeStream(config, every(tradePace));
  return levels === undefined ? bookStream(config, every(pace)) : wholeStream(config, every(pace), Number(levels));
}

interface StreamConfig {
  readonly channel: string;
  readonly name: string;
  readonly instrument: SimulatedInstrument;
  readonly host: SpecVenueHost;
}

const notified = (channel: string, data: unknown): string =>
  JSON.stringify({ jsonrpc: '2.0', method: 'subscription', params: { channel, data } });

type Row = readonly [action: 'new' | 'change' | 'delete', price: number, amount: number];

const rowsOf = (levels: readonly LevelText[], known: readonly LevelText[]): readonly Row[] => {
  const before = new Set(known.map(([price]) => price));
  return levels.map(([price, size]) => {
    const action = Number(size) === 0 ? 'delete' : before.has(price) ? 'change' : 'new';
    return [action, Number(price), Number(size)];
  });
};

/** How frames of a book say what they go on from. */
type Lead = Readonly<{ type?: 'snapshot' | 'change'; prev_change_id?: number | null }>;

const nothing: DepthSides = { bids: [], asks: [] };

/** One book: what it stands at, and its frames. */
class Book {
  readonly #window: DepthWindow;
  #id: number;
  last: DepthSides = nothing;

  constructor(
    private readonly config: StreamConfig,
    readonly venue: SpecVenueHost = config.host,
  ) {
    this.#window = new DepthWindow(config.instrument, { tellsPushedOut: true });
    this.#id = venue.firstNumber();
  }

  get whole(): DepthSides {
    return this.#window.whole;
  }

  /** All of it. */
  beginning(lead: Lead, now: number): string {
    return this.#frame(lead, { bids: rowsOf(this.whole.bids, []), asks: rowsOf(this.whole.asks, []) }, now);
  }

  /** What has changed. */
  collect(now: number): string | undefined {
    const { oddities } = this.venue;
    const { channel } = this.config;
    const known = this.whole;
    const sides = this.#window.collect();
    if (sides === undefined) return undefined;
    this.last = sides;
    const before = this.#id;
    this.#id += 1 + Math.floor(this.venue.draw() * 50);
    if (this.#id > 2 * FAR && oddities.take('idsFall', channel) !== undefined) this.#id -= FAR;
    if (oddities.take('wholeAgain', channel) !== undefined) return this.beginning({ type: 'snapshot' }, now);
    const isAnew = oddities.take('idsAnew', channel) !== undefined;
    if (isAnew) this.#id = this.venue.firstNumber();
    const previous = isAnew ? this.#id + 7 : before;
    const rows = { bids: rowsOf(sides.bids, known.bids), asks: rowsOf(sides.asks, known.asks) };
    return this.#frame({ type: 'change', prev_change_id: previous }, rows, now);
  }

  /** A change of before, which nobody can do anything with. */
  stray(now: number): string {
    return this.#frame({ type: 'change', prev_change_id: Math.max(1, this.#id - 3) }, { bids: [], asks: [] }, now);
  }

  #frame({ type, prev_change_id }: Lead, { bids, asks }: Record<'bids' | 'asks', readonly Row[]>, now: number): string {
    const { channel, name } = this.config;
    const lead = { type, timestamp: now, ...(prev_change_id === undefined ? {} : { prev_change_id }) };
    return notified(channel, { ...lead, instrument_name: name, change_id: this.#id, bids, asks });
  }
}

const beginnings: readonly (readonly [string, Lead])[] = [
  ['changeFromNothing', { type: 'change', prev_change_id: 0 }],
  ['changeFromNull', { type: 'change', prev_change_id: null }],
  ['untyped', {}],
  ['namesPrevious', { type: 'snapshot', prev_change_id: 20 }],
];

function bookStream(config: StreamConfig, pace: number): TopicBroadcast {
  const { channel, host } = config;
  const book = new Book(config);
  return {
    stream: channel,
    every: pace,
    diff: true,
    opening: (now) => {
      const stray = host.oddities.take('changeFirst', channel) === undefined ? [] : [book.stray(now)];
      const odd = beginnings.find(([name]) => host.oddities.take(name, channel) !== undefined);
      return [...stray, book.beginning(odd?.[1] ?? { type: 'snapshot' }, now)];
    },
    collect: (now) => {
      if (host.oddities.take('merged', channel) !== undefined) return [];
      const frame = book.collect(now);
      return frame === undefined ? [] : [frame];
    },
    cross: (payload) => {
      const [best] = book.whole.asks;
      if (best === undefined) return undefined;
      const comma = book.last.bids.length > 0 ? ',' : '';
      return payload.replace('"bids":[', `"bids":[["new",${Number(best[0]) * 2},1]${comma}`);
    },
  };
}

/** The best levels, whole in each message. */
function wholeStream({ channel, name, instrument, host }: StreamConfig, pace: number, depth: number): TopicBroadcast {
  const window = new DepthWindow(instrument, { depth, tellsPushedOut: true });
  let id = host.firstNumber();
  const pairs = (levels: readonly LevelText[]): readonly (readonly number[])[] =>
    levels.map((level) => level.map(Number));
  const frame = (now: number): string => {
    const { bids, asks } = window.whole;
    const told = { timestamp: now, instrument_name: name, change_id: id };
    return notified(channel, { ...told, bids: pairs(bids), asks: pairs(asks) });
  };
  return {
    stream: channel,
    every: pace,
    diff: false,
    opening: (now) => [frame(now)],
    collect: (now) => {
      if (window.collect() === undefined) return [];
      id += 1 + Math.floor(host.draw() * 50);
      if (host.oddities.take('idsAnew', channel) !== undefined) id = host.firstNumber();
      return [frame(now)];
    },
  };
}

function tradeStream({ channel, name, instrument: { tape } }: StreamConfig, pace: number): TopicBroadcast {
  let last = tape.lastTrade;
  return {
    stream: channel,
    every: pace,
    diff: false,
    opening: () => [],
    collect: () => {
      const trades = tape.tradesAfter(last);
      last = tape.lastTrade;
      if (trades.length === 0) return [];
      const rows = trades.map(({ id, at, price, size, side }) => {
        const figures = { price: Number(price), amount: Number(size), mark_price: Number(price), tick_direction: 0 };
        return { trade_seq: id, trade_id: `${id}`, timestamp: at, instrument_name: name, direction: side, ...figures };
      });
      return [notified(channel, rows)];
    },
  };
}

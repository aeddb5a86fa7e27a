import type { LevelText } from '../../../../lib/simulation/market/side.js';
import type { SimulatedInstrument } from '../../../../lib/simulation/market/simulatedInstrument.js';
import { type DepthSides, DepthWindow } from '../../../../lib/simulation/topics/depthWindow.js';
import type { TopicBroadcast } from '../../../../lib/simulation/topics/topicBroadcast.js';
import type { SpecVenueHost } from '../specVenue.js';

/**
 * What the venue's books and trades do now and then.
 *
 * - `restart`: numbers begin anew at 1, with a whole book. `restartAsDelta`: the same, and the whole book is called a delta.
 * - `numbersFall`, `numbersJump`: numbers go on far lower, or far ahead, with what changed.
 * - `wholeAgain`: a snapshot in the midst, under the next number. `emptyDelta`: a number under which nothing changed.
 * - `merged`: what changed in several steps, in one frame. `tradeByTrade`: a frame for each trade of a step.
 */
export const streamOddities = [
  ...(['restart', 'restartAsDelta', 'numbersFall', 'numbersJump'] as const),
  ...(['wholeAgain', 'emptyDelta', 'merged', 'tradeByTrade'] as const),
] as const;

/** A book of one level repeats itself after so long without a change, in ms. */
const REPEATED = 3_000;
/** Two restarts so close that a lost frame lies between them look like none: it is not the venue's way. */
const LEAST_LIFE = 20;
/** How far numbers fall and jump: by more than a book could have been left behind. */
const FAR = 1_000_000;

const ORDERBOOK = /^orderbook\.(\d+)\.(.+)$/;
const TRADES = /^publicTrade\.(.+)$/;
const depths: Readonly<Record<string, readonly string[]>> = { option: ['25', '100'] };
const usualDepths: readonly string[] = ['1', '50', '200', '1000'];

/** The stream of a topic in a category of markets; none where there is no such. */
export function streamOf(topic: string, category: string, host: SpecVenueHost): TopicBroadcast | undefined {
  const [, depth = '', symbol = ''] = ORDERBOOK.exec(topic) ?? [];
  const instrument = host.instruments.get(symbol);
  if (instrument !== undefined && (depths[category] ?? usualDepths).includes(depth)) {
    const config = { topic, symbol, instrument, depth: Number(depth), host };
    return depth === '1' ? topStream(config) : bookStream(config);
  }
  const traded = TRADES.exec(topic)?.[1];
  const listed = [...host.instruments].filter(([name]) =>
    category === 'option' ? name.split('-')[0] === traded : name === traded,
  );
  return listed.length === 0 ? undefined : tradeStream(topic, listed, host);
}

interface BookConfig {
  readonly topic: string;
  readonly symbol: string;
  readonly instrument: SimulatedInstrument;
  readonly depth: number;
  readonly host: SpecVenueHost;
}

const rows = (levels: readonly LevelText[]): readonly LevelText[] =>
  levels.map(([price, size]) => [price, Number(size) === 0 ? '0' : size]);

const nothing: DepthSides = { bids: [], asks: [] };

/** Frames of one book, and the number of the last. */
class Frames {
  #number: number;

  constructor(private readonly config: BookConfig) {
    this.#number = config.host.firstNumber();
  }

  goTo(number: number): void {
    this.#number = number;
  }

  get number(): number {
    return this.#number;
  }

  frame(type: 'snapshot' | 'delta', { bids, asks }: DepthSides, now: number): string {
    const { topic, symbol, instrument } = this.config;
    const data = { s: symbol, b: rows(bids), a: rows(asks), u: this.#number, seq: instrument.book.sequence };
    return JSON.stringify({ topic, type, ts: now, data, cts: now - 1 });
  }

  next(type: 'snapshot' | 'delta', sides: DepthSides, now: number): string {
    this.#number += 1;
    return this.frame(type, sides, now);
  }
}

function bookStream(config: BookConfig): TopicBroadcast {
  const { topic, instrument, depth, host } = config;
  const { oddities } = host;
  const window = new DepthWindow(instrument, { depth, tellsPushedOut: true });
  const frames = new Frames(config);
  let last = window.whole;
  const tell = (sides: DepthSides, now: number): string => {
    last = sides;
    const isOld = frames.number > LEAST_LIFE;
    const isRestart = isOld && oddities.take('restart', topic) !== undefined;
    if (isRestart || (isOld && oddities.take('restartAsDelta', topic) !== undefined)) {
      frames.goTo(1);
      return frames.frame(isRestart ? 'snapshot' : 'delta', window.whole, now);
    }
    if (frames.number > 2 * FAR && oddities.take('numbersFall', topic) !== undefined) frames.goTo(frames.number - FAR);
    if (oddities.take('numbersJump', topic) !== undefined) frames.goTo(frames.number + FAR);
    if (oddities.take('wholeAgain', topic) !== undefined) return frames.next('snapshot', window.whole, now);
    return frames.next('delta', sides, now);
  };
  return {
    stream: topic,
    every: 0,
    diff: true,
    opening: (now) => [frames.frame('snapshot', window.whole, now)],
    collect: (now) => {
      if (oddities.take('merged', topic) !== undefined) return [];
      const empty = oddities.take('emptyDelta', topic) === undefined ? [] : [frames.next('delta', nothing, now)];
      const sides = window.collect();
      return sides === undefined ? empty : [...empty, tell(sides, now)];
    },
    cross: (payload) => {
      const [best] = window.whole.asks;
      if (best === undefined || !payload.includes('"b":[')) return undefined;
      return payload.replace('"b":[', `"b":[["${Number(best[0]) * 2}","1"]${last.bids.length > 0 ? ',' : ''}`);
    },
  };
}

/** The best level of each side, whole in each message. */
function topStream(config: BookConfig): TopicBroadcast {
  const { topic, instrument, host } = config;
  const window = new DepthWindow(instrument, { depth: 1, tellsPushedOut: true });
  const frames = new Frames(config);
  let told = -Infinity;
  return {
    stream: topic,
    every: 0,
    diff: false,
    opening: (now) => [frames.frame('snapshot', window.whole, now)],
    collect: (now) => {
      const isChanged = window.collect() !== undefined;
      if (!isChanged && now - told < REPEATED) return [];
      told = now;
      if (frames.number > LEAST_LIFE && host.oddities.take('restart', topic) !== undefined) frames.goTo(0);
      return [isChanged ? frames.next('snapshot', window.whole, now) : frames.frame('snapshot', window.whole, now)];
    },
  };
}

function tradeStream(
  topic: string,
  listed: readonly (readonly [string, SimulatedInstrument])[],
  { oddities }: SpecVenueHost,
): TopicBroadcast {
  const last = new Map(listed.map(([name, { tape }]) => [name, tape.lastTrade]));
  const news = ([s, { tape, book }]: (typeof listed)[number]): readonly object[] => {
    const trades = tape.tradesAfter(last.get(s) ?? 0);
    last.set(s, tape.lastTrade);
    return trades.map(({ id, at, price, size, side }) => {
      const taker = side === 'buy' ? 'Buy' : 'Sell';
      return { T: at, s, S: taker, v: size, p: price, L: 'PlusTick', i: `${id}`, BT: false, seq: book.sequence };
    });
  };
  return {
    stream: topic,
    every: 0,
    diff: false,
    opening: () => [],
    collect: (now) => {
      const trades = listed.flatMap(news);
      if (trades.length === 0) return [];
      const isSingle = oddities.take('tradeByTrade', topic) !== undefined;
      const frames = isSingle ? trades.map((trade) => [trade]) : [trades];
      return frames.map((data) => JSON.stringify({ topic, type: 'snapshot', ts: now, data }));
    },
  };
}

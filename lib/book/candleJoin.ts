import type { Candle } from '../model/candle.js';
import { compareDecimals } from './decimals.js';

/**
 * How far a stream of candles and what was loaded of their past have come together. `idle`: no session; `loading`: what the
 * session tells is held until the past is there; `joined`: what it tells goes on from what was emitted.
 */
export interface CandleJoin {
  readonly phase: 'idle' | 'loading' | 'joined';
  /** The candle that was emitted last. */
  readonly last?: Candle | undefined;
  /** The one before it. */
  readonly previous?: Candle | undefined;
  /** Whether the stream of this session told the last one: then it has told all of it that there is. */
  readonly isFollowed: boolean;
  /** Whether the venue says itself when one is over: one that it tells open behind the next is no correction, it came late. */
  readonly tellsEnds: boolean;
  /** Whether the stream itself told the end of one that it had told open before. */
  readonly hasEnded: boolean;
  /** What the session told while the past was loading. */
  readonly held: readonly Candle[];
  /** How often in a row what was loaded ended before the stream began. */
  readonly short: number;
}

/** What happens to it. */
export type CandleInput =
  /** The venue tells every change from now on, as far as is known. */
  | { readonly type: 'begun' }
  /** A frame could not be read: what it told is missing. */
  | { readonly type: 'missed' }
  | { readonly type: 'lost' }
  | { readonly type: 'live'; readonly candle: Candle }
  /** What was requested after the session began, in the order of their beginnings. */
  | { readonly type: 'loaded'; readonly candles: readonly Candle[] };

/** What comes of a step: the candles to be emitted, and whether the past is to be loaded (again). */
export interface CandleStep {
  readonly join: CandleJoin;
  readonly emitted: readonly Candle[];
  readonly want?: 'load' | undefined;
}

/** Before anything happened. */
export const unjoined: CandleJoin = {
  phase: 'idle',
  isFollowed: false,
  tellsEnds: false,
  hasEnded: false,
  held: [],
  short: 0,
};

/** How often a past that ends before the stream begins is loaded again before that is taken for how it is. */
const PATIENCE = 3;

/**
 * One step of joining candles that are streamed to those that are loaded.
 *
 * - Candles are emitted in the order of their beginnings, each closed before the next one.
 * - What is loaded was requested when the stream told already: of two tellings of one candle the one that is closed counts, of
 *   two that are open the one with more volume.
 * - A candle that the stream told is over when it tells the next one. One that it did not tell in this session is not known to
 *   be whole, nor to be the one before, then, nor is one whose end it did not tell though it told that of others: the past is
 *   loaded again from there on.
 *
 * @param count How many candles are wanted at the beginning, the present one among them.
 */
export function advanceCandles(join: CandleJoin, input: CandleInput, count: number): CandleStep {
  switch (input.type) {
    case 'begun':
      return join.phase === 'idle' ? loading(join, []) : { join, emitted: [] };
    case 'missed':
      // Held candles may lack an end now: what is loaded next has it.
      return join.phase === 'idle' ? { join, emitted: [] } : loading(join, []);
    case 'lost':
      return { join: { ...join, phase: 'idle', isFollowed: false, held: [], short: 0 }, emitted: [] };
    case 'live':
      if (join.phase === 'idle') return loading(join, [input.candle]);
      if (join.phase === 'loading') return { join: { ...join, held: hold(join.held, input.candle) }, emitted: [] };
      return follow(join, input.candle);
    case 'loaded':
      return meet(join, input.candles, count);
  }
}

const loading = (join: CandleJoin, held: readonly Candle[]): CandleStep => ({
  join: { ...join, phase: 'loading', isFollowed: false, held, short: 0 },
  emitted: [],
  want: 'load',
});

const closed = (candle: Candle): Candle => (candle.closed ? candle : { ...candle, closed: true });

/** One a beginning, in their order: the one that is closed, or the later one. */
function hold(held: readonly Candle[], candle: Candle): readonly Candle[] {
  const same = held.find(({ openTime }) => openTime === candle.openTime);
  if (same?.closed === true && !candle.closed) return held;
  return [...held.filter((one) => one !== same), candle].sort((a, b) => a.openTime - b.openTime);
}

/** What a joined stream tells next. */
function follow(join: CandleJoin, candle: Candle): CandleStep {
  const { last, previous, isFollowed } = join;
  const isSameBar = last?.openTime === candle.openTime;
  const next = (emitted: readonly Candle[]): CandleStep => ({
    join: {
      ...join,
      ...lastOf(emitted, last, previous),
      isFollowed: true,
      tellsEnds: join.tellsEnds || candle.closed,
      hasEnded: join.hasEnded || (isFollowed && isSameBar && candle.closed && !last.closed),
    },
    emitted,
  });
  if (last === undefined) return next([candle]);
  if (candle.openTime > last.openTime) {
    // What was loaded may have been told before something that the stream did not tell; an end that was never told is missing.
    if (!isFollowed || (join.hasEnded && !last.closed)) return loading(join, [candle]);
    return next(last.closed ? [candle] : [closed(last), candle]);
  }
  if (candle.openTime < last.openTime) {
    // A correction of the one before; whatever is older was emitted, or is a past that the venue repeats.
    if (previous?.openTime !== candle.openTime || isSame(previous, closed(candle))) return { join, emitted: [] };
    // With less volume it was on its way when the past was loaded.
    if (!candle.closed && (join.tellsEnds || isLess(candle, previous))) return { join, emitted: [] };
    return { join: { ...join, previous: closed(candle) }, emitted: [closed(candle)] };
  }
  if (last.closed) return candle.closed && !isSame(last, candle) ? next([candle]) : { join, emitted: [] };
  // What was loaded may be newer than what was on its way.
  const isOld = !isFollowed && !candle.closed && isLess(candle, last);
  return isOld ? { join, emitted: [] } : next([candle]);
}

function lastOf(
  emitted: readonly Candle[],
  last: Candle | undefined,
  previous: Candle | undefined,
): Pick<CandleJoin, 'last' | 'previous'> {
  let [newest, before] = [last, previous];
  for (const candle of emitted) {
    if (newest !== undefined && candle.openTime > newest.openTime) before = newest;
    newest = candle;
  }
  return { last: newest, previous: before };
}

const isLess = (a: Candle, b: Candle): boolean => compareDecimals(a.exact.volume, b.exact.volume) < 0;

const isSame = (a: Candle, b: Candle): boolean =>
  a.closed === b.closed &&
  (['open', 'high', 'low', 'close', 'volume'] as const).every(
    (key) => compareDecimals(a.exact[key], b.exact[key]) === 0,
  );

/** From when on candles are wanted, and from when on there are some, in ms. */
export interface MissingCandles {
  readonly expected: number;
  readonly received: number;
}

/** What the past lacks behind what was emitted last, if anything. */
export function missingBefore({ last }: CandleJoin, [first]: readonly Candle[]): MissingCandles | undefined {
  const isLate = last !== undefined && first !== undefined && first.openTime > last.openTime;
  return isLate ? { expected: last.openTime, received: first.openTime } : undefined;
}

/**
 * What is missing between a past that is taken for how it is and the stream, if anything. A last candle that was loaded open
 * may lack its end.
 */
export function missingBehind(
  { phase, held, last, short }: CandleJoin,
  loaded: readonly Candle[],
  count: number,
): MissingCandles | undefined {
  const [begin, end] = [held[0], loaded.at(-1) ?? last];
  if (phase !== 'loading' || short < PATIENCE || begin === undefined || end === undefined) return undefined;
  const isWanted = last !== undefined || held.length < count;
  const expected = end.closed ? end.closeTime + 1 : end.openTime;
  return isWanted && expected < begin.openTime ? { expected, received: begin.openTime } : undefined;
}

/** The past is there: it meets what was held. */
function meet(join: CandleJoin, loaded: readonly Candle[], count: number): CandleStep {
  const { held, last, previous, short } = join;
  if (join.phase !== 'loading') return { join, emitted: [] };
  const [end, begin] = [(loaded.at(-1) ?? last)?.openTime ?? -Infinity, held[0]?.openTime ?? -Infinity];
  if (end < begin && short < PATIENCE) return { join: { ...join, short: short + 1 }, emitted: [], want: 'load' };
  const present = Math.max(end, held.at(-1)?.openTime ?? -Infinity);
  // What was emitted last may be older than all that the venue still has.
  const all = new Map(last === undefined ? [] : [[last.openTime, last]]);
  for (const candle of loaded) all.set(candle.openTime, candle.openTime < end ? closed(candle) : candle);
  for (const candle of held) {
    const other = all.get(candle.openTime);
    const isBetter = other === undefined || candle.closed || (!other.closed && !isLess(candle, other));
    if (isBetter) all.set(candle.openTime, candle);
  }
  const merged = [...all.values()]
    .sort((a, b) => a.openTime - b.openTime)
    .map((candle) => (candle.openTime < present ? closed(candle) : candle));
  const news = merged.filter(
    ({ openTime }) => last === undefined || openTime > last.openTime || (openTime === last.openTime && !last.closed),
  );
  const emitted = last === undefined ? news.slice(-count) : news;
  const isFollowed = held.at(-1)?.openTime === present;
  return {
    join: { ...join, phase: 'joined', ...lastOf(emitted, last, previous), isFollowed, held: [], short: 0 },
    emitted,
  };
}

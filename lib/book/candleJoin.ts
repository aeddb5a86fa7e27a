import type { Candle } from '../model/candle.js';
import { type CandleBehind, behindWith, isAnew, isSameCandle } from './candlesAnew.js';
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
  /** What the stream told last behind the newest ones. */
  readonly behind?: CandleBehind | undefined;
  /** Whether the beginnings began anew: what is loaded may go on behind what the stream tells, by the clock as it was before. */
  readonly beganAnew?: boolean | undefined;
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
  /** The beginnings begin anew: where the stream was, and where it is. */
  readonly anew?: MissingCandles | undefined;
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
 * - One behind the newest that goes on being told is the present one: the clock of the venue was set back. All begins anew.
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
  join: { ...join, phase: 'loading', isFollowed: false, held, short: 0, behind: undefined },
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
      behind: undefined,
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
    if (previous?.openTime !== candle.openTime) return followBehind(join, last, candle);
    // A correction of the one before; with less volume it was on its way when the past was loaded.
    if (isSameCandle(previous, closed(candle))) return { join, emitted: [] };
    if (!candle.closed && (join.tellsEnds || isLess(candle, previous))) return { join, emitted: [] };
    return { join: { ...join, previous: closed(candle) }, emitted: [closed(candle)] };
  }
  if (last.closed) return candle.closed && !isSameCandle(last, candle) ? next([candle]) : { join, emitted: [] };
  // What was loaded may be newer than what was on its way.
  const isOld = !isFollowed && !candle.closed && isLess(candle, last);
  return isOld ? { join, emitted: [] } : next([candle]);
}

/** What is older than the one before was emitted, or is a past that the venue repeats; unless it goes on. */
function followBehind(join: CandleJoin, last: Candle, candle: Candle): CandleStep {
  const behind = behindWith(join.behind, candle);
  if (!isAnew(behind)) return { join: { ...join, behind }, emitted: [] };
  const { tellsEnds } = join;
  const begun = loading({ ...unjoined, tellsEnds, beganAnew: true }, [candle]);
  return { ...begun, anew: { expected: last.openTime, received: candle.openTime } };
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
function meet(join: CandleJoin, answer: readonly Candle[], count: number): CandleStep {
  const { held, last, previous, short } = join;
  if (join.phase !== 'loading') return { join, emitted: [] };
  const newest = held.at(-1)?.openTime ?? Infinity;
  const loaded = join.beganAnew === true ? answer.filter(({ openTime }) => openTime <= newest) : answer;
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
    join: {
      ...join,
      phase: 'joined',
      ...lastOf(emitted, last, previous),
      isFollowed,
      held: [],
      short: 0,
      beganAnew: false,
    },
    emitted,
  };
}

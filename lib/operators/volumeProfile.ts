import { scan, type OperatorFunction } from 'rxjs';
import type { Correctable } from '../book/correctable.js';
import { addDecimals, compareDecimals, floorToStep, subtractDecimals } from '../book/decimals.js';
import { KnownTrades } from '../book/knownTrades.js';
import { aCount, aFunction, checkOptions } from '../errors/optionRules.js';
import type { Trade } from '../model/trade.js';
import { latestOf } from './shared/latestOf.js';
import { aboveZero } from './aboveZero.js';

/** How a profile is divided, and what it remembers. */
export interface VolumeProfileConfig<T> {
  /** Prices are rounded down to multiples of this, in quote units. A text is taken digit for digit. Default: as they are. */
  readonly step?: string | number;
  /** How many trades that may be corrected are remembered; the oldest are forgotten first. Default: 100,000. */
  readonly remember?: number;
  /**
   * Called for a correction or cancellation of a trade that is not remembered, which changes nothing. Default: not told.
   */
  readonly onUnknown?: (trade: T) => void;
}

/** What was traded at one price, or from it up to the next step. */
export interface VolumeAtPrice {
  /** In quote units; the lower end where prices are put together by a step. */
  readonly price: number;
  /** Sum of the sizes that takers bought. */
  readonly buy: number;
  /** Sum of the sizes that takers sold. */
  readonly sell: number;
  /** The same as decimal texts. */
  readonly exact: { readonly price: string; readonly buy: string; readonly sell: string };
}

/** What was traded of one instrument at each price. A new value with each trade, never changed afterwards. */
export interface VolumeProfile {
  readonly instrument: string;
  /** Highest price first; only prices at which something was traded. */
  readonly levels: readonly VolumeAtPrice[];
  /** The level with the greatest volume, the highest of those that are alike; absent while there is none. */
  readonly pointOfControl: VolumeAtPrice | undefined;
}

/**
 * How the volume of one instrument is spread over its prices, told with each trade. Sums are exact. A trade that is told again
 * counts once, as it was told last; one that is cancelled or rolled back counts no more.
 *
 *     trades           -a-b-c-|
 *     volumeProfile    -x-y-z-|    drawn and tested in marbles/volumeProfile.txt
 *
 * @returns An operator. Each value copies the list of levels: put `conflate` behind it where few of them are looked at. Errors
 * and completes with the source; errors with what `onUnknown` throws.
 * @throws InvalidArgumentError at once for a config that can't be meant: a step that is not above 0, for instance.
 */
export function volumeProfile<T extends Trade & Correctable>(
  config: VolumeProfileConfig<T> = {},
): OperatorFunction<T, VolumeProfile> {
  checkOptions('config', config, { step: aboveZero, remember: aCount, onUnknown: aFunction });
  const { step, remember = 100_000, onUnknown } = config;
  const width = step === undefined ? undefined : String(step);
  const priceOf = ({ exact }: T): string => (width === undefined ? exact.price : floorToStep(exact.price, width));

  return (source) =>
    source.pipe(
      scan<T, Step<T>, Step<T> | undefined>((before, trade) => {
        const known = before?.known ?? new KnownTrades<T>(remember);
        const effect = known.effectOf(trade);
        let levels = before?.levels ?? [];
        if (effect === undefined) return { known, levels, latest: undefined, unknown: trade };
        if (effect.removed) levels = changed(levels, priceOf(effect.removed), effect.removed, subtractDecimals);
        if (effect.added) levels = changed(levels, priceOf(effect.added), effect.added, addDecimals);
        return { known, levels, latest: { instrument: trade.instrument, levels, pointOfControl: greatest(levels) } };
      }, undefined),
      latestOf(onUnknown),
    );
}

interface Step<T extends Trade & Correctable> {
  readonly known: KnownTrades<T>;
  readonly levels: readonly VolumeAtPrice[];
  readonly latest: VolumeProfile | undefined;
  readonly unknown?: T;
}

/** The levels after a trade was put to one of them, or taken from it. */
function changed(
  levels: readonly VolumeAtPrice[],
  price: string,
  { side, exact: { size } }: Trade,
  apply: (sum: string, size: string) => string,
): readonly VolumeAtPrice[] {
  const index = placeOf(levels, price);
  const there = levels[index];
  const isThere = there !== undefined && compareDecimals(there.exact.price, price) === 0;
  const before = isThere ? there.exact : { price, buy: '0', sell: '0' };
  const level = volumeAt({ ...before, [side]: apply(before[side], size) });
  const isEmpty = level.buy === 0 && level.sell === 0;
  return [...levels.slice(0, index), ...(isEmpty ? [] : [level]), ...levels.slice(isThere ? index + 1 : index)];
}

const volumeAt = (exact: VolumeAtPrice['exact']): VolumeAtPrice => ({
  price: Number(exact.price),
  buy: Number(exact.buy),
  sell: Number(exact.sell),
  exact,
});

/** The first place whose price is not above the one sought. */
function placeOf(levels: readonly VolumeAtPrice[], price: string): number {
  let [low, high] = [0, levels.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const level = levels[middle];
    if (level !== undefined && compareDecimals(level.exact.price, price) > 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function greatest(levels: readonly VolumeAtPrice[]): VolumeAtPrice | undefined {
  let best: VolumeAtPrice | undefined;
  for (const level of levels) if (best === undefined || isMore(level, best)) best = level;
  return best;
}

/** Doubles decide but where they are too near to tell. */
function isMore(a: VolumeAtPrice, b: VolumeAtPrice): boolean {
  const [left, right] = [a.buy + a.sell, b.buy + b.sell];
  if (Math.abs(left - right) > 1e-12 * right) return left > right;
  const sum = ({ exact: { buy, sell } }: VolumeAtPrice): string => addDecimals(buy, sell);
  return compareDecimals(sum(a), sum(b)) > 0;
}

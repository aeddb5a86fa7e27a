import { scan, type OperatorFunction } from 'rxjs';
import { type Correctable, isAboutAnother, isTakenBack, tradeName } from '../book/correctable.js';
import { addDecimals, subtractDecimals } from '../book/decimals.js';
import { aCount, aFunction, checkOptions } from '../errors/optionRules.js';
import { latestOf } from './shared/latestOf.js';

/** What volumes are added up from: trades of any venue, time and sales of dxLink. */
export interface Traded extends Correctable {
  readonly instrument: string;
  /** Absent where the venue tells none: such a trade adds nothing. */
  readonly size?: number | undefined;
  /** With it sizes are added exactly. */
  readonly exact?: { readonly size: string } | undefined;
}

/** What was traded of one instrument since the beginning. */
export interface Volume {
  readonly instrument: string;
  /** Sum of sizes. */
  readonly volume: number;
  /** The same, exact. */
  readonly exact: string;
  /** How many trades made it. */
  readonly trades: number;
}

/** Over which time volumes are summed up. */
export interface VolumeBySymbolConfig<T> {
  /**
   * How many trades that may be corrected are remembered, of all instruments together; the oldest are forgotten first.
   * Trades that no venue corrects are not. Default: 100,000.
   */
  readonly remember?: number;
  /**
   * Called for a correction or cancellation of a trade that is not remembered, which changes nothing: one from before the
   * beginning, or forgotten. Default: not told.
   */
  readonly onUnknown?: (trade: T) => void;
}

interface Step<T> {
  readonly volumes: Map<string, Volume>;
  /** Sizes of trades that may be corrected, exact, by instrument and name. */
  readonly sizes: Map<string, string>;
  readonly latest: Volume | undefined;
  readonly unknown?: T;
}

/**
 * The volume of each instrument so far, told with each of its trades. Sums are exact: the venue's texts are added. A trade
 * that is told again counts once, as it was told last; one that is cancelled or rolled back counts no more.
 *
 *     trades            -a-b-c-|
 *     volumeBySymbol    -x-y-z-|    drawn and tested in marbles/volumeBySymbol.txt
 *
 * @returns An operator. Remembers one sum for each instrument, and trades as configured. Errors and completes with the
 *   source; errors with what `onUnknown` throws.
 * @throws InvalidArgumentError at once for a config that can't be meant: a `remember` that is not at least 1, for instance.
 */
export function volumeBySymbol<T extends Traded>(config: VolumeBySymbolConfig<T> = {}): OperatorFunction<T, Volume> {
  checkOptions('config', config, { remember: aCount, onUnknown: aFunction });
  const { remember = 100_000, onUnknown } = config;

  /** The sums are kept in place: a copy for each trade would cost as much as there are instruments. */
  const add = (step: Step<T> | undefined, trade: T): Step<T> => {
    const { volumes, sizes } = step ?? { volumes: new Map<string, Volume>(), sizes: new Map<string, string>() };
    const { instrument, size, exact } = trade;
    const name = tradeName(trade);
    const key = name === undefined ? undefined : `${instrument} ${name}`;
    const knownSize = key === undefined ? undefined : sizes.get(key);
    const isOver = isTakenBack(trade);
    if (knownSize === undefined && isAboutAnother(trade)) return { volumes, sizes, latest: undefined, unknown: trade };
    if (size === undefined && !isOver) return { volumes, sizes, latest: undefined };

    const now = exact?.size ?? String(size);
    const before = volumes.get(instrument);
    const without =
      knownSize === undefined ? (before?.exact ?? '0') : subtractDecimals(before?.exact ?? '0', knownSize);
    const sum = isOver ? without : addDecimals(without, now);
    const trades = (before?.trades ?? 0) + (isOver ? -1 : knownSize === undefined ? 1 : 0);
    const latest = { instrument, volume: Number(sum), exact: sum, trades };
    volumes.set(instrument, latest);
    if (key !== undefined && isOver) sizes.delete(key);
    else if (key !== undefined) keep(sizes, key, now, remember);
    return { volumes, sizes, latest };
  };

  return (source) => source.pipe(scan<T, Step<T>, Step<T> | undefined>(add, undefined), latestOf(onUnknown));
}

function keep(sizes: Map<string, string>, key: string, size: string, most: number): void {
  sizes.set(key, size);
  if (sizes.size <= most) return;
  const [oldest] = sizes.keys();
  if (oldest !== undefined) sizes.delete(oldest);
}

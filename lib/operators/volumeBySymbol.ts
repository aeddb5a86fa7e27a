import { filter, map, scan, type OperatorFunction } from 'rxjs';
import { addDecimals } from '../book/decimals.js';

/** What volumes are added up from: trades of any venue, time and sales of dxLink. */
export interface Traded {
  readonly instrument: string;
  /** Absent where the venue tells none: such a trade adds nothing. */
  readonly size?: number | undefined;
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

interface Step {
  readonly volumes: Map<string, Volume>;
  readonly latest: Volume | undefined;
}

/**
 * The volume of each instrument so far, told with each of its trades. Sums are exact: the venue's texts are added.
 *
 *     trades            -a-b-c-|
 *     volumeBySymbol    -x-y-z-|    drawn and tested in marbles/volumeBySymbol.txt
 *
 * @returns An operator. Remembers one sum for each instrument. Errors and completes with the source.
 */
export function volumeBySymbol<T extends Traded>(): OperatorFunction<T, Volume> {
  return (source) =>
    source.pipe(
      scan<T, Step, Step | undefined>(add, undefined),
      map(({ latest }) => latest),
      filter((latest) => latest !== undefined),
    );
}

/** The sums are kept in place: a copy for each trade would cost as much as there are instruments. */
function add(step: Step | undefined, { instrument, size, exact }: Traded): Step {
  const volumes = step?.volumes ?? new Map<string, Volume>();
  if (size === undefined) return { volumes, latest: undefined };
  const before = volumes.get(instrument);
  const sum = addDecimals(before?.exact ?? '0', exact?.size ?? String(size));
  const latest = { instrument, volume: Number(sum), exact: sum, trades: (before?.trades ?? 0) + 1 };
  volumes.set(instrument, latest);
  return { volumes, latest };
}

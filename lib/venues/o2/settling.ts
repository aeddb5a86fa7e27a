import { type MonoTypeOperatorFunction, type Observable, defer, map, tap } from 'rxjs';
import type { AccountFeedConfig } from '../../feed/account/accountFeed.js';
import type { ChannelEvent } from '../../socket/channelEvent.js';

/** For so long after a load, in ms, what comes may be from before it. */
const SETTLING = 10_000;

/** A state, and how sure it is. */
export interface Settling<L> {
  readonly value: L;
  /** When its load began, as `elapsed` counts. */
  readonly requestedAt: number;
  /** When it was loaded, as `elapsed` counts. */
  readonly loadedAt: number;
  /**
   * Whether it is the first load after something was missed, or after what it asks for has changed: it is loaded once more if
   * anything came meanwhile.
   */
  readonly isFirst: boolean;
  /** Whether something came that may be from before the load. */
  readonly isUnsure: boolean;
}

export interface SettlingConfig {
  /** Loads a live state every so often, in ms. Default: never. */
  readonly reloadEvery: number | undefined;
  /** How much time has passed, in ms, whatever the clock is set to (`SteadyScheduler`). */
  readonly elapsed: () => number;
  /** When what a load asks for was known last, as `elapsed` counts: before, it may have waited for the end of a ban. */
  readonly listedAt: () => number;
  /** Whether nothing was left out of the load that has just come in. */
  readonly isWhole: () => boolean;
}

interface Spec<R, L> extends Pick<AccountFeedConfig<R, L>, 'fold' | 'reload'> {
  readonly foldAll: (state: L, raws: readonly R[]) => L;
  /** Whether the update may bring back what the load of this state knows has ended: that asked for it, and it ends nothing. */
  readonly mayUndo: (state: L, raw: R) => boolean;
}

export interface Settled<R, L> extends Omit<Spec<R, Settling<L>>, 'mayUndo'> {
  readonly reloadEvery: number;
  readonly reloadWhile: (state: Settling<L>) => boolean;
  /** Watches for what is missed, and when what comes is heard. */
  readonly watch: MonoTypeOperatorFunction<ChannelEvent<readonly R[]>>;
  /** The next load is a first one, though nothing was missed. */
  readonly beginAnew: () => void;
}

/**
 * REST tells of no time, and nothing numbers the updates: one that comes late, after a load that knew better, would undo
 * what it knew, should all that followed have been lost. So a state into which anything came soon after it was loaded is
 * loaded once more when that has passed. So is one from which something was left out because it could not be read.
 *
 * What was held while loads failed for long, and was heard well before the one that came in began, is in that one: folded in, it
 * would bring back what has ended since, should its end have been lost.
 */
export function settled<R extends object, L>(
  { fold, foldAll, reload, mayUndo }: Spec<R, L>,
  { reloadEvery, elapsed, listedAt, isWhole }: SettlingConfig,
): Settled<R, L> {
  let isFirst = true;
  const heardAt = new WeakMap<R, number>();
  /** What the load of a state can't have known of, and what does it no harm. */
  const since = ({ value, requestedAt }: Settling<L>, raws: readonly R[]): readonly R[] =>
    raws.filter((raw) => (heardAt.get(raw) ?? Infinity) >= requestedAt - SETTLING || !mayUndo(value, raw));
  const settling = (state: Settling<L>, value: L): Settling<L> => {
    const isUnsure = state.isUnsure || (state.isFirst && elapsed() - state.loadedAt < SETTLING);
    return value === state.value && isUnsure === state.isUnsure ? state : { ...state, value, isUnsure };
  };
  return {
    beginAnew: () => {
      isFirst = true;
    },
    watch: tap((event) => {
      if (event.type === 'begun' || event.type === 'missed') isFirst = true;
      else if (event.type === 'message') for (const raw of event.value) heardAt.set(raw, elapsed());
    }),
    fold: (state, raw) => settling(state, fold(state.value, raw)),
    foldAll: (state, raws) => (raws.length === 0 ? state : settling(state, foldAll(state.value, since(state, raws)))),
    reload: (last, passed) =>
      defer((): Observable<Settling<L>> => {
        const begunAt = elapsed();
        return reload(last?.value, passed).pipe(
          map((value) => {
            const requestedAt = Math.max(begunAt, listedAt());
            const state = { value, requestedAt, loadedAt: elapsed(), isFirst, isUnsure: !isWhole() };
            isFirst = false;
            return state;
          }),
        );
      }),
    reloadEvery: reloadEvery ?? SETTLING,
    reloadWhile: ({ isUnsure }) => isUnsure || reloadEvery !== undefined,
  };
}

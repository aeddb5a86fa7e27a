import { type OperatorFunction, filter, map, pipe, tap } from 'rxjs';

/** What comes of a trade: the latest value, or nothing where it is about one that is not remembered. */
interface Step<T, R> {
  readonly latest: R | undefined;
  readonly unknown?: T;
}

/** What a fold of trades emits. Of unknown trades it is told behind the fold: what is caused by that is of the next step. */
export const latestOf = <T, R>(onUnknown: ((trade: T) => void) | undefined): OperatorFunction<Step<T, R>, R> =>
  pipe(
    tap(({ unknown }) => {
      if (unknown !== undefined) onUnknown?.(unknown);
    }),
    map(({ latest }) => latest),
    filter((latest) => latest !== undefined),
  );

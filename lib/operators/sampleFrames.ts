import { Observable, animationFrames, take, type MonoTypeOperatorFunction } from 'rxjs';
import { anObservable, checkOptions } from '../errors/optionRules.js';
import { ownedBy } from '../time/ownedBy.js';

/** What {@link sampleFrames} takes for a frame. */
export interface SampleFramesConfig {
  /** Tells of each frame by a value. Default: RxJS's `animationFrames()`, which only pages have. */
  readonly frames$?: Observable<unknown>;
}

/**
 * The latest value at each frame that the page draws, and nothing where nothing came: no more work than can be seen. A page
 * in the background draws no frames, so nothing is told there until it is looked at again. Frames that are over hold nothing
 * back: what waits is told then, and what comes is told at once.
 *
 *     source        -abc----d-|
 *     frames        ---f---f---f
 *     sampleFrames  ---b---c---(d|)    drawn and tested in marbles/sampleFrames.txt
 *
 * Who must act, rather than draw, takes `conflate`, whose urgent values wait for nothing.
 *
 * @returns An operator. Frames are asked for only while a value waits. Completes when what waits at the source's end was
 * drawn; errors at once with the source and with the frames.
 * @throws InvalidArgumentError at once for a config that can't be meant.
 */
export function sampleFrames<T>(config: SampleFramesConfig = {}): MonoTypeOperatorFunction<T> {
  checkOptions('config', config, { frames$: anObservable });
  const { frames$ = animationFrames() } = config;
  const frame$ = frames$.pipe(take(1));
  // Not RxJS's `audit`: it drops what an observer feeds it at the last frame, and what waits when frames end without one.
  return (source) =>
    new Observable((observer) => {
      let waiting: readonly [T] | undefined;
      let isOver = false;
      const error = (reason: unknown): void => {
        observer.error(reason);
      };
      const finish = (): void => {
        if (isOver && waiting === undefined) observer.complete();
      };
      const draw = (): void => {
        const drawn = waiting;
        waiting = undefined;
        if (drawn !== undefined) observer.next(drawn[0]);
        finish();
      };
      ownedBy(source, observer).subscribe({
        next: (value) => {
          const isAwaited = waiting !== undefined;
          waiting = [value];
          if (!isAwaited) ownedBy(frame$, observer).subscribe({ error, complete: draw });
        },
        error,
        complete: () => {
          isOver = true;
          finish();
        },
      });
    });
}

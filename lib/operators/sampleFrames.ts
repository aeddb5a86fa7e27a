import { animationFrames, audit, take, type MonoTypeOperatorFunction, type Observable } from 'rxjs';
import { anObservable, checkOptions } from '../errors/optionRules.js';

/** What {@link sampleFrames} takes for a frame. */
export interface SampleFramesConfig {
  /** Tells of each frame by a value. Default: RxJS's `animationFrames()`, which only pages have. */
  readonly frames$?: Observable<unknown>;
}

/**
 * The latest value at each frame that the page draws, and nothing where nothing came: no more work than can be seen. A page
 * in the background draws no frames, so nothing is told there until it is looked at again.
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
  return audit(() => frame$);
}

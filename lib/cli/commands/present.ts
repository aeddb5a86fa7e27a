import {
  catchError,
  concat,
  filter,
  map,
  merge,
  of,
  take,
  takeUntil,
  timer,
  EMPTY,
  type Observable,
  type SchedulerLike,
} from 'rxjs';
import { errorText } from '../errorText.js';
import { EXIT, type ExitCode } from '../exitCode.js';
import type { Presenter } from '../report/presenter.js';
import { clean } from '../render/text.js';
import type { Io } from '../terminal/io.js';
import { advance, begin, type WatchInput } from '../view/advance.js';
import type { Subject } from '../view/watchState.js';

export interface PresentOptions {
  readonly subject: Subject;
  readonly presenter: Presenter;
  readonly scheduler: SchedulerLike;
  /** In ms; `undefined`: until stopped or over. */
  readonly for: number | undefined;
  /** What is said when the stream ends by itself. */
  readonly over?: string;
}

const TIME_IS_OVER = 'time is over';
const CTRL_C = String.fromCharCode(3);

/** Emits once, with the reason, when somebody or something wants the end. */
export function stopped(io: Io, ms: number | undefined, scheduler: SchedulerLike): Observable<string> {
  return merge(
    io.signals.pipe(map(() => 'stopped')),
    io.keys.pipe(
      filter((key) => key === 'q' || key === 'Q' || key === CTRL_C),
      map(() => 'stopped'),
    ),
    io.out.broken.pipe(map(() => 'the reader went away')),
    ms === undefined ? EMPTY : timer(ms, scheduler).pipe(map(() => TIME_IS_OVER)),
  ).pipe(take(1));
}

/**
 * Shows a stream until it ends, fails or is stopped, and resolves to the exit code. An error is told on stderr in one
 * line.
 */
export function present(inputs$: Observable<WatchInput>, io: Io, options: PresentOptions): Promise<ExitCode> {
  const { subject, presenter, scheduler } = options;
  let state = begin(subject, scheduler.now());
  let why = options.over ?? 'the stream is over';
  let failure: string | undefined;
  const stop$ = stopped(io, options.for, scheduler).pipe(map((reason) => (why = reason)));
  const guarded$ = inputs$.pipe(
    takeUntil(stop$),
    catchError((error: unknown) => {
      failure = errorText(error);
      why = failure;
      return EMPTY;
    }),
  );
  const ended$ = of(null).pipe(map((): WatchInput => ({ type: 'ended', at: scheduler.now(), why })));
  const nothingCame = (): boolean => why === TIME_IS_OVER && state.counts.messages === 0;
  return new Promise((resolve, reject) => {
    concat(guarded$, ended$).subscribe({
      next: (input) => {
        const before = state;
        state = advance(before, input);
        presenter.show(before, state, input);
      },
      error: reject,
      complete: () => {
        presenter.end(state);
        if (failure !== undefined) io.err.write(`millrace: ${clean(failure)}\n`);
        resolve(failure !== undefined ? EXIT.failed : nothingCame() ? EXIT.nothing : EXIT.fine);
      },
    });
  });
}

import {
  BehaviorSubject,
  EMPTY,
  Subject,
  catchError,
  concat,
  filter,
  finalize,
  map,
  merge,
  of,
  take,
  takeUntil,
  timer,
  type Observable,
  type SchedulerLike,
} from 'rxjs';
import { errorText } from '../errorText.js';
import { EXIT, type ExitCode } from '../exitCode.js';
import type { Presenter } from '../report/presenter.js';
import { clean } from '../render/text.js';
import type { Io } from '../terminal/io.js';
import { begin } from '../view/advance.js';
import type { Spelling } from '../view/pressed.js';
import { watchOf, type Watch, type WatchEvent } from '../view/watch.js';
import { advanceWatch } from '../view/advanceWatch.js';
import type { Subject as Watched } from '../view/watchState.js';

export interface PresentOptions {
  /** What is watched, one for each instrument. */
  readonly subjects: readonly Watched[];
  readonly presenter: Presenter;
  readonly scheduler: SchedulerLike;
  /** In ms; `undefined`: until stopped or over. */
  readonly for: number | undefined;
  /** What is said when the stream ends by itself. */
  readonly over?: string;
  /** The venue's spelling of what is typed; absent where no instrument can be added. */
  readonly spell?: Spelling;
}

/** What the instruments of a set tell, as long as they are in it. */
export type InputsOf = (instruments$: Observable<ReadonlySet<string>>) => Observable<WatchEvent>;

const TIME_IS_OVER = 'time is over';
const CTRL_C = String.fromCharCode(3);

/**
 * Emits once, with the reason, when somebody or something wants the end.
 *
 * @param isTyping Whether letters are part of a word at the moment.
 */
export function stopped(
  io: Io,
  ms: number | undefined,
  scheduler: SchedulerLike,
  isTyping = (): boolean => false,
): Observable<string> {
  return merge(
    io.signals.pipe(map(() => 'stopped')),
    io.keys.pipe(
      filter((key) => key === CTRL_C || (!isTyping() && (key === 'q' || key === 'Q'))),
      map(() => 'stopped'),
    ),
    io.out.broken.pipe(map(() => 'the reader went away')),
    ms === undefined ? EMPTY : timer(ms, scheduler).pipe(map(() => TIME_IS_OVER)),
  ).pipe(take(1));
}

/**
 * Shows streams until they end, fail or are stopped, and resolves to the exit code. An error is told on stderr in one
 * line. An instrument that the venue refuses ends nothing, unless it is the last.
 */
export function present(inputsOf: InputsOf, io: Io, options: PresentOptions): Promise<ExitCode> {
  const { subjects, presenter, scheduler, spell } = options;
  let watch: Watch = watchOf(...subjects.map((subject) => begin(subject, scheduler.now())));
  let why = options.over ?? 'the stream is over';
  let failure: string | undefined;
  const fail = (text: string): Observable<never> => {
    failure = text;
    why = text;
    return EMPTY;
  };
  const instruments$ = new BehaviorSubject(namesOf(watch));
  const allRefused$ = new Subject<string>();
  const isTyping = (): boolean => watch.controls.typed !== undefined;
  const stop$ = stopped(io, options.for, scheduler, isTyping).pipe(map((reason) => (why = reason)));
  const over$ = new Subject<void>();
  const inputs$ = inputsOf(instruments$).pipe(finalize(() => over$.next()));
  const keys$ = io.keys.pipe(map((key): WatchEvent => ({ type: 'key', at: scheduler.now(), key })));
  // Keys first: what is over at once is over for them, too.
  const guarded$ = merge(keys$.pipe(takeUntil(over$)), inputs$).pipe(
    takeUntil(merge(stop$, allRefused$.pipe(map(fail)))),
    catchError((error: unknown) => fail(errorText(error))),
  );
  const ended$ = of(null).pipe(map((): WatchEvent => ({ type: 'ended', at: scheduler.now(), why })));
  const nothingCame = (): boolean => why === TIME_IS_OVER && watch.views.every(({ counts }) => counts.messages === 0);
  return new Promise((resolve, reject) => {
    concat(guarded$, ended$).subscribe({
      next: (event) => {
        const before = watch;
        watch = advanceWatch(before, event, spell);
        presenter.show(before, watch, event);
        if (watch.views.length !== before.views.length) instruments$.next(namesOf(watch));
        const refused = watch.views.map((view) => view.refused);
        if (event.type === 'refused' && !refused.includes(undefined)) allRefused$.next(event.why);
      },
      error: reject,
      complete: () => {
        presenter.end(watch);
        if (failure !== undefined) io.err.write(`millrace: ${clean(failure)}\n`);
        resolve(failure !== undefined ? EXIT.failed : nothingCame() ? EXIT.nothing : EXIT.fine);
      },
    });
  });
}

const namesOf = ({ views }: Watch): ReadonlySet<string> => new Set(views.map(({ subject }) => subject.instrument));

import { AsyncSubject, Observable, type SchedulerLike, asyncScheduler, defer, of, subscribeOn, throwError } from 'rxjs';
import { check, checkOneOf } from '../errors/checks.js';
import { InvalidArgumentError } from '../errors/invalidArgumentError.js';
import { aFunction, aScheduler, anything, checkOptions } from '../errors/optionRules.js';
import { RequestFailedError } from '../errors/requestFailedError.js';
import type { HttpRequest, HttpResponse, Network } from '../network/network.js';
import { secretsOf } from '../network/secrets.js';
import { Answers } from './answers.js';
import type { RecordedEvent, Recording } from './format.js';
import { PacedClock } from './pacedClock.js';
import { type Playable, playAtPace, playAtOnce } from './pace.js';
import { ReplayedWires } from './replayedWires.js';
import { successionsOf } from './successions.js';
import { VirtualClock } from './virtualClock.js';

/** Where a replay stands. */
export interface ReplayProgress {
  /** Events delivered, this one included. */
  readonly index: number;
  /** Frames delivered, this one included: the k-th frame has k. */
  readonly frames: number;
  /** The event's recorded time; before the first one, when the recording begins. */
  readonly at: number;
  /** Events in all. */
  readonly total: number;
  /** The event delivered last. */
  readonly event?: RecordedEvent;
}

/** How fast a recording is replayed, and by which clock. */
export interface ReplayOptions {
  /** As fast as possible, as it was, or so many times as fast. Default: `max`. */
  readonly speed?: 'max' | 'real' | number;
  /** The time outside: it paces the replay, and with `max` gives it its turns. Default: `asyncScheduler`. */
  readonly scheduler?: SchedulerLike;
  /** Requests are answered at the recorded place among the events, or as soon as they are made. Default: `recorded`. */
  readonly answers?: 'recorded' | 'asked';
  /**
   * What the venue would say to a text that the client sends; acknowledgements of subscriptions, mostly. A recording
   * answers nothing that its own client did not ask. Default: nothing.
   */
  readonly reply?: (sent: string, endpoint: { readonly url: string }) => string | undefined;
  /**
   * Which answers, by their addresses, are of the connection they were had beside, such as snapshots of books: once a wire is
   * lost as in the recording, only those that were recorded later are given. Default: none are, and the last one is given again.
   */
  readonly ofSession?: (url: string) => boolean;
  /** Told after each event, in the same step: what the streams have made of just so many events can be looked at. */
  readonly progress?: (progress: ReplayProgress) => void;
}

/** A recording in the place of the outside world. */
export interface Replay extends Network {
  /**
   * The time in the recording. Give it to whatever runs on this network: its timers then keep pace with the frames, and
   * the times it tells are those of the recording.
   */
  readonly clock: SchedulerLike;
  /** Emits and completes when the last event was delivered; late observers hear it too. */
  readonly finished$: Observable<ReplayProgress>;
  /** How far it is by now. */
  position(): ReplayProgress;
  /**
   * The same network, whose wires are served by these recorded sockets (their names in the recording) and no other, wherever
   * they are opened. For recordings whose sockets are not those that this client opens.
   */
  through(sockets: readonly string[]): Network;
}

/**
 * Plays a recording back, once. The same recording, options and client give the same sequence, event by event.
 *
 * The recording begins when the first wire is open: the clock stands at the opening of its first socket until then, and
 * shows recorded time from then on. With speed `max` time passes from one event to the next in no time; timers on the
 * clock run when they are due, and before an event of the same instant, so that a client that subscribes at once, or
 * after some steps without delay, misses nothing. Where the recorded client lost a socket and connected again, the wires
 * that it served are lost behind its last frame. After the last event the clock stands still; wires stay open and
 * silent. With nobody there (no wire, no request, with `max` no timer either) it pauses.
 *
 * Frames go to the wires that {@link recipients} says. A request is matched by what it asks for (see {@link askedFor}),
 * made before the recording begins it is answered at once. Where there are several answers to the same, a request gets
 * the youngest one passed that was not given yet, unless the next to come is nearer, else that one, else the last one again.
 *
 * Errors: a request that the recording holds no answer to, with `RequestFailedError`, status 404. A wire never.
 *
 * @throws InvalidArgumentError if `speed` is neither of the words nor a number above 0.
 */
export function replay(recording: Recording, options: ReplayOptions = {}): Replay {
  checkRecording(recording);
  checkOptions('options', options, rules);
  const { speed = 'max', scheduler = asyncScheduler, answers: when = 'recorded', reply, ofSession, progress } = options;
  const isPace = speed === 'max' || speed === 'real' || (typeof speed === 'number' && speed > 0 && speed < Infinity);
  if (!isPace) {
    throw new InvalidArgumentError('speed', "'max', 'real' or a number above 0", speed);
  }
  checkOneOf('answers', ['recorded', 'asked'], when);
  const { events, header } = recording;
  const answers = new Answers(events, ofSession ?? (() => false));
  const finished$ = new AsyncSubject<ReplayProgress>();
  let position: ReplayProgress = { index: 0, frames: 0, at: startOf(recording), total: events.length };

  const deliver = (event: RecordedEvent): void => {
    const { index, frames, total } = position;
    const isFrame = event.kind === 'frame';
    // Who looks at the position while an event is delivered finds that event counted.
    position = { index: index + 1, frames: isFrame ? frames + 1 : frames, at: event.at, total, event };
    if (isFrame) wires.deliver(event);
    else answers.deliver(index, event);
    progress?.(position);
  };
  const playable: Playable = {
    next: () => (wires.hasBegun() ? events[position.index] : undefined),
    deliver,
    hasBegun: () => wires.hasBegun(),
    isWatched: () => !wires.isEmpty || answers.isAwaited,
    finish: () => {
      finished$.next(position);
      finished$.complete();
    },
  };
  const { clock, look } = pace(speed, position.at, scheduler, playable);
  const wires = new ReplayedWires(header.sockets, successionsOf(recording), clock, reply, look, () => {
    answers.lose(position.index);
  });

  const played: Replay = {
    clock,
    finished$: finished$.asObservable(),
    position: () => position,
    open: (endpoint) => wires.open(endpoint),
    through: (sockets) => ({ ...played, open: (endpoint) => wires.open(endpoint, sockets) }),
    // Each comes at its time.
    answersWithin: Infinity,
    isRecorded: true,
    request: (request) =>
      defer(() => {
        const choice = answers.choose(request, position.index, when === 'asked' || !wires.hasBegun());
        if (choice === 'unknown') return throwError(() => noAnswer(request)).pipe(subscribeOn(clock));
        if ('waitFor' in choice) return awaited(answers, choice.waitFor, look);
        return of(choice.response).pipe(subscribeOn(clock));
      }),
  };
  return played;
}

/** An answer that is yet to come in the recording. */
const awaited = (answers: Answers, index: number, look: () => void): Observable<HttpResponse> =>
  new Observable((subscriber) => {
    const takeBack = answers.wait(index, subscriber);
    subscriber.add(() => {
      takeBack();
      look();
    });
    look();
  });

const noAnswer = ({ url }: HttpRequest): RequestFailedError =>
  new RequestFailedError(`the recording holds no answer to ${secretsOf(url).place}`, 404);

const rules = {
  speed: anything,
  scheduler: aScheduler,
  answers: anything,
  reply: aFunction,
  ofSession: aFunction,
  progress: aFunction,
};

function checkRecording(recording: unknown): void {
  const { header, events } = Object(recording) as { readonly header?: unknown; readonly events?: unknown };
  const isOne = typeof header === 'object' && header !== null && Array.isArray(events);
  check('recording', isOne, 'a recording, as readRecording and parseRecording give it', typeof recording);
}

/** The clock to play by, and what has the player look again. */
function pace(
  speed: 'max' | 'real' | number,
  start: number,
  scheduler: SchedulerLike,
  playable: Playable,
): { readonly clock: SchedulerLike; readonly look: () => void } {
  if (speed === 'max') {
    const clock = new VirtualClock(start, () => {
      look();
    });
    const look = playAtOnce(playable, clock, scheduler);
    return { clock, look };
  }
  const clock = new PacedClock(start, speed === 'real' ? 1 : speed, scheduler);
  return { clock, look: playAtPace(playable, clock) };
}

function startOf({ header, events }: Recording): number {
  const frame = events.find(({ kind }) => kind === 'frame');
  const times = [header.sockets[0]?.openedAt, (frame ?? events[0])?.at].filter((at) => at !== undefined);
  return times.length === 0 ? 0 : Math.min(...times);
}

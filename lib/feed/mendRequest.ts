import {
  defer,
  type Observable,
  of,
  timer,
  type ObservableInput,
  type SchedulerLike,
  catchError,
  defaultIfEmpty,
  map,
  switchMap,
  take,
} from 'rxjs';
import type { MachineInput } from '../book/machine/machine.js';
import { RequestFailedError } from '../errors/requestFailedError.js';
import { SubscriptionRefusedError } from '../errors/subscriptionRefusedError.js';
import type { DepthSnapshot } from '../model/depthEvent.js';

/** Waits, asks for a snapshot, and tells a book what came of it. Errors only when the venue refused the instrument. */
export function snapshotRequest(
  asked: number,
  wait: number,
  snapshot: () => ObservableInput<DepthSnapshot>,
  scheduler: SchedulerLike,
): Observable<MachineInput> {
  return after(wait, scheduler).pipe(
    switchMap(() => defer(snapshot)),
    take(1),
    map((answer): MachineInput => ({ type: 'answered', asked, snapshot: answer })),
    defaultIfEmpty<MachineInput, MachineInput>({ type: 'failed', asked, text: 'no snapshot came', atLeast: 0 }),
    catchError((error: unknown) => {
      if (error instanceof SubscriptionRefusedError) throw error;
      return of(failure(asked, error));
    }),
  );
}

/**
 * Waits, subscribes anew, and gives the venue `within` ms to send its snapshot. The answer comes in the stream; whoever
 * sees it there unsubscribes from here.
 */
export function resubscription(
  asked: number,
  wait: number,
  resubscribe: () => void,
  within: number,
  scheduler: SchedulerLike,
): Observable<MachineInput> {
  return after(wait, scheduler).pipe(
    switchMap(() => {
      resubscribe();
      return timer(within, scheduler);
    }),
    map((): MachineInput => ({ type: 'failed', asked, text: 'none came with the new subscription', atLeast: 0 })),
    catchError((error: unknown) => {
      if (error instanceof SubscriptionRefusedError) throw error;
      return of(failure(asked, error));
    }),
  );
}

/** Without a wait in the same step: a book asks for its first snapshot before anything else happens. */
const after = (ms: number, scheduler: SchedulerLike): Observable<unknown> =>
  ms > 0 ? timer(ms, scheduler) : of(undefined);

function failure(asked: number, error: unknown): MachineInput {
  const text = error instanceof Error ? error.message : String(error);
  const atLeast = error instanceof RequestFailedError ? (error.retryAfter ?? 0) : 0;
  return { type: 'failed', asked, text, atLeast };
}

import { Observable, type Unsubscribable, defer, retryWhen, tap } from 'rxjs';
import { isFatal } from '../../errors/isFatal.js';
import type { ConnectionStatus } from '../../model/connection.js';
import { type BackoffPolicy, backoff } from '../../socket/backoff.js';
import { lossOf } from '../../socket/lossBy.js';
import type { SteadyScheduler } from '../../time/steadyScheduler.js';
import type { Bus, BusConnection } from './bus.js';

/** A bus is ours and near: whoever lost it comes back sooner than to a venue. */
export const relayBackoff: Partial<BackoffPolicy> = { base: 250, cap: 2_000 };

/** How long connections last, and what is done with them. */
export interface ConnectedConfig {
  readonly backoff: BackoffPolicy;
  readonly scheduler: SteadyScheduler;
  /** In [0, 1). */
  readonly random: () => number;
  /** Begins to use a connection; unsubscribed when it is lost. */
  readonly serve: (connection: BusConnection) => Unsubscribable;
}

/**
 * Keeps a connection to a bus: one after the other, by the backoff.
 *
 * @returns Each step of it. Errors with what no retry can help; unsubscribing ends it.
 */
export const connected = (
  bus: Bus,
  { backoff: policy, scheduler, random, serve }: ConnectedConfig,
): Observable<ConnectionStatus> =>
  new Observable((subscriber) => {
    let served: Unsubscribable | undefined;
    let attempt = 1;
    let readyAt = Infinity;
    let uptime = 0;
    const lost = (error: unknown): void => {
      uptime = scheduler.elapsed() - readyAt;
      readyAt = Infinity;
      served?.unsubscribe();
      const { reason, code, text } = lossOf(error);
      subscriber.next({ status: 'lost', reason, code, text });
    };
    const connection$ = defer(() => {
      subscriber.next({ status: 'connecting', attempt });
      return bus.connect();
    }).pipe(
      tap({ error: lost }),
      retryWhen(
        backoff({
          policy,
          random,
          scheduler,
          isFatal,
          uptimeOf: () => uptime,
          onWait: (ms, retry) => {
            attempt = retry + 1;
            subscriber.next({ status: 'waiting', ms, attempt });
          },
        }),
      ),
    );
    subscriber.add(() => served?.unsubscribe());
    subscriber.add(
      connection$.subscribe({
        next: (connection) => {
          readyAt = scheduler.elapsed();
          served = serve(connection);
          subscriber.next({ status: 'ready' });
        },
        error: (error: unknown) => {
          subscriber.error(error);
        },
      }),
    );
  });

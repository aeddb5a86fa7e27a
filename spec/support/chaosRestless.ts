import { config, Subscription, type Observable, type SchedulerLike, type VirtualTimeScheduler } from 'rxjs';
import type { Random } from '../../lib/simulation/random.js';
import { between, pick } from './chaosDraw.js';

/** What a restless observer throws, so that it is known from what nobody meant to throw. */
class Restless extends Error {}

/** What an observer may do in the midst of a step. */
export const antics = ['throws', 'leaves', 'leaves and comes back', 'brings another', 'takes one'] as const;
export type Antic = (typeof antics)[number];

/**
 * Observers who do in the midst of a step what they should do after it: throw, leave, come back at once, come to another
 * stream or leave it. Whoever observes the same stream beside them must not notice.
 */
export function restless(
  streams: readonly (() => Observable<unknown>)[],
  draw: Random,
  scheduler: VirtualTimeScheduler,
  until: number,
): { readonly stop: () => void; readonly played: Partial<Record<Antic, number>> } {
  const all = new Subscription();
  const played: Partial<Record<Antic, number>> = {};
  let isOver = false;

  const come = (stream: () => Observable<unknown>, patience: number): Subscription => {
    let left = patience;
    const own = new Subscription();
    const play = (): void => {
      left -= 1;
      if (left !== 0 || isOver) return;
      const antic = pick(draw, antics);
      played[antic] = (played[antic] ?? 0) + 1;
      const other = pick(draw, streams);
      switch (antic) {
        case 'throws':
          throw new Restless();
        case 'leaves and comes back':
          own.unsubscribe();
          all.add(come(stream, between(draw, 1, 20)));
          return;
        case 'brings another':
          all.add(come(other, between(draw, 1, 20)));
          left = between(draw, 1, 20);
          return;
        case 'takes one':
          come(other, 0).unsubscribe();
          left = between(draw, 1, 20);
          return;
        default:
          own.unsubscribe();
      }
    };
    own.add(stream().subscribe({ next: play, error: () => undefined }));
    return own;
  };

  for (let count = between(draw, 1, 3); count > 0; count -= 1) {
    const stream = pick(draw, streams);
    scheduler.schedule(
      () => {
        if (!isOver) all.add(come(stream, between(draw, 1, 30)));
      },
      between(draw, 0, until),
    );
  }
  return {
    played,
    stop: () => {
      isOver = true;
      all.unsubscribe();
    },
  };
}

/** Somebody who has things put right by hand, a few times and for no reason. */
export function impatient(acts: readonly (() => void)[], draw: Random, scheduler: SchedulerLike, until: number): void {
  for (let count = between(draw, 0, 3); count > 0; count -= 1) {
    scheduler.schedule(pick(draw, acts), between(draw, 0, until));
  }
}

/** Collects what nobody handled, but for what restless observers threw. For a spec's life; `end` waits for stragglers. */
export function unhandledErrors(): { readonly begin: () => void; readonly end: () => Promise<readonly string[]> } {
  const errors: string[] = [];
  return {
    begin: () => {
      config.onUnhandledError = (error) => {
        if (!(error instanceof Restless))
          errors.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
      };
    },
    // RxJS reports them by a timer of the platform.
    end: async () => {
      await new Promise((resolve) => setTimeout(resolve, 0));
      config.onUnhandledError = null;
      return errors;
    },
  };
}

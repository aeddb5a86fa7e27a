import { Observable, type SchedulerLike } from 'rxjs';
import { SubscriptionRefusedError } from '../../../errors/subscriptionRefusedError.js';
import { type Allowance, makeAllowance } from '../../../network/allowance.js';
import { makeAlarm } from '../../../time/alarm.js';
import { steady } from '../../../time/steadyScheduler.js';
import { type TradestationResource, resourceLimits } from '../endpoint.js';

export interface StreamQuotaConfig {
  /** How many streams at once, over all resources. */
  readonly most: number;
  /** What becomes of a stream that there is no room for. */
  readonly whenFull: 'reject' | 'queue';
  readonly scheduler: SchedulerLike;
}

/** The stream that is to be opened. */
export interface QuotaRequest {
  readonly key: string;
  readonly resource: TradestationResource;
  /** It was open before, and is on its way back: it waits, whatever the rule. */
  readonly returns: boolean;
}

/** How many streams may be open at once, and how fast they may be opened. */
export interface StreamQuota {
  /**
   * Emits when the stream may be opened, and counts it from then on; unsubscribing makes room again.
   *
   * @throws (on the stream) SubscriptionRefusedError where streams are rejected and there is no room.
   */
  readonly take: (request: QuotaRequest) => Observable<true>;
  /** Whether a stream could be opened right now. */
  readonly isFree: (resource: TradestationResource) => boolean;
  /** Nothing of the resource is opened for so many ms: the venue asked us to stay away. */
  readonly pause: (resource: TradestationResource, ms: number) => void;
  /** How many are open, or being opened. */
  readonly taken: () => number;
}

interface Waiter {
  readonly resource: TradestationResource;
  start(): void;
}

export function makeStreamQuota({ most, whenFull, scheduler }: StreamQuotaConfig): StreamQuota {
  const time = steady(scheduler);
  const used = new Map<TradestationResource, number>();
  const allowances = new Map<TradestationResource, Allowance>();
  const notBefore = new Map<TradestationResource, number>();
  const waiting = new Set<Waiter>();
  let total = 0;
  const alarm = makeAlarm(time, () => {
    advance();
  });
  let isAdvancing = false;
  let hasChanged = false;

  const usedOf = (resource: TradestationResource): number => used.get(resource) ?? 0;
  const change = (resource: TradestationResource, by: number): void => {
    used.set(resource, usedOf(resource) + by);
    total += by;
  };
  const hasRoom = (resource: TradestationResource): boolean =>
    total < most && usedOf(resource) < resourceLimits[resource].streams;
  const allowanceOf = (resource: TradestationResource): Allowance | undefined => {
    const { opens } = resourceLimits[resource];
    if (opens === undefined) return undefined;
    const known = allowances.get(resource) ?? makeAllowance(opens);
    allowances.set(resource, known);
    return known;
  };
  const waitOf = (resource: TradestationResource): number => {
    const now = time.elapsed();
    return Math.max((notBefore.get(resource) ?? -Infinity) - now, allowanceOf(resource)?.waitFor(1, now) ?? 0, 0);
  };

  /** First come, first served, but nobody waits for room of a resource that is not theirs. */
  const advance = (): void => {
    hasChanged = true;
    if (isAdvancing) return;
    isAdvancing = true;
    let soonest = Infinity;
    // Whoever is let in may leave at once, and make room for one that was passed by.
    while (hasChanged) {
      hasChanged = false;
      soonest = letIn();
    }
    if (soonest < Infinity) alarm.set(soonest);
    else alarm.stop();
    isAdvancing = false;
  };
  /** @returns How long until the next one may be let in, in ms. */
  const letIn = (): number => {
    let soonest = Infinity;
    for (const waiter of waiting) {
      const { resource } = waiter;
      if (!hasRoom(resource)) continue;
      const wait = waitOf(resource);
      soonest = wait > 0 ? Math.min(soonest, wait) : soonest;
      if (wait > 0) continue;
      waiting.delete(waiter);
      allowanceOf(resource)?.spend(1, time.elapsed());
      change(resource, 1);
      waiter.start();
    }
    return soonest;
  };

  return {
    isFree: (resource) => hasRoom(resource) && waitOf(resource) === 0 && waiting.size === 0,
    taken: () => total,
    pause: (resource, ms) => {
      notBefore.set(resource, Math.max(notBefore.get(resource) ?? -Infinity, time.elapsed() + ms));
    },
    take: ({ key, resource, returns }) =>
      new Observable((subscriber) => {
        if (whenFull === 'reject' && !returns && !hasRoom(resource)) {
          const { streams } = resourceLimits[resource];
          const text =
            total >= most
              ? `Maximum number of concurrent streams (${most}) reached`
              : `the venue serves ${streams} streams of ${resource} at once`;
          subscriber.error(new SubscriptionRefusedError('tradestation', key, text));
          return;
        }
        let isTaken = false;
        const waiter: Waiter = {
          resource,
          start: () => {
            isTaken = true;
            subscriber.next(true);
          },
        };
        waiting.add(waiter);
        subscriber.add(() => {
          waiting.delete(waiter);
          if (isTaken) change(resource, -1);
          advance();
        });
        advance();
      }),
  };
}

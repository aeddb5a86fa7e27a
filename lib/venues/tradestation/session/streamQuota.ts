import { Observable, type SchedulerLike } from 'rxjs';
import { SubscriptionRefusedError } from '../../../errors/subscriptionRefusedError.js';
import { type Allowance, makeAllowance } from '../../../network/allowance.js';
import { type Alarm, makeAlarm } from '../../../time/alarm.js';
import { type SteadyScheduler, steady } from '../../../time/steadyScheduler.js';
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

interface Waiter {
  readonly resource: TradestationResource;
  start(): void;
}

/** How many streams may be open at once, and how fast they may be opened. */
export class StreamQuota {
  readonly #time: SteadyScheduler;
  readonly #alarm: Alarm;
  readonly #resources = new Map<TradestationResource, ResourceQuota>();
  readonly #waiting = new Set<Waiter>();
  #total = 0;
  #isAdvancing = false;
  #hasChanged = false;

  constructor(private readonly config: StreamQuotaConfig) {
    this.#time = steady(config.scheduler);
    this.#alarm = makeAlarm(this.#time, () => {
      this.#advance();
    });
  }

  /** How many are open, or being opened. */
  taken(): number {
    return this.#total;
  }

  /** Whether a stream could be opened right now. */
  isFree(resource: TradestationResource): boolean {
    return this.#hasRoom(resource) && this.#waitOf(resource) === 0 && this.#waiting.size === 0;
  }

  /** Nothing of the resource is opened for so many ms: the venue asked us to stay away. */
  pause(resource: TradestationResource, ms: number): void {
    this.#quotaOf(resource).pauseUntil(this.#time.elapsed() + ms);
  }

  /**
   * Emits when the stream may be opened, and counts it from then on; unsubscribing makes room again.
   *
   * @throws (on the stream) SubscriptionRefusedError where streams are rejected and there is no room.
   */
  take({ key, resource, returns }: QuotaRequest): Observable<true> {
    return new Observable((subscriber) => {
      if (this.config.whenFull === 'reject' && !returns && !this.#hasRoom(resource)) {
        subscriber.error(new SubscriptionRefusedError('tradestation', key, this.#refusalOf(resource)));
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
      this.#waiting.add(waiter);
      subscriber.add(() => {
        this.#waiting.delete(waiter);
        if (isTaken) this.#leave(resource);
        this.#advance();
      });
      this.#advance();
    });
  }

  #quotaOf(resource: TradestationResource): ResourceQuota {
    const known = this.#resources.get(resource) ?? new ResourceQuota(resource);
    this.#resources.set(resource, known);
    return known;
  }

  #hasRoom(resource: TradestationResource): boolean {
    return this.#total < this.config.most && this.#quotaOf(resource).hasRoom();
  }

  #waitOf(resource: TradestationResource): number {
    return this.#quotaOf(resource).waitFrom(this.#time.elapsed());
  }

  #refusalOf(resource: TradestationResource): string {
    const { most } = this.config;
    return this.#total >= most
      ? `Maximum number of concurrent streams (${most}) reached`
      : `the venue serves ${resourceLimits[resource].streams} streams of ${resource} at once`;
  }

  /** First come, first served, but nobody waits for room of a resource that is not theirs. */
  #advance(): void {
    this.#hasChanged = true;
    if (this.#isAdvancing) return;
    this.#isAdvancing = true;
    let soonest = Infinity;
    // Whoever is let in may leave at once, and make room for one that was passed by.
    while (this.#hasChanged) {
      this.#hasChanged = false;
      soonest = this.#letIn();
    }
    if (soonest < Infinity) this.#alarm.set(soonest);
    else this.#alarm.stop();
    this.#isAdvancing = false;
  }

  /** @returns How long until the next one may be let in, in ms. */
  #letIn(): number {
    let soonest = Infinity;
    for (const waiter of this.#waiting) {
      const { resource } = waiter;
      if (!this.#hasRoom(resource)) continue;
      const wait = this.#waitOf(resource);
      if (wait > 0) {
        soonest = Math.min(soonest, wait);
        continue;
      }
      this.#waiting.delete(waiter);
      this.#quotaOf(resource).open(this.#time.elapsed());
      this.#total += 1;
      waiter.start();
    }
    return soonest;
  }

  #leave(resource: TradestationResource): void {
    this.#quotaOf(resource).close();
    this.#total -= 1;
  }
}

/** The share of one resource. */
class ResourceQuota {
  readonly #most: number;
  readonly #opens: Allowance | undefined;
  #used = 0;
  #notBefore = -Infinity;

  constructor(resource: TradestationResource) {
    const { streams, opens } = resourceLimits[resource];
    this.#most = streams;
    this.#opens = opens && makeAllowance(opens);
  }

  hasRoom(): boolean {
    return this.#used < this.#most;
  }

  /** How long until one may be opened, in ms. */
  waitFrom(now: number): number {
    return Math.max(this.#notBefore - now, this.#opens?.waitFor(1, now) ?? 0, 0);
  }

  pauseUntil(moment: number): void {
    this.#notBefore = Math.max(this.#notBefore, moment);
  }

  open(now: number): void {
    this.#opens?.spend(1, now);
    this.#used += 1;
  }

  close(): void {
    this.#used -= 1;
  }
}

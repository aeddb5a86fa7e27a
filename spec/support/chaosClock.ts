import { VirtualAction, VirtualTimeScheduler, type SchedulerAction, type SchedulerLike, type Subscription } from 'rxjs';
import type { Random } from '../../lib/simulation/random.js';
import { between, pick } from './chaosDraw.js';

const START = 1_750_000_000_000;

/** Takes its place among what is to come, where RxJS sorts all of it for each that comes. The order is the same. */
class PlacedAction<T> extends VirtualAction<T> {
  protected override requestAsyncId(scheduler: VirtualTimeScheduler, _id?: unknown, delay = 0): number {
    this.delay = scheduler.frame + delay;
    const { actions } = scheduler;
    let place = actions.length;
    // Of one moment the one that was made last comes last.
    while (place > 0 && (actions[place - 1]?.delay ?? 0) > this.delay) place -= 1;
    actions.splice(place, 0, this);
    return 1;
  }
}

/** Virtual time of a run. Its clock begins somewhere in 2025; frames count from 0. */
export function virtualDay(): { readonly scheduler: VirtualTimeScheduler; readonly pass: (ms: number) => void } {
  const scheduler = new VirtualTimeScheduler(PlacedAction);
  scheduler.now = () => START + scheduler.frame;
  return {
    scheduler,
    pass: (ms) => {
      const until = scheduler.frame + ms;
      scheduler.schedule(() => undefined, ms);
      scheduler.maxFrames = until;
      scheduler.flush();
    },
  };
}

/**
 * The clock on a client's wall, which somebody sets: what waits, waits as long as it was to, and only what the time is said to
 * be jumps. The venue has a clock of its own.
 */
export class WallClock implements SchedulerLike {
  jumps = 0;
  private ahead = 0;
  private readonly setAt: number[] = [];

  constructor(private readonly scheduler: VirtualTimeScheduler) {}

  readonly now = (): number => this.scheduler.now() + this.ahead;

  schedule<T>(work: (this: SchedulerAction<T>, state?: T) => void, delay?: number, state?: T): Subscription {
    return this.scheduler.schedule(work, delay, state);
  }

  /** Sets it forward, or back. */
  jump(ms: number): void {
    this.ahead += ms;
    this.jumps += 1;
    this.setAt.push(this.scheduler.now());
  }

  /** Whether it was set within so many ms before that moment. */
  wasSet(at: number, within: number): boolean {
    return this.setAt.some((moment) => moment <= at && at - moment <= within);
  }

  /** Sets it to what it should be. */
  right(): void {
    this.ahead = 0;
  }

  /** Sets it an hour or a little back and forward, some times until then; it may stay wrong. */
  wander(draw: Random, until: number): void {
    for (let count = between(draw, 1, 3); count > 0; count -= 1) {
      const ms = pick(draw, [3_600_000, -3_600_000, 40_000, -40_000, 1_500, -1_500, 86_400_000]);
      this.scheduler.schedule(
        () => {
          this.jump(ms);
        },
        between(draw, 0, until),
      );
    }
  }
}

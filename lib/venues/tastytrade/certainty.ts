import { type Observable, defer, tap } from 'rxjs';
import type { SteadyScheduler } from '../../time/steadyScheduler.js';
import { type TastytradeAccount, positionKey } from './accountState.js';
import type { TastytradeNotice } from './notices.js';
import { isOver } from './complexOrder.js';
import { isFinal } from './orders.js';

/** For so long after a load, in ms, what comes may be from before it. */
const SETTLING = 10_000;

/**
 * How sure an account's state is. What comes late around a load and opens something that the load did not have may be new, or have
 * been over before the load, and nothing more be told of it: the state is loaded once more then, as where something that matters
 * could not be read.
 */
export class Certainty {
  #isUnsure = false;
  #isWhole = true;
  #loadedAt = -Infinity;
  /** When something first came since the last load that may be from before it. */
  #lateAt: number | undefined;
  /** Whether the last load was made because of that, and long enough after: it raises no doubt of the kind again. */
  #isAgain = false;

  constructor(private readonly time: Pick<SteadyScheduler, 'elapsed'>) {}

  /** Whether the state is to be loaded once more. */
  get isUnsure(): boolean {
    return this.#isUnsure;
  }

  /** Whether nothing that matters was left out of the last load: else it is not what the venue has. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  /** Something that matters was left out of a notification. */
  doubt(): void {
    this.#isUnsure = true;
  }

  /** Something that matters was left out of a load. */
  lack(): void {
    this.#isUnsure = true;
    this.#isWhole = false;
  }

  /** Goes around each load. */
  loading<T>(load$: Observable<T>): Observable<T> {
    return defer(() => {
      this.#isAgain = this.#lateAt !== undefined && this.time.elapsed() - this.#lateAt > SETTLING;
      this.#lateAt = undefined;
      this.#isUnsure = false;
      this.#isWhole = true;
      return load$;
    }).pipe(
      tap(() => {
        this.#loadedAt = this.time.elapsed();
      }),
    );
  }

  /** Told of what is about to be folded in. */
  hear(account: TastytradeAccount, notices: readonly TastytradeNotice[]): void {
    if (this.#isAgain || this.time.elapsed() - this.#loadedAt > SETTLING) return;
    if (!notices.some((notice) => opens(account, notice))) return;
    this.#lateAt ??= this.time.elapsed();
    this.doubt();
  }
}

function opens({ orders, complexOrders, positions }: TastytradeAccount, notice: TastytradeNotice): boolean {
  if (notice.type === 'order') return !orders.has(notice.value.id) && !isFinal(notice.value);
  if (notice.type === 'complexOrder') return !complexOrders.has(notice.value.id) && !isOver(notice.value);
  if (notice.type !== 'position') return false;
  return notice.value.size !== 0 && (positions.get(positionKey(notice.value))?.size ?? 0) === 0;
}

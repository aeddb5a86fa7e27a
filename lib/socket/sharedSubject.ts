import { type Observer, Subject, type Subscription } from 'rxjs';

/**
 * What a shared stream is handed out by. Like a `ReplaySubject` of one where late observers get the latest value, but
 * without the array that one pushes to and trims for every value.
 */
export class SharedSubject<T> extends Subject<T> {
  private latest: { readonly value: T } | undefined;

  /** @param ending Told before the end is: who subscribes again on hearing of it starts a stream of its own. */
  constructor(
    private readonly isCurrent: boolean,
    private readonly ending: () => void,
  ) {
    super();
  }

  override next(value: T): void {
    if (this.isCurrent) this.latest = { value };
    super.next(value);
  }

  override error(error: unknown): void {
    this.ending();
    super.error(error);
  }

  override complete(): void {
    this.ending();
    super.complete();
  }

  override subscribe(observer?: Partial<Observer<T>> | ((value: T) => void) | null): Subscription {
    const late = typeof observer === 'function' ? { next: observer } : (observer ?? {});
    const subscription = super.subscribe(late);
    // Once it is among the others, so that it misses nothing that the value causes.
    if (this.latest !== undefined && !subscription.closed) late.next?.(this.latest.value);
    return subscription;
  }
}

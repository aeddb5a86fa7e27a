import { Observable, type Subscriber } from 'rxjs';

/** A stream that a test drives. */
export class TestChannel {
  readonly #observers = new Set<Subscriber<unknown>>();
  readonly #remembers: boolean;
  /** What a late observer hears: at most one value. */
  #latest: readonly unknown[];
  #refusal: Error | undefined;
  #isClosed = false;

  /**
   * @param remembers Whether a late observer hears the latest value.
   * @param first What is heard before anything is told.
   */
  constructor(remembers: boolean, first: readonly unknown[]) {
    this.#remembers = remembers;
    this.#latest = first;
  }

  readonly stream$ = new Observable<unknown>((observer) => {
    if (this.#refusal !== undefined) {
      observer.error(this.#refusal);
      return;
    }
    this.#observers.add(observer);
    observer.add(() => this.#observers.delete(observer));
    for (const value of this.#latest) observer.next(value);
    if (this.#isClosed) observer.complete();
  });

  get isObserved(): boolean {
    return this.#observers.size > 0;
  }

  get latest(): unknown {
    return this.#latest[0];
  }

  /** Whoever asks from now on is not refused any more. */
  emit(value: unknown): void {
    this.#refusal = undefined;
    if (this.#remembers) this.#latest = [value];
    for (const observer of [...this.#observers]) observer.next(value);
  }

  refuse(error: Error): void {
    this.#refusal = error;
    for (const observer of [...this.#observers]) observer.error(error);
  }

  close(): void {
    this.#isClosed = true;
    for (const observer of [...this.#observers]) observer.complete();
  }
}

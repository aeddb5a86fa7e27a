import type { Observable, Subscription } from 'rxjs';
import type { Source } from './source.js';

/** A stream of the exchange whose values stand alone. */
export interface ValueSourceConfig {
  readonly value$: Observable<unknown>;
  readonly kind: {
    /** How a value goes over the bus. Throws for what can't. */
    readonly wire: { readonly write: (value: never) => unknown };
    /** Whether the latest value is a state, which who comes late is given. */
    readonly isState: boolean;
  };
  readonly send: (message: object) => void;
  readonly over: (error?: unknown) => void;
}

/** Sends values on, each by itself. */
export class ValueSource implements Source {
  constructor(private readonly config: ValueSourceConfig) {}

  run(): Subscription {
    const { value$, send, over } = this.config;
    return value$.subscribe({
      next: (value) => {
        try {
          send({ t: 'v', v: this.#write(value) });
        } catch (error) {
          over(error);
        }
      },
      error: over,
      complete: over,
    });
  }

  isLive(): boolean {
    return true;
  }

  /** Of a state the latest, unless its session is over: the exchange knows. */
  joined(): object {
    const { value$, kind } = this.config;
    let latest: unknown;
    if (kind.isState) {
      value$
        .subscribe({
          next: (value) => {
            latest = value;
          },
          error: ignored,
        })
        .unsubscribe();
    }
    return latest === undefined ? { t: 'h' } : { t: 'v', v: this.#write(latest) };
  }

  #write(value: unknown): unknown {
    return this.config.kind.wire.write(value as never);
  }
}

const ignored = (): void => undefined;

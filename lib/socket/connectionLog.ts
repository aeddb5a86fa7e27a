import { Observable, Subject } from 'rxjs';
import type { ConnectionState } from '../model/connection.js';
import { inTurn } from '../time/inTurn.js';

/** What became of each wire, told once and in order, also when a listener causes the next transition. */
export class ConnectionLog {
  /** Of each wire that there is. */
  readonly #latest = new Map<string, ConnectionState>();
  readonly #transitions = new Subject<ConnectionState>();
  readonly #next = inTurn((work: () => void) => {
    work();
  });

  /** The present state of each wire at once, then every transition. */
  readonly connection$ = new Observable<ConnectionState>((subscriber) => {
    // What a listener causes by listening waits until the listener is among those who are told.
    this.#next(() => {
      for (const state of this.#latest.values()) subscriber.next(state);
      subscriber.add(this.#transitions.subscribe(subscriber));
    });
  });

  emit(state: ConnectionState): void {
    this.#next(() => {
      this.#latest.set(state.wire, state);
      this.#transitions.next(state);
    });
  }

  /** The same of a wire that is gone: late listeners hear nothing of it, for its name may never come again. */
  emitLast(state: ConnectionState): void {
    this.#next(() => {
      this.#latest.delete(state.wire);
      this.#transitions.next(state);
    });
  }

  /** Completes once all that was emitted is out. */
  finish(): void {
    this.#next(() => {
      this.#transitions.complete();
    });
  }
}

import { Observable, Subject } from 'rxjs';
import type { ConnectionState } from '../model/connection.js';

/** What became of each wire, told once and in order, also when a listener causes the next transition. */
export interface ConnectionLog {
  /** The present state of each wire at once, then every transition. */
  readonly connection$: Observable<ConnectionState>;
  readonly tell: (state: ConnectionState) => void;
  /** Completes once all that was told is out. */
  readonly finish: () => void;
}

export function makeConnectionLog(): ConnectionLog {
  const latest = new Map<string, ConnectionState>();
  const transitions = new Subject<ConnectionState>();
  const queue: ConnectionState[] = [];
  let isDraining = false;
  let isFinished = false;

  const drain = (): void => {
    if (isDraining) return;
    isDraining = true;
    for (let state = queue.shift(); state !== undefined; state = queue.shift()) {
      latest.set(state.wire, state);
      transitions.next(state);
    }
    isDraining = false;
    if (isFinished) transitions.complete();
  };

  return {
    connection$: new Observable((subscriber) => {
      // What a listener causes by listening waits until the listener is among those who are told.
      const before = isDraining;
      isDraining = true;
      for (const state of latest.values()) subscriber.next(state);
      const subscription = transitions.subscribe(subscriber);
      isDraining = before;
      drain();
      return subscription;
    }),
    tell: (state) => {
      queue.push(state);
      drain();
    },
    finish: () => {
      isFinished = true;
      drain();
    },
  };
}

import { Observable, Subject } from 'rxjs';
import type { ConnectionState } from '../model/connection.js';
import { inTurn } from './inTurn.js';

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
  const next = inTurn((work: () => void) => {
    work();
  });

  return {
    connection$: new Observable((subscriber) => {
      // What a listener causes by listening waits until the listener is among those who are told.
      next(() => {
        for (const state of latest.values()) subscriber.next(state);
        subscriber.add(transitions.subscribe(subscriber));
      });
    }),
    tell: (state) => {
      next(() => {
        latest.set(state.wire, state);
        transitions.next(state);
      });
    },
    finish: () => {
      next(() => {
        transitions.complete();
      });
    },
  };
}

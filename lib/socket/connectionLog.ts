import { Observable, Subject } from 'rxjs';
import type { ConnectionState } from '../model/connection.js';

/** What became of each wire, told once and in order, also when a listener causes the next transition. */
export class ConnectionLog {
  private readonly latest = new Map<string, ConnectionState>();
  private readonly transitions = new Subject<ConnectionState>();
  private readonly queue: ConnectionState[] = [];
  private draining = false;
  private finished = false;

  /** The present state of each wire at once, then every transition. */
  readonly connection$ = new Observable<ConnectionState>((subscriber) => {
    // What a listener causes by listening waits until the listener is among those who are told.
    const { draining } = this;
    this.draining = true;
    for (const state of this.latest.values()) subscriber.next(state);
    const subscription = this.transitions.subscribe(subscriber);
    this.draining = draining;
    this.drain();
    return subscription;
  });

  tell(state: ConnectionState): void {
    this.queue.push(state);
    this.drain();
  }

  /** Completes once all that was told is out. */
  finish(): void {
    this.finished = true;
    this.drain();
  }

  private drain(): void {
    if (this.draining) return;
    this.draining = true;
    for (let state = this.queue.shift(); state !== undefined; state = this.queue.shift()) {
      this.latest.set(state.wire, state);
      this.transitions.next(state);
    }
    this.draining = false;
    if (this.finished) this.transitions.complete();
  }
}

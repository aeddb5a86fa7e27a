import type { Observable, Unsubscribable } from 'rxjs';

/** One message of a bus. */
export interface BusMessage {
  /** Where it was said. */
  readonly subject: string;
  readonly text: string;
  /** The subject on which an answer is awaited, where one is. */
  readonly reply?: string | undefined;
}

/** One connection to a bus: a session, which ends for good when it is lost. */
export interface BusConnection {
  /** Where answers to this connection alone may be sent, as a prefix of subjects. */
  readonly inbox: string;
  /** Says something to whoever hears the subject. Throws nothing: a broken connection is told by its bus. */
  publish(subject: string, text: string, reply?: string): void;
  /** Hears a subject until unsubscribed. `*` stands for any one part of it. */
  subscribe(subject: string, heard: (message: BusMessage) => void): Unsubscribable;
  /** Emits once, and completes, when the bus has taken all that was said before. Cold. */
  flush(): Observable<unknown>;
}

/**
 * What carries messages by subject from any process to any other: a NATS server (`millrace/nats`), or this process alone
 * (`memoryBus`). Messages of one connection on one subject keep their order; each may be lost.
 */
export interface Bus {
  /**
   * Cold. Emits the connection once it is there; errors with a `WireLostError` when it can't be had or is lost, and never
   * connects again by itself. Unsubscribing ends it; what was published before still goes out.
   */
  connect(): Observable<BusConnection>;
}

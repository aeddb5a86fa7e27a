import type { Unsubscribable } from 'rxjs';
import type { BusConnection, BusMessage } from '../bus/bus.js';

/** One subject that several hear. */
interface Heard {
  readonly listeners: Set<(message: BusMessage) => void>;
  readonly subscription: Unsubscribable;
}

/** One connection to a bus, for any number of clients: what several hear comes once. */
export class SharedConnection {
  readonly #heard = new Map<string, Heard>();
  #views = 0;

  constructor(private readonly connection: BusConnection) {}

  /** The connection as one client has it, with an inbox of its own. */
  view(): BusConnection {
    const { connection } = this;
    this.#views += 1;
    return {
      inbox: `${connection.inbox}.${this.#views}`,
      publish: (subject, text, reply) => {
        connection.publish(subject, text, reply);
      },
      flush: () => connection.flush(),
      subscribe: (subject, heard) => this.#subscribe(subject, heard),
    };
  }

  close(): void {
    for (const { subscription } of this.#heard.values()) subscription.unsubscribe();
    this.#heard.clear();
  }

  #subscribe(subject: string, heard: (message: BusMessage) => void): Unsubscribable {
    const one = this.#heard.get(subject) ?? this.#begin(subject);
    // One function may be given twice, and be meant twice.
    const listener = (message: BusMessage): void => {
      heard(message);
    };
    one.listeners.add(listener);
    return {
      unsubscribe: () => {
        one.listeners.delete(listener);
        if (one.listeners.size > 0 || this.#heard.get(subject) !== one) return;
        this.#heard.delete(subject);
        one.subscription.unsubscribe();
      },
    };
  }

  #begin(subject: string): Heard {
    const listeners = new Set<(message: BusMessage) => void>();
    const subscription = this.connection.subscribe(subject, (message) => {
      for (const listener of [...listeners]) listener(message);
    });
    const one: Heard = { listeners, subscription };
    this.#heard.set(subject, one);
    return one;
  }
}

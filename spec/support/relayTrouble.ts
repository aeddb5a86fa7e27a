import { Observable, type Unsubscribable, map } from 'rxjs';
import type { Bus, BusConnection, BusMessage } from '../../lib/relay/index.js';

/** A way to a bus that trouble can be made on: for one process. */
export interface TroubledBus extends Bus {
  /** Nothing is said or heard any more, and nobody is told: the process is gone, or its wire is half open. */
  cut(): void;
  /** The process is busy: what comes waits. */
  block(): void;
  /** It hears all that came meanwhile, at once. */
  unblock(): void;
}

/** Lays trouble around a bus. */
export function troubled(bus: Bus): TroubledBus {
  let isCut = false;
  let waiting: (() => void)[] | undefined;
  const pass = (run: () => void): void => {
    if (isCut) return;
    if (waiting === undefined) run();
    else waiting.push(run);
  };
  const around = (connection: BusConnection): BusConnection => ({
    inbox: connection.inbox,
    publish: (subject, text, reply) => {
      if (!isCut) connection.publish(subject, text, reply);
    },
    subscribe: (subject, heard): Unsubscribable => {
      let isOn = true;
      const subscription = connection.subscribe(subject, (message: BusMessage) => {
        pass(() => {
          if (isOn) heard(message);
        });
      });
      return {
        unsubscribe: () => {
          isOn = false;
          subscription.unsubscribe();
        },
      };
    },
    flush: () =>
      new Observable((subscriber) =>
        connection.flush().subscribe({
          complete: () => {
            pass(() => {
              subscriber.next(true);
              subscriber.complete();
            });
          },
        }),
      ),
  });
  return {
    connect: () => bus.connect().pipe(map(around)),
    cut: () => {
      isCut = true;
    },
    block: () => {
      waiting ??= [];
    },
    unblock: () => {
      const held = waiting ?? [];
      waiting = undefined;
      for (const run of held) run();
    },
  };
}

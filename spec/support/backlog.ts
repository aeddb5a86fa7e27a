import { type SchedulerLike, Subject, map, timer } from 'rxjs';
import type { Network } from '../../lib/network/network.js';

/** A network whose frames wait for as long as this process does not read. */
export class Backlog {
  readonly network: Network;
  #waiting: (() => void)[] | undefined;
  #delay = 0;

  constructor(
    network: Network,
    private readonly scheduler: SchedulerLike,
  ) {
    this.network = {
      ...network,
      open: (endpoint) =>
        network.open(endpoint).pipe(
          map((wire) => {
            const messages = new Subject<string>();
            let due = 0;
            wire.messages.subscribe((text) => {
              const read = (): void => messages.next(text);
              if (this.#waiting !== undefined) this.#waiting.push(read);
              else {
                // In order, as on any wire.
                due = Math.max(due, this.scheduler.now() + this.#delay);
                if (due > this.scheduler.now()) timer(due - this.scheduler.now(), this.scheduler).subscribe(read);
                else read();
              }
            });
            return { ...wire, messages, send: wire.send.bind(wire), close: wire.close.bind(wire) };
          }),
        ),
      request: (request) => network.request(request),
    };
  }

  /** Nothing is read until {@link read}. */
  hold(): void {
    this.#waiting = [];
  }

  read(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    for (const one of waiting) one();
  }

  /** From now on each frame comes so late, in ms. */
  delay(ms: number): void {
    this.#delay = ms;
  }
}

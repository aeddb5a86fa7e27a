import { Subscription } from 'rxjs';
import type { Exchange } from '../../feed/exchange.js';
import type { ConnectionState } from '../../model/connection.js';
import type { Fault } from '../../model/fault.js';
import type { Renaming } from '../wire/plain.js';
import type { Outlet } from './outlet.js';

/** Tells of a gateway itself: where its wires stand, each second and with each change, and its faults. */
export class StatusReport {
  readonly #wires = new Map<string, ConnectionState>();
  #isDue = false;

  constructor(
    private readonly exchange: Pick<Exchange, 'connection$' | 'faults$'>,
    private readonly outlet: Outlet,
    private readonly rename: Renaming,
  ) {}

  run(): Subscription {
    const running = new Subscription();
    running.add(
      this.exchange.connection$.subscribe((state) => {
        if (state.status === 'idle' || state.status === 'closed') this.#wires.delete(state.wire);
        else this.#wires.set(state.wire, state);
        this.#emit();
      }),
    );
    running.add(
      this.exchange.faults$.subscribe((fault) => {
        this.outlet.send({ t: 'f', fault: plain(fault, this.rename) });
      }),
    );
    return running;
  }

  /** To be called every half second. */
  tick(): void {
    this.#isDue = !this.#isDue;
    if (this.#isDue) this.#emit();
  }

  #emit(): void {
    const wires = [...this.#wires.values()].map(({ wire, status, at }) => ({ wire: this.rename(wire), status, at }));
    this.outlet.send({ t: 'w', wires });
  }
}

/** What a frame held that could not be read stays here: nobody knows what it is. */
const plain = ({ type, at, message, ...fault }: Fault, rename: Renaming): object => ({
  type,
  at,
  message: rename(message),
  channel: 'channel' in fault && fault.channel !== undefined ? rename(fault.channel) : undefined,
});

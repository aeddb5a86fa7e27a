import { Subscription } from 'rxjs';
import type { Bus } from '../../lib/relay/index.js';
import { type TroubledBus, troubled } from './relayTrouble.js';

/** A gateway of one name: its process, and that which takes its place. */
export class GatewayProcess {
  #running = new Subscription();
  #bus: TroubledBus | undefined;

  /** @param open - Begins to relay over a bus; what it returns ends all that it opened. */
  constructor(
    private readonly bus: Bus,
    private readonly open: (bus: Bus) => Subscription,
  ) {}

  start(): void {
    this.stop();
    this.#bus = troubled(this.bus);
    this.#running = this.open(this.#bus);
  }

  /** It says goodbye. */
  stop(): void {
    this.#running.unsubscribe();
  }

  kill(): void {
    this.halfOpen();
    this.stop();
  }

  halfOpen(): void {
    this.#bus?.cut();
  }
}

/** What begins and what ends a trouble that gateways and consumers of any relay may have. */
export type TroubleSpan = readonly [begin: () => void, end: () => void];

/** A gateway and the way of a consumer in trouble, and the bus of all. */
export const commonTroubles = (
  bus: { start(): void; stop(): void },
  gateway: GatewayProcess,
  consumer: { readonly bus: TroubledBus },
): Readonly<Record<'bus' | 'kill' | 'goodbye' | 'block' | 'half open', TroubleSpan>> => ({
  bus: [() => bus.stop(), () => bus.start()],
  kill: [() => gateway.kill(), () => gateway.start()],
  goodbye: [() => gateway.stop(), () => gateway.start()],
  block: [() => consumer.bus.block(), () => consumer.bus.unblock()],
  'half open': [() => gateway.halfOpen(), () => (gateway.kill(), gateway.start())],
});

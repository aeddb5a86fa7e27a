import type { ConnectionState, Fault } from '../../lib/index.js';
import type { Exchange, ExchangeOptions } from '../../lib/feed/exchange.js';
import { type FakeNetwork, type FakeWire, fakeNetwork } from '../../lib/testing/index.js';
import { Clock } from './fakeVenue.js';

/** An exchange on a network that a test plays the venue of. */
export interface VenueRig<E extends Exchange> {
  readonly exchange: E;
  readonly network: FakeNetwork;
  readonly clock: Clock;
  readonly faults: Fault[];
  readonly connection: ConnectionState[];
  /** Lets virtual time pass, in ms. */
  pass(ms: number): void;
  /** The wire that was opened as the n-th, from 0. */
  wire(index?: number): FakeWire;
}

/** Wires open at once, and the venue says `greeting` on each; nothing is answered unless a test does. */
export function venueRig<E extends Exchange>(
  make: (options: ExchangeOptions) => E,
  greeting: readonly string[] = [],
): VenueRig<E> {
  const clock = new Clock();
  const network = fakeNetwork({
    onOpening: (wire) =>
      clock.schedule(() => {
        wire.open();
        wire.receive(...greeting);
      }),
  });
  const exchange = make({ network, scheduler: clock, random: () => 0.5 });
  const faults: Fault[] = [];
  const connection: ConnectionState[] = [];
  exchange.faults$.subscribe((fault) => faults.push(fault));
  exchange.connection$.subscribe((state) => connection.push(state));
  return {
    exchange,
    network,
    clock,
    faults,
    connection,
    pass: (ms) => {
      clock.advance(ms);
    },
    wire: (index = 0) => {
      const found = network.wires[index];
      if (found === undefined) throw new Error(`no wire ${index} was opened`);
      return found;
    },
  };
}

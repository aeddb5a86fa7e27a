import type { Subscription } from 'rxjs';
import type { BookState } from '../../../lib/index.js';
import {
  type MemoryBusOptions,
  type Relayed,
  type RelayOffer,
  type RelayedOptions,
  memoryBus,
  relay,
  relayed,
} from '../../../lib/relay/index.js';
import { simulatedBinance } from '../../../lib/simulation/index.js';
import { random } from '../../../lib/simulation/random.js';
import { type BinanceExchange, type BinanceOptions, binance } from '../../../lib/venues/binance/index.js';
import { virtualDay } from '../../support/chaosClock.js';
import { Witness } from '../../support/chaosWitness.js';
import { type TroubledBus, troubled } from '../../support/relayTrouble.js';

/** A gateway that runs: its exchange, and what ends it. */
export interface RunningGateway {
  readonly exchange: BinanceExchange;
  readonly bus: TroubledBus;
  readonly statuses: readonly string[];
  /** Says good-bye. */
  stop(): void;
  /** Is gone, and nobody is told. */
  kill(): void;
}

/** What a consumer made of a book, and whether that was right. */
export interface Watched {
  readonly states: readonly BookState[];
  /** The states that differ from the one before: `live`, `stale gap`. */
  readonly claims: () => readonly string[];
  readonly last: () => BookState | undefined;
}

/** A simulated venue, a bus and whoever is on it, in virtual time. */
export function relayRig(busOptions: Omit<MemoryBusOptions, 'scheduler'> = {}) {
  const { scheduler, pass } = virtualDay();
  const venue = simulatedBinance({ seed: 3, scheduler, market: 'spot', depth: 12, activity: 2, latency: 5 });
  const bus = memoryBus({ scheduler, latency: () => 2, ...busOptions });
  const witness = new Witness(venue, () => scheduler.frame);
  const gateways: RunningGateway[] = [];
  let seed = 1;

  const gateway = (
    as: string,
    offer: RelayOffer<BinanceExchange> = { book: ['BTCUSDT'] },
    options: BinanceOptions = {},
  ): RunningGateway => {
    seed += 1;
    const exchange = binance({ scheduler, network: venue.network, random: random(seed), ...options });
    const own = troubled(bus);
    const statuses: string[] = [];
    const relaying: Subscription = relay(exchange, {
      bus: own,
      as,
      offer,
      scheduler,
      random: random(seed + 100),
    }).subscribe(({ status }) => statuses.push(status));
    const stop = (): void => {
      relaying.unsubscribe();
      exchange.close();
    };
    const made: RunningGateway = {
      exchange,
      bus: own,
      statuses,
      stop,
      kill: () => {
        own.cut();
        stop();
      },
    };
    gateways.push(made);
    return made;
  };

  const consumer = (options: Partial<RelayedOptions> = {}): Relayed<BinanceExchange> => {
    seed += 1;
    return relayed<BinanceExchange>({ venue: 'binance-spot', bus, scheduler, random: random(seed), ...options });
  };

  const watch = (exchange: Pick<BinanceExchange, 'book'>, symbol = 'BTCUSDT'): Watched => {
    const states: BookState[] = [];
    exchange.book(symbol).subscribe({
      next: (state) => {
        witness.state(symbol, symbol, state);
        states.push(state);
      },
      error: () => undefined,
    });
    return {
      states,
      last: () => states.at(-1),
      claims: () => {
        const claims = states.map((state) => (state.status === 'stale' ? `stale ${state.reason}` : state.status));
        return claims.filter((claim, i) => claim !== claims[i - 1]);
      },
    };
  };

  return { scheduler, pass, venue, bus, witness, gateway, consumer, watch };
}

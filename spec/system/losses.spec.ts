import { VirtualTimeScheduler, type Observable } from 'rxjs';
import type { BookState } from '../../lib/model/bookState.js';
import type { ConnectionState } from '../../lib/model/connection.js';
import type { Network } from '../../lib/network/network.js';
import {
  simulatedBinance,
  type FaultDetails,
  type FaultName,
  type SimulatedVenue,
} from '../../lib/simulation/index.js';
import { random } from '../../lib/simulation/random.js';
import { binance, type BinanceMarket } from '../../lib/venues/binance/index.js';
import { Witness } from '../support/chaosWitness.js';

const LATENCY = 20;
/** A request takes the way there and the way back. */
const ROUND_TRIP = 2 * LATENCY;
const STEP = 100;

interface Told {
  readonly at: number;
  readonly state: BookState;
}

interface Stage {
  readonly venue: SimulatedVenue;
  readonly witness: Witness;
  /** What the book of each symbol said, and when. */
  readonly told: Readonly<Record<'BTCUSDT' | 'ETHUSDT', Told[]>>;
  /** When a snapshot of a symbol was asked for. */
  readonly asked: Readonly<Record<'BTCUSDT' | 'ETHUSDT', number[]>>;
  readonly connections: ConnectionState[];
  pass(ms: number): void;
  end(): void;
}

/** Two live books on one socket, nothing wrong so far. */
function twoBooks(market: Exclude<BinanceMarket, 'coinm'>, seed = 1): Stage {
  const scheduler = new VirtualTimeScheduler();
  const venue = simulatedBinance({
    scheduler,
    market,
    seed,
    stepEvery: STEP,
    latency: LATENCY,
    depth: 30,
    activity: 12,
    instruments: ['BTCUSDT', 'ETHUSDT'],
  });
  const told = { BTCUSDT: [] as Told[], ETHUSDT: [] as Told[] };
  const asked = { BTCUSDT: [] as number[], ETHUSDT: [] as number[] };
  const connections: ConnectionState[] = [];
  const witness = new Witness(venue, () => scheduler.now());
  const network: Network = {
    ...venue.network,
    request: (request) => {
      const symbol = /symbol=(BTCUSDT|ETHUSDT)/.exec(request.url)?.[1];
      if (symbol === 'BTCUSDT' || symbol === 'ETHUSDT') asked[symbol].push(scheduler.now());
      return venue.network.request(request);
    },
  };
  const exchange = binance({ market, scheduler, network, random: random(seed), linger: 0, wireLinger: 0 });
  exchange.connection$.subscribe((state) => connections.push(state));
  const follow = (symbol: 'BTCUSDT' | 'ETHUSDT', book$: Observable<BookState>) =>
    book$.subscribe((state) => {
      told[symbol].push({ at: scheduler.now(), state });
      witness.state(symbol, symbol, state);
    });
  const following = [follow('BTCUSDT', exchange.book('BTCUSDT')), follow('ETHUSDT', exchange.book('ETHUSDT'))];
  const pass = (ms: number): void => {
    const until = scheduler.now() + ms;
    scheduler.schedule(() => undefined, ms);
    scheduler.maxFrames = until;
    scheduler.flush();
  };
  return {
    venue,
    witness,
    told,
    asked,
    connections,
    pass,
    end: () => {
      for (const one of following) one.unsubscribe();
      pass(1_000);
      expect(scheduler.actions).toHaveLength(0);
    },
  };
}

/** The emissions from the one that first says that something is wrong up to the one that is live again. */
function breakIn(told: readonly Told[]): readonly Told[] {
  const from = told.findIndex(({ state }) => state.status === 'stale');
  if (from < 0) return [];
  const length = told.slice(from).findIndex(({ state }) => state.status === 'live');
  return told.slice(from, length < 0 ? undefined : from + length + 1);
}

const statuses = (told: readonly Told[]): readonly string[] => told.map(({ state }) => state.status);

describe.each(['spot', 'usdm'] as const)('a book on %s that loses something', (market) => {
  /** Two seconds of peace, the fault, three seconds of mending. */
  function struck(fault: FaultName, details: FaultDetails = {}): Stage {
    const stage = twoBooks(market);
    stage.pass(2_000);
    expect(stage.told.BTCUSDT.at(-1)?.state.status).toBe('live');
    expect(stage.asked).toEqual({ BTCUSDT: [expect.any(Number)], ETHUSDT: [expect.any(Number)] });
    stage.told.BTCUSDT.length = stage.told.ETHUSDT.length = 0;
    stage.asked.BTCUSDT.length = stage.asked.ETHUSDT.length = 0;
    stage.venue.faults.inject(fault, { target: 'btcusdt@depth', ...details });
    stage.pass(3_000);
    expect(stage.venue.faults.applied()).toEqual({ [fault]: 1 });
    expect(stage.witness.problems).toEqual([]);
    return stage;
  }

  /** The other book on the socket: live with every diff, at the pace of the stream. */
  function expectUndisturbed({ told, asked }: Stage): void {
    expect(new Set(statuses(told.ETHUSDT))).toEqual(new Set(['live']));
    expect(told.ETHUSDT.length).toBeGreaterThanOrEqual(29);
    expect(asked.ETHUSDT).toEqual([]);
  }

  it.each(['drop', 'reorder', 'crossedBook', 'corruptJson'] as const)(
    '%s: one snapshot mends it within a round trip, and its neighbour notices nothing',
    (fault) => {
      const stage = struck(fault);
      const broken = breakIn(stage.told.BTCUSDT);
      const [noticed, mended] = [broken[0], broken.at(-1)];

      expect(statuses(broken)).toEqual(['stale', 'live']);
      expect(noticed?.state).toMatchObject({ reason: fault === 'crossedBook' ? 'crossed' : 'gap' });
      expect(stage.asked.BTCUSDT).toEqual([noticed?.at]);
      expect((mended?.at ?? Infinity) - (noticed?.at ?? 0)).toBeLessThanOrEqual(ROUND_TRIP);
      expect(statuses(stage.told.BTCUSDT).filter((status) => status !== 'live')).toEqual(['stale']);
      expectUndisturbed(stage);
      stage.end();
    },
  );

  it('duplicate: the second one is passed over, and nobody is asked', () => {
    const stage = struck('duplicate');
    const sequences = stage.told.BTCUSDT.map(({ state }) =>
      state.status === 'live' ? state.book.sequence : undefined,
    );

    expect(new Set(statuses(stage.told.BTCUSDT))).toEqual(new Set(['live']));
    expect(new Set(sequences).size).toBe(sequences.length);
    expect(stage.asked.BTCUSDT).toEqual([]);
    expectUndisturbed(stage);
    stage.end();
  });

  it('a close, and a new snapshot that lacks ten old levels: none of them is left', () => {
    const stage = twoBooks(market);
    stage.pass(2_000);
    const before = stage.told.BTCUSDT.at(-1)?.state;
    // Nobody hears the market meanwhile; it goes on all the same.
    const stopMarket = stage.venue.market.run();
    stage.asked.BTCUSDT.length = stage.asked.ETHUSDT.length = 0;
    stage.told.BTCUSDT.length = stage.told.ETHUSDT.length = 0;
    stage.connections.length = 0;
    stage.venue.faults.inject('closeCleanly', { code: 1001 });
    stage.venue.faults.inject('refuseConnections', { for: 4_000 });
    stage.pass(20_000);

    const ready = stage.connections.find(({ status }) => status === 'ready')?.at ?? Infinity;
    for (const symbol of ['BTCUSDT', 'ETHUSDT'] as const) {
      const broken = breakIn(stage.told[symbol]);
      expect(broken[0]?.state).toMatchObject({ reason: 'disconnected' });
      expect(new Set(statuses(broken.slice(0, -1)))).toEqual(new Set(['stale']));
      expect(broken.at(-1)?.state.status).toBe('live');
      expect(stage.asked[symbol]).toHaveLength(1);
      expect(stage.asked[symbol][0]).toBeGreaterThan(ready);
      expect((broken.at(-1)?.at ?? Infinity) - (stage.asked[symbol][0] ?? 0)).toBeLessThanOrEqual(ROUND_TRIP);
    }
    const after = breakIn(stage.told.BTCUSDT).at(-1)?.state;
    if (before?.status !== 'live' || after?.status !== 'live') throw new Error('the book was not live');
    const gone = [...before.book.bids, ...before.book.asks].filter(
      ({ exact }) => after.book.bids.get(exact.price) === undefined && after.book.asks.get(exact.price) === undefined,
    );
    expect(gone.length).toBeGreaterThanOrEqual(10);
    // What is left is compared with the venue's own book, level by level, on every emission.
    expect(stage.witness.problems).toEqual([]);
    expect(stage.witness.compared).toBeGreaterThan(200);
    expect(stage.connections.map(({ status }) => status).slice(0, 4)).toEqual([
      'lost',
      'waiting',
      'connecting',
      'lost',
    ]);
    stopMarket();
    stage.end();
  });
});

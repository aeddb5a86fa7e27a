import fc from 'fast-check';
import { VirtualTimeScheduler } from 'rxjs';
import type { AccountState } from '../../../lib/model/accountEvent.js';
import type { BookState } from '../../../lib/model/bookState.js';
import type { Fault } from '../../../lib/model/fault.js';
import { type FaultPlan, simulatedTradestation } from '../../../lib/simulation/index.js';
import {
  type TradestationCandles,
  type TradestationFill,
  type TradestationOrders,
  type TradestationPositions,
  type TradestationQuote,
  httpTransport,
  plainCodec,
  tradestation,
  webSocketTransport,
} from '../../../lib/venues/tradestation/index.js';

const ACCOUNT = 'SIM0000001M';
const transports = {
  http: httpTransport,
  webSocket: webSocketTransport({ url: 'wss://simulated.example/stream', codec: plainCodec }),
} as const;

/** A simulated venue over one transport, in virtual time. */
function start(transport: keyof typeof transports, seed = 1, faults: FaultPlan = []) {
  const scheduler = new VirtualTimeScheduler();
  const venue = simulatedTradestation({ seed, scheduler, faults, depth: 8 });
  const exchange = tradestation({
    login: { clientId: 'me', refreshToken: 'simulated-refresh-token' },
    network: venue.network,
    transport: transports[transport],
    scheduler,
    random: () => 0.5,
  });
  const told: Fault[] = [];
  exchange.faults$.subscribe((fault) => told.push(fault));
  const pass = (ms: number): void => {
    const until = scheduler.now() + ms;
    scheduler.schedule(() => undefined, ms);
    scheduler.maxFrames = until;
    scheduler.flush();
  };
  const end = (): void => {
    exchange.close();
    venue.close();
    pass(10_000);
  };
  return { scheduler, venue, exchange, told, pass, end };
}

describe.each(['http', 'webSocket'] as const)('over %s', (transport) => {
  it('every channel comes to what is true, wherever lines are cut', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (seed) => {
        const { exchange, venue, pass, end, told } = start(transport, seed);
        let book: BookState | undefined;
        let quote: TradestationQuote | undefined;
        let orders: AccountState<TradestationOrders> | undefined;
        let positions: AccountState<TradestationPositions> | undefined;
        const candles: TradestationCandles[] = [];
        const fills: TradestationFill[] = [];
        exchange
          .book('MSFT', { by: seed % 2 === 0 ? 'aggregates' : 'participants' })
          .subscribe((state) => (book = state));
        exchange.quotes(['AAPL', 'SPY']).subscribe((value) => (quote = value.instrument === 'AAPL' ? value : quote));
        exchange.candleEvents('AAPL', { barsBack: 5 }).subscribe((event) => candles.push(event));
        exchange.orderStates([ACCOUNT]).subscribe((state) => (orders = state));
        exchange.fills([ACCOUNT]).subscribe((fill) => fills.push(fill));
        exchange.positions([ACCOUNT]).subscribe((state) => (positions = state));
        const before = new Map<string, number>();
        pass(8_000);
        const desk = venue.accounts.get(ACCOUNT);
        // Whatever is under way arrives: the market stands still.
        venue.market.stop();
        pass(1_000);

        const truth = venue.market.trueBook('MSFT');
        expect(
          book?.status === 'live' && book.book.bids.slice(20).map(({ exact }) => [exact.price, exact.size]),
        ).toEqual(truth?.bids.slice(0, 20));
        expect(quote?.bid?.exact.price).toBe(venue.market.trueBook('AAPL')?.bids[0]?.[0]);
        expect(candles[0]).toMatchObject({
          type: 'snapshot',
          candles: Array.from({ length: 5 }, () => ({ closed: true })),
        });
        const known = orders?.status === 'live' ? [...orders.value.values()] : [];
        expect(known.map(({ orderId, legs }) => [orderId, legs[0]?.filled]).sort()).toEqual(
          [...(desk?.orders ?? [])].map(([id, order]) => [id, order.filled]).sort(),
        );
        // What was filled before the first snapshot is none of these.
        for (const { orderId, size } of fills) before.set(orderId, (before.get(orderId) ?? 0) + size);
        for (const [id, size] of before) expect(size).toBeLessThanOrEqual(desk?.orders.get(id)?.filled ?? 0);
        const held = positions?.status === 'live' ? [...positions.value.values()] : [];
        expect(held.map(({ instrument, size }) => [instrument, size]).sort()).toEqual([...(desk?.held ?? [])].sort());
        expect(told).toEqual([]);
        expect(venue.stats().violations).toEqual([]);
        end();
        expect(venue.stats().open).toBe(0);
      }),
      { numRuns: 12 },
    );
  });

  it('a refused symbol ends alone, a lost stream comes back, and there is room for another when a stream is gone', () => {
    const { exchange, venue, pass, end } = start(transport, 3, [{ fault: 'terminate', at: 3_000 }]);
    const ends: string[] = [];
    const states: string[] = [];
    exchange.quote('NOPE').subscribe({ error: (error: unknown) => ends.push(String(error)) });
    exchange.book('NOPE').subscribe({ error: (error: unknown) => ends.push(String(error)) });
    const good = exchange.book('MSFT').subscribe(({ status }) => {
      if (states.at(-1) !== status) states.push(status);
    });
    pass(10_000);
    expect(ends.map((text) => text.slice(0, 60)).sort()).toEqual([
      expect.stringContaining('SubscriptionRefusedError: tradestation refused depth-quotes'),
      'SubscriptionRefusedError: tradestation refused quotes NOPE: ',
    ]);
    expect(states).toEqual(['syncing', 'live', 'stale', 'live']);
    good.unsubscribe();
    pass(5_000);
    expect([exchange.openStreams(), venue.stats().open]).toEqual([0, 0]);
    end();
  });

  it('changed symbols are had from a stream that is open before the old one is closed', () => {
    const { exchange, venue, pass, end } = start(transport);
    const seen: string[] = [];
    exchange.quote('MSFT').subscribe(({ instrument }) => seen.push(instrument));
    pass(2_000);
    const calm = seen.length;
    exchange.quote('AAPL').subscribe(({ instrument }) => seen.push(instrument));
    let most = 0;
    for (let i = 0; i < 400; i += 1) {
      pass(5);
      most = Math.max(most, venue.stats().open);
    }
    expect([calm > 0, most, venue.stats().open, new Set(seen).size]).toEqual([true, 2, 1, 2]);
    end();
  });
});

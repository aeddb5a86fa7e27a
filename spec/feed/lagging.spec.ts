import { liveOrNone } from '../../lib/operators/liveOrNone.js';
import type { BookState } from '../../lib/model/bookState.js';
import type { DepthEvent } from '../../lib/model/depthEvent.js';
import { applyDiff, bookFrom } from '../../lib/book/orderBook.js';
import type { OrderBook } from '../../lib/model/orderBook.js';
import { simulatedBinance } from '../../lib/simulation/index.js';
import { binance } from '../../lib/venues/binance/index.js';
import { tplus } from '../../lib/venues/tplus/index.js';
import { simulatedTplus } from '../../lib/simulation/index.js';
import { ed25519Signer } from '../../lib/node/ed25519Signer.js';
import { Backlog } from '../support/backlog.js';
import { WallClock, virtualDay } from '../support/chaosClock.js';

const SYMBOLS = ['BTCUSDT', 'FINEUSDT'];

function rig() {
  const { scheduler, pass } = virtualDay();
  const venue = simulatedBinance({ scheduler, seed: 3, stepEvery: 100, activity: 4, instruments: SYMBOLS });
  const backlog = new Backlog(venue.network, scheduler);
  const clock = new WallClock(scheduler);
  const exchange = binance({ network: backlog.network, scheduler: clock, random: () => 0.5, maxLag: 2_000 });
  const faults: string[] = [];
  exchange.faults$.subscribe(({ type }) => faults.push(type));
  const states = SYMBOLS.map((symbol) => {
    const seen: BookState[] = [];
    exchange.book(symbol).subscribe((state) => seen.push(state));
    return seen;
  });
  /** A fold of somebody's own, and whether what it comes to is the book. */
  const own = new Map<string, OrderBook>();
  const hear = (event: DepthEvent): void => {
    const book = own.get(event.instrument);
    if (event.type === 'reset') own.delete(event.instrument);
    else if (event.type === 'snapshot') own.set(event.instrument, bookFrom(event));
    else if (book !== undefined) own.set(event.instrument, applyDiff(book, event));
    else throw new Error('a diff of nothing');
  };
  const depth = (symbol: string): void => {
    exchange.depth(symbol).subscribe(hear);
  };
  pass(5_000);
  const last = (index = 0): BookState | undefined => states[index]?.at(-1);
  const sequence = (state = last()): number => (state?.status === 'live' ? (state.book.sequence ?? NaN) : NaN);
  const story = (index = 0): string[] =>
    (states[index] ?? [])
      .map((state) => (state.status === 'stale' ? state.reason : state.status))
      .filter((word, at, all) => word !== all[at - 1]);
  return { pass, venue, backlog, clock, exchange, faults, states, last, sequence, story, own, depth };
}

describe('books of a process that does not keep up', () => {
  it('are stale from the first old frame of a burst that comes late, and live with its last, without a snapshot', () => {
    const { pass, backlog, faults, states, story, last, exchange } = rig();
    expect(story()).toEqual(['syncing', 'live']);
    backlog.hold();
    pass(8_000);
    const before = states.map(({ length }) => length);
    backlog.read();
    for (const [index, seen] of states.entries()) {
      // Not one of all that were old was told as live: stale, then the newest.
      const told = seen.slice(before[index]).map(({ status }) => status);
      expect(told[0]).toBe('stale');
      expect(told.filter((status, at) => status === 'live' && told[at - 1] !== 'live')).toHaveLength(1);
      expect(told.length).toBeLessThan(15);
      expect(story(index)).toEqual(['syncing', 'live', 'lagging', 'live']);
    }
    expect(faults).toEqual(['lag']);
    pass(1_000);
    expect(last()).toMatchObject({ status: 'live' });
    expect(exchange.tally('BTCUSDT')?.snapshots).toBe(1);
  });

  it('are stale while each frame is too old, and tell no state meanwhile but go on with their events', () => {
    const { pass, backlog, faults, states, story, own, depth, last, exchange } = rig();
    SYMBOLS.forEach(depth);
    pass(1_000);
    backlog.delay(4_000);
    pass(10_000);
    const told = states[0]?.length;
    // Who comes only now has nothing to begin with.
    const late: string[] = [];
    exchange.depth('BTCUSDT').subscribe(({ type }) => late.push(type));
    pass(10_000);
    expect(states[0]).toHaveLength(told ?? 0);
    expect(late).toEqual([]);
    expect(last()).toMatchObject({ status: 'stale', reason: 'lagging' });
    backlog.delay(0);
    pass(6_000);
    expect(late.slice(0, 2)).toEqual(['snapshot', 'diff']);
    expect(faults.filter((type) => type === 'lag')).toHaveLength(1);
    expect(story().slice(0, 3)).toEqual(['syncing', 'live', 'lagging']);
    const book = last();
    if (book?.status !== 'live') throw new Error('not live');
    expect([...(own.get('BTCUSDT')?.bids ?? [])]).toEqual([...book.book.bids]);
    expect([...(own.get('BTCUSDT')?.asks ?? [])]).toEqual([...book.book.asks]);
  });

  it.each([-3_600_000, -30_000, 3_000, 30_000, 3_600_000])(
    'are live through a clock that is set by %d ms, and back',
    (by) => {
      const { pass, clock, faults, story, sequence } = rig();
      clock.jump(by);
      pass(5_000);
      const before = sequence();
      clock.right();
      pass(5_000);
      expect(sequence()).toBeGreaterThan(before);
      expect(story()).toEqual(['syncing', 'live']);
      expect(faults).toEqual([]);
    },
  );

  it('have whoever quotes by them pull what they quote', () => {
    const { pass, backlog, exchange } = rig();
    const told: boolean[] = [];
    exchange
      .book('BTCUSDT')
      .pipe(liveOrNone())
      .subscribe((book) => told.push(book !== undefined));
    backlog.delay(3_000);
    pass(8_000);
    expect(told.at(-1)).toBe(false);
  });

  it('are live where a venue tells no times, for nothing was held up', () => {
    const { scheduler, pass } = virtualDay();
    const venue = simulatedTplus({ scheduler, seed: 3, stepEvery: 100, activity: 4 });
    const backlog = new Backlog(venue.network, scheduler);
    const signer = ed25519Signer('00'.repeat(32));
    const exchange = tplus({
      network: backlog.network,
      scheduler,
      random: () => 0.5,
      account: { userId: signer.publicKey, sign: signer.sign },
    });
    const told: string[] = [];
    exchange.book('200').subscribe((state) => told.push(state.status === 'stale' ? state.reason : state.status));
    pass(5_000);
    backlog.delay(5_000);
    pass(20_000);
    expect(new Set(told)).toEqual(new Set(['syncing', 'live']));
  });
});

import type { Candle, Fault } from '../../lib/index.js';
import { troubled } from '../support/relayTrouble.js';
import { relayRig } from './support/relayRig.js';

const INTERVAL = '1s';
const offer = (history: number) => ({ candles: [['BTCUSDT', INTERVAL, { history }]] }) as const;
const exactly = ({ openTime, exact }: Candle): string =>
  [openTime, exact.open, exact.high, exact.low, exact.close, exact.volume].join(' ');

function setUp(history: number) {
  const rig = relayRig();
  /** What an exchange tells of candles, closed ones as they are and all by when they begin. */
  const listen = (exchange: ReturnType<typeof rig.consumer>) => {
    const heard: Candle[] = [];
    const faults: Fault[] = [];
    exchange.candles('BTCUSDT', INTERVAL, { history }).subscribe((candle) => heard.push(candle));
    exchange.faults$.subscribe((fault) => faults.push(fault));
    return { heard, faults, closed: () => heard.filter(({ closed }) => closed).map(exactly) };
  };
  /** What the venue has of the past. */
  const truth = (): readonly string[] => {
    let rows: readonly (readonly unknown[])[] = [];
    const url = 'https://api.binance.com/api/v3/klines?symbol=BTCUSDT&interval=1s&limit=1000';
    rig.venue.network.request({ method: 'GET', url }).subscribe(({ body }) => {
      rows = JSON.parse(body) as unknown[][];
    });
    rig.pass(50);
    return rows.map((row) => row.slice(0, 6).join(' '));
  };
  return { ...rig, listen, truth };
}

/** The part of the truth that begins where they do, as long as they are. */
const alike = (closed: readonly string[], truth: readonly string[]): readonly string[] => {
  const first = truth.indexOf(closed[0] ?? '');
  return truth.slice(first, first + closed.length);
};

describe('relayed candles with their past', () => {
  it('are each there once, closed and as the venue has it, also for who comes late', () => {
    const { gateway, consumer, listen, truth, pass } = setUp(5);
    gateway('A', offer(5));
    const early = listen(consumer());
    pass(20_500);
    const late = listen(consumer());
    pass(100);
    expect(late.heard).toHaveLength(5);
    expect(late.heard.map(({ closed }) => closed)).toEqual([true, true, true, true, false]);
    pass(10_300);

    for (const { closed, faults } of [early, late]) {
      expect(closed().length).toBeGreaterThan(10);
      expect(closed()).toEqual(alike(closed(), truth()));
      expect(faults).toEqual([]);
    }
    expect(late.heard.at(-1)?.receivedTime).toBeGreaterThan(29_000);
  });

  it('make up for what was missed, from another gateway too', () => {
    const { gateway, consumer, listen, truth, pass } = setUp(10);
    const first = gateway('A', offer(10));
    const { closed, faults } = listen(consumer());
    pass(15_000);
    first.kill();
    gateway('B', offer(10));
    pass(15_500);

    expect(closed().length).toBeGreaterThan(25);
    expect(closed()).toEqual(alike(closed(), truth()));
    expect(faults.filter(({ type }) => type === 'gap')).toEqual([]);
  });

  it('say from where on there are some, where more was missed than a gateway holds', () => {
    const { gateway, consumer, listen, bus, truth, pass } = setUp(3);
    gateway('A', offer(3));
    const own = troubled(bus);
    const { closed, faults } = listen(consumer({ bus: own }));
    pass(5_000);
    own.block();
    pass(10_000);
    own.unblock();
    pass(5_500);

    const [past, rows] = [closed(), truth()];
    // The one that was open when nothing was heard any more is told as far as it was known.
    expect(past.filter((candle) => !rows.includes(candle)).length).toBeLessThanOrEqual(1);
    expect(new Set(past).size).toBe(past.length);
    expect(faults.filter(({ type }) => type === 'gap').map(({ message }) => message)).toContainEqual(
      expect.stringContaining('and the venue has them from'),
    );
  });

  it('refuse a number of candles that can not be meant', () => {
    const { consumer } = setUp(1);
    expect(() => consumer().candles('BTCUSDT', INTERVAL, { history: -1 })).toThrow(
      expect.objectContaining({ name: 'InvalidArgumentError', field: 'history' }),
    );
  });
});

import fc from 'fast-check';
import { type CandleInput, type CandleJoin, advanceCandles, unjoined } from '../../lib/book/candleJoin.js';
import type { Candle } from '../../lib/index.js';

/** A candle that begins at minute `minute`, has had `trades` trades, and is whole with ten. */
const candle = (minute: number, trades: number, closed = false): Candle => ({
  instrument: 'X',
  interval: '1m',
  openTime: minute * 60_000,
  closeTime: minute * 60_000 + 59_999,
  open: minute,
  high: minute + trades,
  low: minute,
  close: minute + trades,
  volume: trades,
  exact: {
    open: `${minute}`,
    high: `${minute + trades}`,
    low: `${minute}`,
    close: `${minute + trades}`,
    volume: `${trades}`,
  },
  closed,
  receivedTime: 0,
});
const words = ({ openTime, volume, closed }: Candle): string => `${openTime / 60_000}:${volume}${closed ? '!' : ''}`;

const run = (inputs: readonly CandleInput[], count = 3) => {
  let join: CandleJoin = unjoined;
  return inputs.map((input) => {
    const step = advanceCandles(join, input, count);
    join = step.join;
    return [...step.emitted.map(words), ...(step.want === undefined ? [] : ['?'])].join(' ');
  });
};
const live = (...parameters: Parameters<typeof candle>): CandleInput => ({
  type: 'live',
  candle: candle(...parameters),
});
const loaded = (...candles: Candle[]): CandleInput => ({ type: 'loaded', candles });
const begun: CandleInput = { type: 'begun' };
const lost: CandleInput = { type: 'lost' };
const missed: CandleInput = { type: 'missed' };

describe('candles that were loaded, and those that are streamed', () => {
  it('meet within the present one: the past is closed, and of two tellings the one with more volume counts', () => {
    expect(run([begun, live(5, 3), loaded(candle(3, 10), candle(4, 10), candle(5, 2)), live(5, 4)])).toEqual([
      '?',
      '',
      '3:10! 4:10! 5:3',
      '5:4',
    ]);
    expect(run([begun, live(5, 3), loaded(candle(4, 10), candle(5, 6)), live(5, 4), live(5, 7)])).toEqual([
      '?',
      '',
      '4:10! 5:6',
      '5:4',
      '5:7',
    ]);
    expect(run([begun, loaded(candle(5, 6)), live(5, 4), live(5, 7)])).toEqual(['?', '5:6', '', '5:7']);
  });

  it('are asked for at a first candle, where nothing confirms', () => {
    expect(run([live(5, 3), begun, loaded(candle(5, 3))])).toEqual(['?', '', '5:3']);
  });

  it('are no more than wanted at the beginning, the present one among them', () => {
    expect(run([begun, live(5, 1), loaded(candle(1, 10), candle(2, 10), candle(3, 10), candle(4, 10))], 2)).toEqual([
      '?',
      '',
      '?',
    ]);
    expect(run([begun, loaded(candle(1, 10), candle(2, 10), candle(3, 1))], 2)).toEqual(['?', '2:10! 3:1']);
  });

  it('are joined where the past ends before the stream begins, as soon as it reaches it', () => {
    const past = [candle(3, 10), candle(4, 9)];
    expect(run([begun, live(5, 1), loaded(...past), loaded(candle(3, 10), candle(4, 10), candle(5, 1))])).toEqual([
      '?',
      '',
      '?',
      '3:10! 4:10! 5:1',
    ]);
    expect(
      run([begun, live(5, 1), loaded(...past), loaded(...past), loaded(...past), loaded(...past)]).slice(2),
    ).toEqual(['?', '?', '?', '3:10! 4:9! 5:1']);
  });

  it('are joined where the past is all held, or there is none', () => {
    expect(run([begun, live(4, 10, true), live(5, 1), loaded(candle(3, 10), candle(4, 9))])[3]).toBe('3:10! 4:10! 5:1');
    expect(run([begun, live(5, 1), loaded(), loaded(), loaded(), loaded()]).slice(2)).toEqual(['?', '?', '?', '5:1']);
    expect(run([begun, loaded(), live(5, 1), live(6, 1)])).toEqual(['?', '', '5:1', '5:1! 6:1']);
  });

  it('go on: a candle is closed by its end or by the next one', () => {
    expect(
      run([begun, loaded(candle(5, 1)), live(5, 2), live(5, 10, true), live(5, 9), live(5, 10, true), live(6, 1)]),
    ).toEqual(['?', '5:1', '5:2', '5:10!', '', '', '6:1']);
    expect(run([begun, loaded(candle(5, 1)), live(5, 10), live(6, 1)])).toEqual(['?', '5:1', '5:10', '5:10! 6:1']);
  });

  it('are loaded again where the one that was told last was told by nobody since', () => {
    expect(run([begun, loaded(candle(5, 1)), live(6, 1), loaded(candle(5, 10), candle(6, 1))])).toEqual([
      '?',
      '5:1',
      '?',
      '5:10! 6:1',
    ]);
  });

  it('are loaded again where the end of one was not told by a stream that tells ends', () => {
    expect(
      run([
        begun,
        loaded(candle(4, 10), candle(5, 1)),
        live(5, 2),
        live(5, 10, true),
        live(6, 1),
        live(7, 1),
        live(7, 2),
        loaded(candle(6, 10), candle(7, 1)),
      ]).slice(2),
    ).toEqual(['5:2', '5:10!', '6:1', '?', '', '6:10! 7:2']);
    // A past that a venue repeats is closed, and says nothing of how it tells ends.
    expect(
      run([begun, loaded(candle(4, 10), candle(5, 1)), live(4, 10, true), live(5, 9), live(6, 1), live(7, 1)]).slice(2),
    ).toEqual(['', '5:9', '5:9! 6:1', '6:1! 7:1']);
  });

  it('are loaded again after a loss and after a frame that could not be read', () => {
    expect(
      run([
        begun,
        loaded(candle(5, 1)),
        live(5, 3),
        lost,
        begun,
        live(7, 1),
        loaded(candle(5, 10), candle(6, 10), candle(7, 1)),
      ]),
    ).toEqual(['?', '5:1', '5:3', '', '?', '', '5:10! 6:10! 7:1']);
    expect(
      run([begun, loaded(candle(5, 1)), live(5, 3), missed, live(6, 1), loaded(candle(5, 10), candle(6, 1))]),
    ).toEqual(['?', '5:1', '5:3', '?', '', '5:10! 6:1']);
    expect(run([missed, lost, begun])).toEqual(['', '', '?']);
  });

  it('never leave a candle open behind a later one, though the venue has it no more', () => {
    const late = [begun, loaded(candle(5, 1)), lost, begun, live(9, 1), loaded(candle(8, 10), candle(9, 1))];
    expect(run(late).at(-1)).toBe('5:1! 8:10! 9:1');
    expect(
      run([begun, loaded(candle(5, 1)), lost, begun, live(9, 1), loaded(), loaded(), loaded(), loaded()]).at(-1),
    ).toBe('5:1! 9:1');
  });

  it('pass over a past that a venue repeats, and tell a correction of the one before', () => {
    expect(
      run([
        begun,
        loaded(candle(3, 10), candle(4, 10), candle(5, 1)),
        live(3, 10),
        live(4, 10),
        live(4, 11),
        live(4, 11),
        live(5, 2),
      ]),
    ).toEqual(['?', '3:10! 4:10! 5:1', '', '', '4:11!', '', '5:2']);
    expect(run([begun, loaded(candle(4, 10), candle(5, 1)), live(5, 10, true), live(5, 11, true)]).slice(2)).toEqual([
      '5:10!',
      '5:11!',
    ]);
  });

  it('pass over a telling of the one before that is behind what was loaded since', () => {
    const behind = [
      begun,
      live(5, 3),
      loaded(candle(4, 10), candle(5, 3)),
      missed,
      loaded(candle(5, 10), candle(6, 2)),
      live(5, 4),
      live(5, 10),
      live(5, 11),
      live(6, 1),
      live(6, 3),
    ];
    expect(run(behind).slice(4)).toEqual(['5:10! 6:2', '', '', '5:11!', '', '6:3']);
  });

  it('pass over an open telling of the one before, where the venue itself says when one is over', () => {
    expect(
      run([
        begun,
        loaded(candle(4, 10), candle(5, 1)),
        live(5, 10),
        live(5, 11, true),
        live(6, 1),
        live(5, 10),
        live(5, 12, true),
      ]).slice(2),
    ).toEqual(['5:10', '5:11!', '6:1', '', '5:12!']);
  });

  it.each([true, false])(
    'begin anew where one behind the newest goes on being told (ends are told: %j)',
    (tellsEnds) => {
      // By a clock that was an hour ahead for a moment, and of which the past still knows.
      const told = run([
        begun,
        loaded(candle(4, 10), candle(5, 1)),
        live(5, 10, tellsEnds),
        live(65, 1),
        live(6, 1),
        live(6, 2),
        live(6, 2),
        live(6, 3),
        loaded(candle(4, 10), candle(5, 10), candle(6, 3), candle(65, 1)),
        live(6, 4),
        live(7, 1),
      ]).slice(2);

      const begin = tellsEnds ? ['5:10!', '65:1'] : ['5:10', '5:10! 65:1'];
      expect(told).toEqual([...begin, '', '', '', '?', '4:10! 5:10! 6:3', '6:4', '6:4! 7:1']);
    },
  );

  it('do not begin anew by a past that is repeated, nor by corrections of the one before', () => {
    const past = [live(2, 10), live(3, 10), live(4, 10)];
    const again = [...past, ...past, ...past, live(4, 11), live(4, 12), live(4, 13), live(4, 14)];
    const told = run([begun, loaded(candle(4, 10), candle(5, 1)), live(5, 2), ...again]).slice(3);
    expect(told.join('')).toBe('4:11!4:12!4:13!4:14!');
  });

  it('take no notice of an answer of a session that is over', () => {
    expect(run([begun, lost, loaded(candle(5, 1))])).toEqual(['?', '', '']);
  });
});

/** A market of one candle a minute of ten trades, some minutes without any; what the venue would tell at every trade. */
const market = fc
  .record({
    minutes: fc.integer({ min: 2, max: 8 }),
    quiet: fc.array(fc.integer({ min: 0, max: 8 }), { maxLength: 4 }),
    saysClosed: fc.boolean(),
    count: fc.integer({ min: 1, max: 5 }),
    /** What happens between two trades: the session is lost or comes back, an answer arrives, a frame is lost. */
    events: fc.array(fc.constantFrom('none', 'none', 'none', 'lost', 'begun', 'answer', 'missed'), {
      minLength: 30,
      maxLength: 120,
    }),
    /** How many trades the venue's REST side is behind. */
    lag: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ minutes, quiet, ...others }) => ({
    minutes: Array.from({ length: minutes }, (_, minute) => minute).filter((minute) => !quiet.includes(minute)),
    ...others,
  }))
  .filter(({ minutes }) => minutes.length > 0);

it('are every candle that there was from the first one told on, each closed once and right, in order, whatever happens', () => {
  fc.assert(
    fc.property(market, ({ minutes: traded, saysClosed, count, events, lag }) => {
      const minutes = [...traded];
      const trades = minutes.flatMap((minute) => Array.from({ length: 10 }, (_, i) => ({ minute, i: i + 1 })));
      /** What REST answers when so many trades have been. */
      const pastAt = (index: number, from = -Infinity): readonly Candle[] => {
        const done = trades.slice(0, Math.max(0, index));
        return minutes
          .filter((minute) => minute >= from)
          .flatMap((minute) => {
            const size = done.filter((trade) => trade.minute === minute).length;
            return size === 0 ? [] : [candle(minute, size)];
          });
      };
      let join: CandleJoin = unjoined;
      let asked: number | undefined;
      const told: Candle[] = [];
      let isUp = false;
      let index = 0;
      const tell = (input: CandleInput): void => {
        const step = advanceCandles(join, input, count);
        join = step.join;
        told.push(...step.emitted);
        if (join.phase !== 'loading') asked = undefined;
        if (step.want !== undefined) asked = index;
      };
      const answer = (): void => {
        if (asked === undefined) return;
        const from = join.last === undefined ? -Infinity : join.last.openTime / 60_000;
        // Asked again it is of then; the lag is over when it counts.
        const candles = pastAt(Math.max(asked, index) - (join.short < 3 ? lag : 0), from);
        tell({ type: 'loaded', candles: join.last === undefined ? candles.slice(-count) : candles });
      };
      for (const event of events) {
        if (event === 'begun' && !isUp) {
          isUp = true;
          tell({ type: 'begun' });
        } else if (event === 'lost' && isUp) {
          isUp = false;
          tell({ type: 'lost' });
        } else if (event === 'answer') answer();
        else if (event === 'missed' && isUp && index < trades.length) {
          index += 1;
          tell({ type: 'missed' });
        } else {
          const trade = trades[index];
          if (trade === undefined) continue;
          index += 1;
          if (isUp) {
            tell({ type: 'live', candle: candle(trade.minute, trade.i, saysClosed && trade.i === 10) });
          }
        }
      }
      if (!isUp) tell({ type: 'begun' });
      for (let i = 0; i < 5; i += 1) answer();
      // Where REST was behind and the market was still, the next trade tells.
      trades.splice(index, Infinity, { minute: 99, i: 1 });
      minutes.push(99);
      index += 1;
      tell({ type: 'live', candle: candle(99, 1) });
      for (let i = 0; i < 5; i += 1) answer();

      const order = told.map(({ openTime }) => openTime);
      expect(order).toEqual([...order].sort((a, b) => a - b));
      const ended = told.filter(({ closed }) => closed);
      expect(new Set(ended.map(({ openTime }) => openTime)).size).toBe(ended.length);
      const whole = (time: number): number => trades.filter(({ minute }) => minute * 60_000 === time).length;
      expect(ended.map(words)).toEqual(ended.map(({ openTime }) => `${openTime / 60_000}:${whole(openTime)}!`));
      const distinct = [...new Set(order)].map((time) => time / 60_000);
      const [first] = distinct;
      const reached = pastAt(index).map(({ openTime }) => openTime / 60_000);
      if (first !== undefined) expect(distinct).toEqual(reached.filter((minute) => minute >= first));
    }),
    { numRuns: 2_000 },
  );
});

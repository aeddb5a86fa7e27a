import { advance, begin, type WatchInput } from '../../../lib/cli/view/advance.js';
import { perSecond } from '../../../lib/cli/view/rate.js';
import type { WatchState } from '../../../lib/cli/view/watchState.js';
import type { Candle } from '../../../lib/model/candle.js';
import type { ConnectionStatus } from '../../../lib/model/connection.js';
import { AT, book, subject, trade } from '../support/books.js';

const after = (...inputs: readonly WatchInput[]): WatchState => inputs.reduce(advance, begin(subject, AT));
const connection = (status: ConnectionStatus, at = AT, wire = 'spot#1'): WatchInput => ({
  type: 'connection',
  at,
  connection: { ...status, wire, at },
});
const live = (at: number, bid = '1.5'): WatchInput => ({
  type: 'book',
  at,
  book: { status: 'live', book: book([[bid, '1']], [['2.5', '1']]) },
});
const stale = (at: number, reason: 'gap' | 'disconnected' = 'gap'): WatchInput => ({
  type: 'book',
  at,
  book: { status: 'stale', book: book([['1.5', '1']], [['2.5', '1']]), reason, since: at },
});
const tick = (at: number): WatchInput => ({ type: 'tick', at });

describe('advance', () => {
  it('counts a reconnect when a wire that was lost is ready again, and only then', () => {
    const first = [connection({ status: 'connecting', attempt: 1 }), connection({ status: 'ready' })];
    const lost = connection({ status: 'lost', reason: 'closed', code: 1001, text: 'bye' });
    const other = connection({ status: 'ready' }, AT, 'spot#2');

    expect(after(...first, other).counts.reconnects).toBe(0);
    expect(after(...first, lost, connection({ status: 'waiting', ms: 5, attempt: 2 })).counts.reconnects).toBe(0);
    expect(after(...first, lost, ...first).counts.reconnects).toBe(1);
    expect(after(...first, lost, lost, ...first, ...first).counts.reconnects).toBe(1);
  });

  it('keeps the episode of a stale book, from the loss until the mending', () => {
    expect(after(live(AT)).episode).toBeUndefined();
    expect(after(live(AT), stale(AT + 10)).episode).toEqual({ reason: 'gap', since: AT + 10, until: undefined });
    expect(after(live(AT), stale(AT + 10), live(AT + 58), live(AT + 99)).episode).toEqual({
      reason: 'gap',
      since: AT + 10,
      until: AT + 58,
    });
  });

  it('makes one episode of two losses before the mending, told by the latest reason', () => {
    const { episode } = after(live(AT), stale(AT + 10), stale(AT + 20, 'disconnected'), live(AT + 30));

    expect(episode).toEqual({ reason: 'disconnected', since: AT + 10, until: AT + 30 });
  });

  it('begins a new episode with the next loss', () => {
    const { episode } = after(live(AT), stale(AT + 10), live(AT + 20), stale(AT + 30));

    expect(episode).toEqual({ reason: 'gap', since: AT + 30, until: undefined });
  });

  it('remembers since when the book has had its status', () => {
    expect(after(live(AT + 5), live(AT + 9)).bookSince).toBe(AT + 5);
    expect(after(live(AT + 5), stale(AT + 9)).bookSince).toBe(AT + 9);
  });

  it('counts gaps and resnapshots by their faults', () => {
    const base = { venue: 'binance', channel: 'x', at: AT, message: 'm' };
    const { counts, faults } = after(
      { type: 'fault', at: AT, fault: { ...base, type: 'gap', reason: 'gap' } },
      { type: 'fault', at: AT, fault: { ...base, type: 'resnapshot', after: 4 } },
      { type: 'fault', at: AT, fault: { ...base, type: 'snapshot', attempt: 1 } },
    );

    expect(counts).toMatchObject({ gaps: 1, resnapshots: 1 });
    expect(faults.map(({ type }) => type)).toEqual(['snapshot', 'resnapshot', 'gap']);
  });

  it('keeps a bounded number of trades, newest first', () => {
    const trades = Array.from({ length: 500 }, (_, i): WatchInput => ({
      type: 'trade',
      at: AT,
      trade: trade(String(i), 'buy', '1', '1'),
    }));

    const state = after(...trades);

    expect(state.trades[0]?.id).toBe('499');
    expect(state.trades.length).toBe(200);
  });

  it('puts a newer state of a candle in the place of the older one', () => {
    const candle = (openTime: number, close: number): WatchInput => {
      const exact = { open: '1', high: '1', low: '1', close: String(close), volume: '1' };
      const value: Candle = {
        instrument: 'X',
        interval: '1m',
        openTime,
        closeTime: openTime + 59_999,
        open: 1,
        high: 1,
        low: 1,
        close,
        volume: 1,
        exact,
        closed: false,
        receivedTime: AT,
      };
      return { type: 'candle', at: AT, candle: value };
    };

    const { candles } = after(candle(0, 1), candle(0, 2), candle(60_000, 3));

    expect(candles.map(({ close }) => close)).toEqual([3, 2]);
  });

  it('samples the price of a live book twice a second, and that there is none of a stale one', () => {
    const ticks = (from: number, to: number): readonly WatchInput[] =>
      Array.from({ length: (to - from) / 100 }, (_, i) => tick(AT + from + i * 100));

    expect(after(live(AT), ...ticks(0, 1_000)).prices.map(({ price }) => price)).toEqual([2, 2]);
    const lost = after(live(AT), ...ticks(0, 500), stale(AT + 500), ...ticks(500, 1_500));
    expect(lost.prices.map(({ price }) => price)).toEqual([2, undefined, undefined]);
    expect(after(live(AT), stale(AT), ...ticks(0, 1_000)).prices).toEqual([]);
  });

  it('lets columns grow, never shrink', () => {
    const { digits } = after(live(AT, '1.125'), tick(AT), live(AT + 1, '10.5'), tick(AT + 1));

    expect(digits.price).toEqual({ whole: 2, decimals: 3 });
  });

  it('leaves the state it was given as it was', () => {
    const before = begin(subject, AT);

    const next = advance(before, connection({ status: 'ready' }));

    expect(before.wires.size).toBe(0);
    expect(next.wires.size).toBe(1);
  });
});

describe('perSecond', () => {
  it('is the mean over the last whole seconds', () => {
    const messages = Array.from({ length: 100 }, (_, i): WatchInput => ({
      type: 'messages',
      at: AT + i * 100,
      count: 2,
    }));

    const { rate } = after(...messages);

    expect(perSecond(rate, AT + 9_900, AT)).toBe(20);
    expect(perSecond(rate, AT + 60_000, AT)).toBe(0);
  });
});

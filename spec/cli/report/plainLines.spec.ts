import { NO_MEMO, plainLines } from '../../../lib/cli/report/plainLines.js';
import { advance, begin, type WatchInput } from '../../../lib/cli/view/advance.js';
import { AT, book, subject, trade } from '../support/books.js';

const standing = book([['100.10', '2.0']], [['100.20', '0.5']], 9);
const live = (at: number): WatchInput => ({ type: 'book', at, book: { status: 'live', book: standing } });
const stale = (at: number): WatchInput => ({
  type: 'book',
  at,
  book: { status: 'stale', book: standing, reason: 'gap', since: at },
});
const tick = (at: number): WatchInput => ({ type: 'tick', at });
const buy = (id: string, size: string): WatchInput => ({
  type: 'trade',
  at: AT,
  trade: trade(id, 'buy', '100.20', size),
});

/** Everything that is printed for a row of inputs. */
function printed(...inputs: readonly WatchInput[]): readonly string[] {
  let state = begin(subject, AT);
  let memo = NO_MEMO;
  return inputs.flatMap((input) => {
    const before = state;
    state = advance(before, input);
    const [lines, next] = plainLines(before, state, input, memo);
    memo = next;
    return lines;
  });
}

describe('plainLines', () => {
  it('tells each step of a connection', () => {
    const wire = { wire: 'spot#1', at: AT };
    expect(
      printed(
        { type: 'connection', at: AT, connection: { ...wire, status: 'connecting', attempt: 1 } },
        { type: 'connection', at: AT, connection: { ...wire, status: 'ready' } },
        {
          type: 'connection',
          at: AT + 5,
          connection: { ...wire, status: 'lost', reason: 'closed', code: 1001, text: 'going\naway' },
        },
        { type: 'connection', at: AT + 5, connection: { ...wire, status: 'waiting', ms: 480, attempt: 2 } },
      ),
    ).toEqual([
      '09:31:04.120 connection spot#1 connecting',
      '09:31:04.120 connection spot#1 ready',
      '09:31:04.125 connection spot#1 lost (closed 1001): going away',
      '09:31:04.125 connection spot#1 waiting 480 ms',
    ]);
  });

  it('tells when the book turns live or stale, not each diff', () => {
    expect(printed(live(AT), live(AT + 1), stale(AT + 10), stale(AT + 11), live(AT + 58), live(AT + 60))).toEqual([
      '09:31:04.120 book live, sequence 9',
      '09:31:04.130 book stale: gap',
      '09:31:04.178 book live after 48 ms, sequence 9',
    ]);
  });

  it('tells the top of a live book at most once a second, and only when it changed', () => {
    const ticks = Array.from({ length: 30 }, (_, i) => tick(AT + i * 100));

    expect(printed(live(AT), ...ticks).slice(1)).toEqual(['09:31:04.120 top 100.1 × 2 | 100.2 × 0.5  spread 0.1']);
    expect(printed(live(AT), stale(AT), ...ticks).slice(2)).toEqual([]);
  });

  it('sums trades up, in decimals', () => {
    const sold: WatchInput = { type: 'trade', at: AT, trade: trade('3', 'sell', '100.10', '7') };

    expect(printed(tick(AT), buy('1', '0.1'), buy('2', '0.2'), sold, tick(AT + 500), tick(AT + 1_000))).toEqual([
      '09:31:05.120 trades 3: bought 0.3, sold 7, last 100.1',
    ]);
  });

  it('tells faults on one line', () => {
    const fault = {
      type: 'gap',
      venue: 'binance',
      channel: 'c',
      reason: 'gap',
      at: AT,
      message: 'c:\u001b[2J\nlost',
    } as const;

    expect(printed({ type: 'fault', at: AT, fault })).toEqual(['09:31:04.120 fault gap: c: [2J lost']);
  });

  it('ends with what was counted', () => {
    expect(printed({ type: 'messages', at: AT, count: 1 }, { type: 'ended', at: AT, why: 'time is over' })).toEqual([
      '09:31:04.120 time is over: 1 message, 0 gaps, 0 resnapshots, 0 reconnects',
    ]);
  });
});

import { paintFor } from '../../../lib/cli/render/paint.js';
import { screen } from '../../../lib/cli/render/screen.js';
import { widthOf } from '../../../lib/cli/render/text.js';
import { advance, begin, type WatchInput } from '../../../lib/cli/view/advance.js';
import { watchOf, type WatchEvent } from '../../../lib/cli/view/watch.js';
import { advanceWatch } from '../../../lib/cli/view/advanceWatch.js';
import type { WatchState } from '../../../lib/cli/view/watchState.js';
import { AT, book, subject, trade } from '../support/books.js';

const plain = paintFor(false);
const connected: WatchInput = {
  type: 'connection',
  at: AT,
  connection: { status: 'ready', wire: 'spot#1', at: AT },
};
const standing = book(
  [
    ['100.10', '2'],
    ['100.00', '1'],
  ],
  [
    ['100.20', '0.5'],
    ['100.30', '4'],
  ],
);
const live = (at: number): WatchInput => ({ type: 'book', at, book: { status: 'live', book: standing } });
const stale = (at: number): WatchInput => ({
  type: 'book',
  at,
  book: { status: 'stale', book: standing, reason: 'gap', since: at },
});
const tick = (at: number): WatchInput => ({ type: 'tick', at });
const bought: WatchInput = { type: 'trade', at: AT, trade: trade('1', 'buy', '100.20', '0.25') };
const gap: WatchInput = {
  type: 'fault',
  at: AT,
  fault: { type: 'gap', venue: 'binance', channel: 'c', reason: 'gap', at: AT, message: 'c: 9 came after 7' },
};
const after = (...inputs: readonly WatchInput[]): WatchState =>
  inputs.reduce(advance, begin({ ...subject, notes: ['stop with q'] }, AT));
const lines = (state: WatchState, columns = 70, rows = 20): readonly string[] =>
  screen(watchOf(state), { columns, rows }, undefined, plain).map((line) => line.trimEnd());

describe('screen', () => {
  it('shows header, ladder, trades, faults and notes', () => {
    const state = after(connected, live(AT), bought, gap, tick(AT + 2_000));

    expect(lines(state, 72)).toEqual(
      [
        ' BTCUSDT  binance spot  live                         ● spot#1 ready 2 s',
        ' ● book live 2 s                                           09:31:06 UTC',
        ' 0.0 msg/s   0 messages   gaps 1   resnapshots 0   reconnects 0  up 2 s',
        '─'.repeat(72),
        ' price   size     sum                │  trades        side  price   size',
        '                                     │  09:31:04.120  buy   100.2   0.25',
        ' 100.3   4.00    4.50  █████████████ │',
        ' 100.2   0.50    0.50  █▋            │',
        ' mid 100.15  spread 0.1  -20 %       │',
        ' 100.1   2.00    2.00  ██████▌       │  waiting for prices',
        ' 100.0   1.00    3.00  ███▎          │',
        '                                     │',
        '                                     │',
        '─'.repeat(72),
        ' faults',
        ' 09:31:04.120  gap          c: 9 came after 7',
        '',
        '─'.repeat(72),
        ' stop with q',
        ' q quit   ? keys   p hold   g/G group   s symbol',
      ].map((line) => line.trimEnd()),
    );
  });

  it('has a row for each of several instruments, and the rest for the chosen one', () => {
    const views = ['BTCUSDT', 'ETHUSDT'].map((instrument) => begin({ ...subject, instrument }, AT));
    const events: readonly WatchEvent[] = [
      { ...live(AT), instrument: 'ETHUSDT' },
      { type: 'refused', at: AT, instrument: 'BTCUSDT', why: 'no such symbol' },
      tick(AT + 1_000),
    ];
    const watch = events.reduce((before, event) => advanceWatch(before, event), watchOf(...views));
    const rows = (key: string): readonly string[] =>
      screen(advanceWatch(watch, { type: 'key', at: AT, key }), { columns: 72, rows: 24 }, undefined, plain);

    expect(
      rows('tab')
        .slice(4, 7)
        .map((line) => line.trimEnd()),
    ).toEqual([
      ' symbol   status      bid    ask  spread  imbalance  last',
      ' BTCUSDT  refused       –      –       –          –     –',
      '▸ETHUSDT  live 1 s  100.1  100.2     0.1      -20 %     –',
    ]);
    expect(rows('1').join('\n')).toContain(' refused: no such symbol');
  });

  it('says in the midst of a stale ladder that it is, also without colours', () => {
    expect(lines(after(live(AT), stale(AT), tick(AT + 3_200))).join('\n')).toContain(' STALE: gap, for 3.2 s');
  });

  it('lists lost wires among the faults, and when they are back', () => {
    const wire = (at: number, status: 'lost' | 'ready'): WatchInput => ({
      type: 'connection',
      at,
      connection: { ...(status === 'lost' ? { status, reason: 'closed', text: 'closed' } : { status }), wire: 'w', at },
    });

    expect(
      lines(after(wire(AT, 'lost'), wire(AT + 1, 'lost'), wire(AT + 2_000, 'ready')), 80, 24).slice(18, 21),
    ).toEqual([
      ' 09:31:06.120  back         w: connected again after 2.0 s',
      ' 09:31:04.121  lost         w: closed',
      ' 09:31:04.120  lost         w: closed',
    ]);
  });

  it('groups levels, explains keys, and says that it is held', () => {
    const keyed = (...keys: readonly string[]): string =>
      screen(
        keys.reduce(
          (watch, key) => advanceWatch(watch, { type: 'key', at: AT, key }),
          watchOf(after(live(AT), tick(AT))),
        ),
        { columns: 80, rows: 24 },
        undefined,
        plain,
      ).join('\n');

    expect(keyed('g')).toMatch(/by 0\.5[^]* 100\.5 {4}4\.5 [^]* 100\.0 {4}3\.0 /);
    expect(keyed('?')).toMatch(/tab, arrows[^]*not to be acted upon/);
    expect(keyed('p')).toContain(' HELD as of 09:31:04: this is the past');
  });

  it('says since when and why a book is stale', () => {
    expect(lines(after(live(AT), stale(AT), tick(AT + 1_500)))[1]).toBe(
      ' ● book stale: gap since 09:31:04.120 (1.5 s)              09:31:05 UTC'.slice(0, 45) +
        ' '.repeat(12) +
        '09:31:05 UTC',
    );
  });

  it('keeps a mended loss in sight for some seconds', () => {
    const mended = after(live(AT), stale(AT), live(AT + 48));

    expect(lines(advance(mended, tick(AT + 3_048)))[1]).toContain(
      '● book live 3 s   stale: gap 09:31:04.120 → live after 48 ms',
    );
    expect(lines(advance(mended, tick(AT + 9_000)))[1]).not.toContain('gap');
  });

  it('waits for the first snapshot', () => {
    const shown = lines(after(tick(AT + 400)));

    expect(shown[1]).toMatch(/^ ◌ book syncing 0 s/);
    expect(shown.join('\n')).toContain('waiting for the first snapshot');
  });

  it('paints a live book green, a stale one red and its ladder dim', () => {
    const painted = (state: WatchState): string =>
      screen(watchOf(state), { columns: 80, rows: 24 }, undefined, paintFor(true)).join('\n');

    expect(painted(after(live(AT), tick(AT)))).toContain('\u001b[32m● book live');
    expect(painted(after(live(AT), stale(AT), tick(AT)))).toContain('\u001b[31m● book stale');
    expect(painted(after(live(AT), stale(AT), tick(AT)))).toContain('\u001b[2m100.1\u001b[22m');
  });

  it('shows a lost wire with its reason, and no more than a count of many wires', () => {
    const wire = (name: string, lost: boolean): WatchInput => ({
      type: 'connection',
      at: AT,
      connection: lost
        ? { status: 'lost', reason: 'closed', code: 1001, text: 'going away', wire: name, at: AT }
        : { status: 'ready', wire: name, at: AT },
    });

    expect(lines(after(wire('spot#1', true), tick(AT)))[0]).toMatch(/● spot#1 lost \(closed 1001\) 0 s$/);
    expect(lines(after(wire('a#1', false), wire('b#1', true), wire('c#1', false), tick(AT)))[0]).toMatch(
      /2 of 3 wires ready$/,
    );
  });

  it('shows as many levels as asked for', () => {
    const state = after(live(AT), tick(AT));
    const shown = screen(watchOf(state), { columns: 72, rows: 30 }, 1, plain).join('\n');

    expect(shown).toContain('100.1    2.0');
    expect(shown).not.toContain('100.0    1.0');
  });

  it.each(['book', 'trades', 'quotes', 'candles', 'ticker'] as const)(
    'fills every line of any terminal exactly, whatever the channel (%s)',
    (channel) => {
      const begun = begin({ ...subject, channel, instrument: '币安人生USDT', notes: ['stop with q'] }, AT);
      const state = [connected, live(AT), bought, gap, tick(AT), live(AT + 500), tick(AT + 500)].reduce(advance, begun);
      for (const columns of [1, 20, 63, 64, 80, 133, 240]) {
        for (const rows of [1, 3, 5, 8, 15, 16, 24, 60]) {
          const shown = screen(watchOf(state), { columns, rows }, undefined, paintFor(true));

          expect(shown.length).toBe(rows);
          expect(new Set(shown.map(widthOf))).toEqual(new Set([columns]));
        }
      }
    },
  );
});

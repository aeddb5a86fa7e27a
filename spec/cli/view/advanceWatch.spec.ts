import { begin, type WatchInput } from '../../../lib/cli/view/advance.js';
import { groupStep } from '../../../lib/cli/view/grouping.js';
import { shownViews, watchOf, type Watch } from '../../../lib/cli/view/watch.js';
import { advanceWatch } from '../../../lib/cli/view/advanceWatch.js';
import { AT, book, subject, trade } from '../support/books.js';

const standing = book([['100.10', '2']], [['100.20', '0.5']]);
const live: WatchInput = { type: 'book', at: AT, book: { status: 'live', book: standing } };
const of = (...names: readonly string[]): Watch =>
  watchOf(...names.map((instrument) => begin({ ...subject, instrument }, AT)));
const names = ({ views }: Watch): readonly string[] => views.map((view) => view.subject.instrument);
const spell = (symbol: string): string => symbol.toUpperCase();
const press = (watch: Watch, ...keys: readonly string[]): Watch =>
  keys.reduce((now, key) => advanceWatch(now, { type: 'key', at: AT, key }, spell), watch);

describe('a watch', () => {
  it('tells an instrument what is its own, and all of them the rest', () => {
    const after = [{ ...live, instrument: 'B' }, { type: 'messages', at: AT + 1, count: 3 } as const].reduce(
      (watch, event) => advanceWatch(watch, event),
      of('A', 'B'),
    );

    expect(after.views.map((view) => [view.book.status, view.counts.messages])).toEqual([
      ['syncing', 3],
      ['live', 3],
    ]);
  });

  it('goes round by tab and arrows, and straight by digits', () => {
    const watch = of('A', 'B', 'C');

    expect(['tab', 'up', '3', '4', '0'].map((key) => press(watch, key).controls.chosen)).toEqual([1, 2, 2, 0, 0]);
    expect(press(watch, 'tab', 'tab', 'tab').controls.chosen).toBe(0);
  });

  it('adds what is typed in the spelling of the venue, once', () => {
    const watch = press(of('A'), 's', 'e', 't', 'h', 'up', '!', 'return');

    expect(names(watch)).toEqual(['A', 'ETH']);
    expect(watch.controls).toMatchObject({ chosen: 1, typed: undefined });
    expect(names(press(watch, 's', 'a', 'return'))).toEqual(['A', 'ETH']);
    expect(names(press(watch, 's', 'x', 'escape', 's', 'return'))).toEqual(['A', 'ETH']);
  });

  it('adds nothing where there is nothing to add', () => {
    const fixed = advanceWatch(of('A'), { type: 'key', at: AT, key: 's' });

    expect(fixed.controls.typed).toBeUndefined();
  });

  it('leaves the shown one out, but not the last', () => {
    expect(names(press(of('A', 'B'), 'x'))).toEqual(['B']);
    expect(names(press(of('A', 'B'), 'tab', 'x', 'x'))).toEqual(['A']);
  });

  it('shows what was held while what happens is still counted', () => {
    const held = press(advanceWatch(of('A'), live), 'p');
    const later = advanceWatch(held, { type: 'trade', at: AT, trade: trade('1', 'buy', '100.2', '1') });

    expect(shownViews(later)[0]?.trades).toHaveLength(0);
    expect(shownViews(press(later, ' '))[0]?.trades).toHaveLength(1);
  });

  it('groups no wider than makes sense, and no finer than the venue', () => {
    const watch = advanceWatch(advanceWatch(of('A'), live), { type: 'tick', at: AT });

    expect(press(watch, 'G').controls.grouping).toBe(0);
    expect(press(watch, ...Array<string>(50).fill('g')).controls.grouping).toBe(2);
    expect([0, 1, 2, 3, 4].map((steps) => groupStep(1, steps))).toEqual([undefined, '0.5', '1', '5', '10']);
    expect(groupStep(8, 1)).toBe('0.00000005');
  });

  it('explains the keys until it is told to stop', () => {
    expect(press(of('A'), '?').controls.help).toBe(true);
    expect(press(of('A'), '?', '?').controls.help).toBe(false);
    expect(press(of('A'), 'h', 'escape').controls.help).toBe(false);
  });
});

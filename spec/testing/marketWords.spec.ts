import { of } from 'rxjs';
import { type BookStep, bookStates } from '../../lib/testing/bookStates.js';
import { book, diff, liveState, snapshot, trade } from '../../lib/testing/builders.js';

describe('market words', () => {
  it('write a book, a snapshot, a diff and a state short', () => {
    const sides = {
      bids: [
        ['99', '5'],
        ['98.50', '1'],
      ],
      asks: [['101', '4']],
    } as const;

    expect(book('99x5 98.50 | 101x4')).toEqual(book(sides));
    expect(snapshot('99x5 98.50|101x4')).toEqual(snapshot(sides));
    expect(diff(' | 101x0')).toEqual(diff({ asks: [['101', '0']] }));
    expect(liveState('99x5 98.50 | 101x4')).toEqual(liveState(sides));
    expect(book('|')).toEqual(book());
  });

  it('write a trade short', () => {
    expect(trade('sell 2.50x99.5')).toEqual(trade({ side: 'sell', size: '2.50', price: '99.5' }));
  });

  it('stand in drawn books beside the words for states', () => {
    const seen: unknown[] = [];
    bookStates(() => of<BookStep[]>('syncing', '99 | 101', 'gap'), '', {}).subscribe((state) => seen.push(state));

    expect(seen).toMatchObject([
      { status: 'syncing' },
      { status: 'live', book: { bestBid: { price: 99 } } },
      { status: 'stale', reason: 'gap', book: { bestBid: { price: 99 } } },
    ]);
  });

  it.each(['', '99', '99 | 100 | 101', '99x | 100', 'a | 100', '99xx5 | 1', '99 99.0x2 | 101'])(
    'refuse %p for a book',
    (text) => {
      expect(() => book(text)).toThrow(RangeError);
    },
  );

  it.each(['', 'buy', 'hold 1x2', 'buy 1', 'buy -1x5'])('refuse %p for a trade', (text) => {
    expect(() => trade(text)).toThrow(RangeError);
  });
});

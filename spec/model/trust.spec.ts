import { type Trust, invalidated, syncing, trusted } from '../../lib/model/trust.js';

type Known = Trust<{ readonly value: string }, 'gap' | 'closed'>;

describe('trust', () => {
  it.each<readonly [name: string, before: Known, after: Known]>([
    ['nothing is known yet', syncing, syncing],
    ['it was right', trusted({ value: 'a' }), { status: 'stale', value: 'a', reason: 'gap', since: 9 }],
    [
      'it was wrong for another reason',
      { status: 'stale', value: 'a', reason: 'closed', since: 5 },
      { status: 'stale', value: 'a', reason: 'gap', since: 5 },
    ],
  ])('is doubted where %s', (_, before, after) => {
    expect(invalidated<{ readonly value: string }, 'gap' | 'closed'>(before, 'gap', 9)).toEqual(after);
  });

  it('stays the same value where nothing new is said', () => {
    const stale: Known = { status: 'stale', value: 'a', reason: 'gap', since: 5 };
    expect(invalidated(stale, 'gap', 9)).toBe(stale);
  });
});

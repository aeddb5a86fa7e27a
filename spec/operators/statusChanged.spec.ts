import { statusChanged } from '../../lib/operators/statusChanged.js';
import { book, liveState, staleState, syncingState } from '../../lib/testing/builders.js';

describe('statusChanged', () => {
  const later = book({ sequence: 2 });

  it.each([
    ['live and a later book', liveState(), liveState(later), false],
    ['live and stale', liveState(), staleState(), true],
    ['stale and live', staleState(), liveState(), true],
    ['syncing and live', syncingState, liveState(), true],
    ['live and syncing', liveState(), syncingState, true],
    ['syncing twice', syncingState, syncingState, false],
    ['stale for the same reason', staleState(), staleState(later, { since: 5 }), false],
    ['stale for another reason', staleState(), staleState({}, { reason: 'disconnected' }), true],
  ])('%s: %#', (_, previous, next, expected) => {
    expect(statusChanged(previous, next)).toBe(expected);
  });
});

import { map, of } from 'rxjs';
import { positionChanges } from '../../lib/operators/positionChanges.js';
import type { Position } from '../../lib/model/position.js';
import { marbles } from '../../lib/testing/marbles.js';
import { runDiagram } from '../support/diagram.js';
import { keepsTheContract, refuses } from './contract.js';

const toPosition = (label: string): Position => {
  const [instrument = '', size = ''] = label.split(' ');
  return { instrument, size: Number(size) };
};

describe('positionChanges', () => {
  it('tells a position when its changes add up to the threshold, and whenever it is closed', () => {
    runDiagram('positionChanges.txt', ({ hot, expect }) => {
      const changes = hot('positions', toPosition).pipe(positionChanges({ threshold: 2 }));
      expect('changes', changes, ({ instrument, before, after }) => `${instrument} ${before} to ${after}`);
    });
  });

  it(
    'keeps instruments apart, takes short for negative, and tells any change without a threshold',
    marbles(({ cold, expectObservable }) => {
      const [a, b, c] = ['X 1', 'Y -5', 'X 3'].map(toPosition) as [Position, Position, Position];
      const positions = cold('abcbc|', { a, b, c });

      expectObservable(positions.pipe(positionChanges())).toBe('abc--|', {
        a: { instrument: 'X', before: 0, after: 1, change: 1, position: a },
        b: { instrument: 'Y', before: 0, after: -5, change: -5, position: b },
        c: { instrument: 'X', before: 1, after: 3, change: 2, position: c },
      });
    }),
  );

  it(
    'tells a position that turns from long to short as one change, and forgets it when it is closed',
    marbles(({ cold, expectObservable }) => {
      const [a, b, c] = ['X 2', 'X -2', 'X 0'].map(toPosition) as [Position, Position, Position];
      const positions = cold('abca', { a, b, c });

      expectObservable(positions.pipe(positionChanges({ threshold: 2 })), '^---!').toBe('abca', {
        a: { instrument: 'X', before: 0, after: 2, change: 2, position: a },
        b: { instrument: 'X', before: 2, after: -2, change: -4, position: b },
        c: { instrument: 'X', before: -2, after: 0, change: 2, position: c },
      });
    }),
  );

  it.each([
    [0.3, 0.1, -0.2],
    [-0.4, -0.1, 0.3],
    [4e-7, 1e-7, -3e-7],
    [1.2e21, 1e21, -2e20],
  ])('takes sizes as they are written: from %d to %d it is %d', (before, after, change) => {
    const told: number[] = [];
    of(before, after)
      .pipe(
        map((size) => ({ instrument: 'X', size })),
        positionChanges({ threshold: Math.abs(change) }),
      )
      .subscribe((one) => told.push(one.change));

    expect(told).toEqual([before, change]);
  });

  it.each([-1, NaN])('refuses a threshold of %s', (threshold) => {
    refuses('threshold', () => positionChanges({ threshold }));
  });

  const position = { instrument: 'X', size: 1 };
  keepsTheContract(() => positionChanges(), position, {
    instrument: 'X',
    before: 0,
    after: 1,
    change: 1,
    position,
  });
});

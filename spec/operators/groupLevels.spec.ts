import { groupLevels } from '../../lib/operators/groupLevels.js';
import { book, level } from '../../lib/testing/builders.js';
import { runDiagram } from '../support/diagram.js';
import { keepsTheContract, refuses } from './contract.js';
import { showLevels, toBook } from './drawn.js';

const a = book({
  bids: [
    ['101.49', '0.1'],
    ['101.01', '0.2'],
    ['100.99', '3'],
  ],
  asks: [
    ['101.50', '0.7'],
    ['101.51', '4'],
    ['101.99', '0.1'],
    ['102.01', '9'],
  ],
  sequence: 7,
  venueTime: 5,
  receivedTime: 6,
});
const x = {
  instrument: 'BTCUSDT',
  bids: [level('101.0', '0.3'), level('100.5', '3')],
  asks: [level('101.5', '0.7'), level('102.0', '4.1')],
  sequence: 7,
  venueTime: 5,
  receivedTime: 6,
};

describe('groupLevels', () => {
  it('tells the groups when one of them changes', () => {
    runDiagram('groupLevels.txt', ({ hot, expect }) => {
      expect('groups', hot('books', toBook).pipe(groupLevels({ step: 10 })), showLevels);
    });
  });

  it.each(['0', '-1', 'much', 0, NaN, Infinity])('refuses a step of %s', (step) => {
    refuses('step', () => groupLevels({ step }));
  });

  it.each([0, 1.5, NaN])('refuses a depth of %s', (depth) => {
    refuses('depth', () => groupLevels({ step: 1, depth }));
  });

  keepsTheContract(() => groupLevels({ step: '0.5', depth: 2 }), a, x);
});

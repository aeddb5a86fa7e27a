import { live } from '../../lib/operators/live.js';
import { book, liveState } from '../../lib/testing/builders.js';
import { runDiagram } from '../support/diagram.js';
import { keepsTheContract } from './contract.js';
import { toState } from './drawn.js';

describe('live', () => {
  it('passes books while they are live', () => {
    runDiagram('live.txt', ({ hot, expect }) => {
      expect('books', hot('states', toState).pipe(live()), ({ sequence }) => String(sequence));
    });
  });

  keepsTheContract(live, liveState(book({ sequence: 1 })), book({ sequence: 1 }));
});

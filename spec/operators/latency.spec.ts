import { latency } from '../../lib/operators/latency.js';
import { trade } from '../../lib/testing/builders.js';
import { runDiagram } from '../support/diagram.js';
import { keepsTheContract } from './contract.js';

const toTimes = (label: string): { readonly venueTime: number | undefined; readonly receivedTime: number } => {
  const [sent = '', received = ''] = label.split('>');
  return { venueTime: sent === '?' ? undefined : Number(sent), receivedTime: Number(received) };
};

describe('latency', () => {
  it('tells how long each value was on its way, where the venue says when it left', () => {
    runDiagram('latency.txt', ({ hot, expect }) => {
      expect('latencies', hot('values', toTimes).pipe(latency()), String);
    });
  });

  keepsTheContract(latency, trade({ venueTime: 5, receivedTime: 12 }), 7);
});

import { of } from 'rxjs';
import { volumeBySymbol } from '../../lib/operators/volumeBySymbol.js';
import { runDiagram } from '../support/diagram.js';
import { keepsTheContract } from './contract.js';

const toTrade = (label: string) => {
  const [instrument = '', size = ''] = label.split(' ');
  return { instrument, size: Number(size), exact: { size } };
};

describe('volumeBySymbol', () => {
  it('adds up each instrument by itself, exactly', () => {
    runDiagram('volumeBySymbol.txt', ({ hot, expect }) => {
      const volumes = hot('trades', toTrade).pipe(volumeBySymbol());
      expect('volumes', volumes, ({ instrument, exact }) => `${instrument} ${exact}`);
    });
  });

  it('passes over trades without a size, and counts the others', () => {
    const seen: unknown[] = [];
    of({ instrument: 'X', size: undefined }, { instrument: 'X', size: 0.1 }, { instrument: 'X', size: 0.2 })
      .pipe(volumeBySymbol())
      .subscribe((volume) => seen.push(volume));

    expect(seen).toEqual([
      { instrument: 'X', volume: 0.1, exact: '0.1', trades: 1 },
      { instrument: 'X', volume: 0.3, exact: '0.3', trades: 2 },
    ]);
  });

  const trade = toTrade('X 2');
  keepsTheContract(() => volumeBySymbol(), trade, { instrument: 'X', volume: 2, exact: '2', trades: 1 });
});

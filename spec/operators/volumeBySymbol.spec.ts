import { from, of } from 'rxjs';
import { InvalidArgumentError } from '../../lib/errors/invalidArgumentError.js';
import { type Traded, type VolumeBySymbolConfig, volumeBySymbol } from '../../lib/operators/volumeBySymbol.js';
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

  const sum = (trades: readonly Traded[], config?: VolumeBySymbolConfig<Traded>): readonly string[] => {
    const seen: string[] = [];
    from(trades)
      .pipe(volumeBySymbol(config))
      .subscribe(({ instrument, exact, trades: count }) => seen.push(`${instrument} ${exact} of ${String(count)}`));
    return seen;
  };

  it('counts a trade that is told again once, and one that is taken back no more', () => {
    const step = (id: string, status: string, size: string): Traded => ({ ...toTrade(`X ${size}`), id, status });

    expect(
      sum([
        step('1', 'pending', '0.1'),
        step('1', 'confirmed', '0.1'),
        step('2', 'pending', '0.2'),
        step('2', 'rolledBack', '0.2'),
        step('2', 'rolledBack', '0.2'),
        step('3', 'confirmed', '0.3'),
      ]),
    ).toEqual(['X 0.1 of 1', 'X 0.1 of 1', 'X 0.3 of 2', 'X 0.1 of 1', 'X 0.4 of 2']);
  });

  it('tells corrections of what it does not know, or knows no more, and a word nobody knows is a new trade', () => {
    const sale = (type: string, index: string, size: string): Traded => ({ ...toTrade(`X ${size}`), type, index });
    const unknown: unknown[] = [];
    const config = { remember: 2, onUnknown: ({ index }: Traded) => unknown.push(index) };

    expect(
      sum(
        [
          sale('NEW', '1', '1'),
          sale('LATER', '2', '2'),
          sale('NEW', '3', '4'),
          sale('CANCEL', '1', '1'),
          sale('CORRECTION', '2', '3'),
          sale('CANCEL', '9', '1'),
        ],
        config,
      ),
    ).toEqual(['X 1 of 1', 'X 3 of 2', 'X 7 of 3', 'X 8 of 3']);
    expect(unknown).toEqual(['1', '9']);
  });

  it('keeps instruments apart whose trades have one index', () => {
    const sale = (instrument: string, type: string, size: string): Traded => ({
      instrument,
      size: Number(size),
      exact: { size },
      type,
      index: '1',
    });

    expect(sum([sale('X', 'NEW', '1'), sale('Y', 'NEW', '2'), sale('Y', 'CANCEL', '2')])).toEqual([
      ...['X 1 of 1', 'Y 2 of 1', 'Y 0 of 0'],
    ]);
  });

  it('refuses to remember nothing', () => {
    expect(() => volumeBySymbol({ remember: 0 })).toThrow(InvalidArgumentError);
  });

  const trade = toTrade('X 2');
  keepsTheContract(() => volumeBySymbol(), trade, { instrument: 'X', volume: 2, exact: '2', trades: 1 });
});

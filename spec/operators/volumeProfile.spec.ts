import { from } from 'rxjs';
import type { Correctable } from '../../lib/book/correctable.js';
import type { Trade } from '../../lib/model/trade.js';
import { type VolumeProfile, type VolumeProfileConfig, volumeProfile } from '../../lib/operators/volumeProfile.js';
import { trade } from '../../lib/testing/builders.js';
import { runDiagram } from '../support/diagram.js';
import { keepsTheContract, refuses } from './contract.js';

const toTrade = (label: string): Trade => {
  const [side, rest = ''] = label.split(' ');
  const [size = '', price = ''] = rest.split('x');
  return trade({ price, size, side: side === 'buy' ? 'buy' : 'sell' });
};

const show = ({ levels }: VolumeProfile): string =>
  levels.map(({ exact: { price, buy, sell } }) => `${price}:${buy}+${sell}`).join(' ');

type Sale = Trade & Correctable;

const run = (trades: readonly Sale[], config?: VolumeProfileConfig<Sale>): readonly VolumeProfile[] => {
  const seen: VolumeProfile[] = [];
  from(trades)
    .pipe(volumeProfile<Sale>(config))
    .subscribe((value) => seen.push(value));
  return seen;
};

describe('volumeProfile', () => {
  it('adds up what was bought and sold at each price', () => {
    runDiagram('volumeProfile.txt', ({ hot, expect }) => {
      expect('profiles', hot('trades', toTrade).pipe(volumeProfile()), show);
    });
  });

  it('rounds prices down to a step, exactly, and knows one price by its number', () => {
    const profiles = run(['buy 0.1x100.19', 'sell 0.2x100.10', 'buy 1x100.2', 'buy 1x100.20'].map(toTrade), {
      step: '0.1',
    });

    expect(profiles.map(show)).toEqual([
      '100.1:0.1+0',
      '100.1:0.1+0.2',
      '100.2:1+0 100.1:0.1+0.2',
      '100.2:2+0 100.1:0.1+0.2',
    ]);
    expect(run(['buy 1x5.0', 'buy 1x5'].map(toTrade)).map(show)).toEqual(['5.0:1+0', '5.0:2+0']);
  });

  it('tells where most was traded', () => {
    const prices = run(['buy 1x9', 'sell 3x8', 'buy 3x9'].map(toTrade)).map((one) => one.pointOfControl?.price);

    expect(prices).toEqual([9, 8, 9]);
  });

  it('moves a trade that is corrected, and forgets one that is taken back', () => {
    const sale = (type: string, index: string, label: string): Sale => ({ ...toTrade(label), type, index });
    const unknown: unknown[] = [];

    const profiles = run(
      [
        sale('NEW', '1', 'buy 1x9'),
        sale('CORRECTION', '1', 'sell 2x8'),
        sale('CANCEL', '1', 'sell 2x8'),
        sale('CANCEL', '5', 'sell 2x8'),
      ],
      { onUnknown: ({ index }) => unknown.push(index) },
    );

    expect(profiles.map(show)).toEqual(['9:1+0', '8:0+2', '']);
    expect(profiles.at(-1)?.pointOfControl).toBeUndefined();
    expect(unknown).toEqual(['5']);
  });

  it('refuses a step that is none, and to remember nothing', () => {
    refuses('step', () => volumeProfile({ step: 0 }));
    refuses('step', () => volumeProfile({ step: 'wide' }));
    refuses('remember', () => volumeProfile({ remember: 0 }));
  });

  const level = { price: 100, buy: 2, sell: 0, exact: { price: '100', buy: '2', sell: '0' } };
  keepsTheContract(() => volumeProfile(), trade({ price: '100', size: '2' }), {
    instrument: 'BTCUSDT',
    levels: [level],
    pointOfControl: level,
  });
});

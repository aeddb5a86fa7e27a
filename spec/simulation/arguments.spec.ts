import { InvalidArgumentError } from '../../lib/errors/invalidArgumentError.js';
import * as simulation from '../../lib/simulation/index.js';
import { refusesCall, type Untyped } from '../support/untyped.js';

const factories = {
  simulatedBinance: 'numbersAnew',
  simulatedCoinbase: 'skippedNumber',
  simulatedDxLink: 'snapshotCut',
  simulatedKraken: 'wrongChecksum',
  simulatedO2: 'otherMarket',
  simulatedOkx: 'wrongChecksum',
  simulatedTastytrade: 'shortToken',
  simulatedTplus: 'foreignFrame',
  simulatedTradestation: 'goAway',
} as const;

describe.each(Object.entries(factories))('%s', (name, ownFault) => {
  const factory = (simulation as Readonly<Record<string, unknown>>)[name] as Untyped;
  const others = Object.values(factories).filter((fault) => fault !== ownFault);

  it.each<readonly [unknown, string]>([
    [null, 'config'],
    [5, 'config'],
    [[], 'config'],
    [{ sed: 1 }, 'sed'],
    [{ seed: '1' }, 'seed'],
    [{ seed: NaN }, 'seed'],
    [{ scheduler: null }, 'scheduler'],
    [{ latency: -1 }, 'latency'],
    [{ latency: null }, 'latency'],
    [{ latency: { least: 1 } }, 'most'],
    [{ latency: { least: 1, msot: 5 } }, 'msot'],
    [{ stepEvery: 0 }, 'stepEvery'],
    [{ stepEvery: 2 ** 31 }, 'stepEvery'],
    [{ latency: Infinity }, 'latency'],
    [{ latency: { least: 1, most: 2 ** 31 } }, 'most'],
    [{ activity: Infinity }, 'activity'],
    [{ depth: 1.5 }, 'depth'],
    [{ depth: Infinity }, 'depth'],
    [{ depth: 2 ** 40 }, 'depth'],
    [{ history: null }, 'history'],
    [{ instruments: 'BTCUSDT' }, 'instruments'],
    [{ instruments: [5] }, 'instruments'],
    [{ instruments: [{ symbol: 'X' }] }, 'base'],
    [{ limits: null }, 'limits'],
    [{ limits: { mesages: 5 } }, 'mesages'],
    [{ faults: null }, 'faults'],
    [{ faults: 'drop@10s' }, 'faults'],
    [{ faults: [null] }, 'faults'],
    [{ faults: [{ fault: 'drop' }] }, 'at'],
    [{ faults: [{ at: 5 }] }, 'fault'],
    [{ faults: [{ fault: 'dropp', at: 5 }] }, 'fault'],
    [{ faults: [{ fault: 'constructor', at: 5 }] }, 'fault'],
    [{ faults: [{ fault: 'drop', at: 5, duration: 5 }] }, 'duration'],
    [{ faults: [{ fault: 'drop', at: 5, for: '5s' }] }, 'for'],
    [{ faults: [{ fault: 'drop', at: 5, count: 0 }] }, 'count'],
    [{ faults: [{ fault: 'drop', at: 5, target: /x/ }] }, 'target'],
  ])('refuses %j, and names %s', async (config, field) => {
    await refusesCall(simulation, name, [config], field);
  });

  it('takes its own faults, and refuses those of other venues', async () => {
    const venue = factory({ faults: [{ fault: ownFault, at: 5 }] }) as simulation.SimulatedVenue;
    const inject = venue.faults.inject.bind(venue.faults) as Untyped;
    expect(() => inject(ownFault, { count: 1 })).not.toThrow();
    expect(() => inject('dropp')).toThrow(InvalidArgumentError);
    expect(() => inject('drop', { cuont: 1 })).toThrow(InvalidArgumentError);
    for (const fault of others) {
      await refusesCall(simulation, name, [{ faults: [{ fault, at: 5 }] }], 'fault');
      expect(() => inject(fault)).toThrow(/fault: expected drop, .*got/);
    }
    venue.close();
  });
});

it.each<readonly [string, readonly unknown[], string]>([
  ['simulatedBinance', [{ market: 'margin' }], 'market'],
  ['simulatedBinance', [{ lateAcks: 2 }], 'lateAcks'],
  ['simulatedBinance', [{ errors: 'deep' }], 'errors'],
  ['simulatedDxLink', [{ tokens: 'x' }], 'tokens'],
  ['simulatedDxLink', [{ rowsPerFrame: 0 }], 'rowsPerFrame'],
  ['simulatedO2', [{ sizes: 'change' }], 'sizes'],
  ['simulatedO2', [{ forms: { orders: 'some' } }], 'orders'],
  ['simulatedO2', [{ forms: { order: 'full' } }], 'order'],
  ['simulatedO2', [{ accounts: ['x'] }], 'accounts'],
  ['simulatedO2', [{ accounts: Infinity }], 'accounts'],
  ['simulatedO2', [{ pingsCount: 1 }], 'pingsCount'],
  ['simulatedTastytrade', [{ accounts: '5WT00000' }], 'accounts'],
  ['simulatedTastytrade', [{ dxlinkUrl: 5 }], 'dxlinkUrl'],
  ['simulatedTplus', [{ users: 'x' }], 'users'],
  ['simulatedTplus', [{ verify: true }], 'verify'],
  ['simulatedTplus', [{ levels: 'words' }], 'levels'],
  ['simulatedTradestation', [{ accounts: [5] }], 'accounts'],
  ['simulatedTradestation', [{ rotates: 'yes' }], 'rotates'],
  ['venueNetwork', [], 'venue'],
  ['venueNetwork', [{}], 'venue'],
  ['parseFaults', [], 'text'],
  ['faultsFromSeed', ['1'], 'seed'],
  ['faultsFromSeed', [1, null], 'config'],
  ['faultsFromSeed', [1, { form: 5 }], 'form'],
  ['faultsFromSeed', [1, { count: Infinity }], 'count'],
  ['faultsFromSeed', [1, { count: 1.5 }], 'count'],
  ['faultsFromSeed', [1, { until: Infinity }], 'until'],
  ['faultsFromSeed', [1, { faults: ['dropp'] }], 'faults'],
  ['faultsFromSeed', [1, { targets: 'btc' }], 'targets'],
])('%s(%j) is refused, and %s named', async (name, args, field) => {
  await refusesCall(simulation, name, args, field);
});

import { publicSurface } from '../support/publicSurface.js';

const surface = publicSurface();

/** What venues have yet to say or to export. Names only ever leave this list. */
const OPEN: Readonly<
  Record<string, { readonly hidden?: readonly string[]; readonly undocumented?: readonly string[] }>
> = {
  'millrace/venues/tplus': { undocumented: ['BookDecimals', 'TplusTrade'] },
  'millrace/venues/tradestation': {
    hidden: ['StreamRequest: Resource'],
    undocumented: ['TradestationEnvironment', 'TradestationOrderLeg'],
  },
  'millrace/venues/o2': { undocumented: ['O2Chain'] },
  'millrace/venues/tastytrade': {
    hidden: [
      ...['Balances', 'ComplexOrder', 'ExternalTransaction', 'Order', 'OrderChain', 'Position', 'PublicWatchlist'],
      ...['QuoteAlert', 'TradingStatus', 'YearGain'],
    ]
      .map((kind) => `TastytradeNotice: ${kind}Notice`)
      .concat('TastytradePosition: RawPosition'),
    undocumented: [
      ...['ComplexOrder', 'ExternalTransaction', 'Fill', 'Leg', 'OrderChain', 'PublicWatchlist', 'QuoteAlert'],
      ...['TradingStatus', 'YearGain'],
    ].map((name) => `Tastytrade${name}`),
  },
};
const but = (found: readonly string[], known: readonly string[] = []): readonly string[] =>
  found.filter((name) => !known.includes(name));

it('reads every entry point of the package', () => {
  expect(surface.entries).toEqual(expect.arrayContaining(['millrace', 'millrace/venue', 'millrace/venues/binance']));
});

describe.each(surface.entries.map((entry) => [entry]))('%s', (entry) => {
  it('names no type that nobody can import', () => {
    expect(but(surface.hiddenTypes(entry), OPEN[entry]?.hidden)).toEqual([]);
  });

  it('says of each name what it is', () => {
    expect(but(surface.undocumented(entry), OPEN[entry]?.undocumented)).toEqual([]);
  });
});

describe('millrace/venue', () => {
  it('has all that the venues of this library are built from', () => {
    expect(surface.missingInKit()).toEqual([]);
  });
});

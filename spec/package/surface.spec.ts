import { publicSurface } from '../support/publicSurface.js';

const surface = publicSurface();

it('reads every entry point of the package', () => {
  expect(surface.entries).toEqual(expect.arrayContaining(['millrace', 'millrace/venue', 'millrace/venues/binance']));
});

describe.each(surface.entries.map((entry) => [entry]))('%s', (entry) => {
  it('names no type that nobody can import', () => {
    expect(surface.hiddenTypes(entry)).toEqual([]);
  });

  it('says of each name what it is', () => {
    expect(surface.undocumented(entry)).toEqual([]);
  });

  it('says of whatever can be called, and of each part of a value, what it is', () => {
    expect(surface.undocumentedMembers(entry)).toEqual([]);
  });
});

describe('millrace/venue', () => {
  it('has all that the venues of this library are built from', () => {
    expect(surface.missingInKit()).toEqual([]);
  });
});

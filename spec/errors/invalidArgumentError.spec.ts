import { InvalidArgumentError } from '../../lib/errors/invalidArgumentError.js';
import { checkSocketUrl } from '../../lib/errors/optionRules.js';
import { okx } from '../../lib/venues/okx/index.js';
import { coinbaseAdvanced } from '../../lib/venues/coinbase/index.js';
import { tplus } from '../../lib/venues/tplus/index.js';
import { fakeNetwork } from '../../lib/testing/index.js';
import type { Untyped } from '../support/untyped.js';

const received = (value: unknown, expected = 'a number'): string =>
  new InvalidArgumentError('field', expected, value).message.replace(/^.*, got /, '');

describe('what was given instead', () => {
  it.each<readonly [unknown, string]>([
    ['a text', '"a text"'],
    [7, '7'],
    [NaN, 'NaN'],
    [null, 'null'],
    [undefined, 'undefined'],
    [5n, '5'],
    [Symbol('s'), 'Symbol(s)'],
    [{ every: 2_000 }, 'an object with every'],
    [{}, 'an object'],
    [Object.create(null), 'an object'],
    [new Date(0), 'an object'],
    [() => 'source that nobody wants to read', 'a function'],
    [['BTCUSDT', 7, { a: 1 }], '["BTCUSDT", 7, an object with a]'],
    [[], '[]'],
    [Object.fromEntries('abcdefg'.split('').map((name) => [name, 1])), 'an object with a, b, c, d, e and 2 more'],
  ])('%p is told as %p', (value, text) => {
    expect(received(value)).toBe(text);
  });

  it('is not told where it may be a secret: what stands in an object, or a text in the place of what gives one', () => {
    expect(received({ clientSecret: 'hush' })).toBe('an object with clientSecret');
    expect(received('hush', 'a function')).toBe('a text');
    expect(received('hush', 'an object with clientId')).toBe('a text');
    expect(received(['hush'], 'a function')).toBe('a list');
  });

  it('bounds its length', () => {
    expect(received('x'.repeat(10_000)).length).toBe(100);
    expect(received(Array(10_000).fill('x'.repeat(50))).length).toBeLessThanOrEqual(100);
    expect(received(Object.fromEntries([['x'.repeat(10_000), 1]])).length).toBeLessThanOrEqual(2_000);
  });
});

it('an audit that is none, an address that is none and a token that should be a function are refused by what they are', () => {
  const network = fakeNetwork();
  const book = tplus({ network }).book as Untyped;
  expect(() => book('200', { audit: { every: 2_000 } })).toThrow(
    new InvalidArgumentError('audit', 'audit({ every })', { every: 2_000 }),
  );
  expect(() => book('200', { audit: { every: 2_000 } })).toThrow('got an object with every');
  expect(() => {
    checkSocketUrl('url', Object.create(null));
  }).toThrow(InvalidArgumentError);
  expect(() => (okx as Untyped)({ network: Object.create(null) as unknown })).toThrow(InvalidArgumentError);
  expect(() => (coinbaseAdvanced as Untyped)({ network, jwt: 'hush' })).toThrow(
    /^jwt: expected a function.*, got a text$/,
  );
});

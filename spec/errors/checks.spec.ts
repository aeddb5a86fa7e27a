import { check, checkOneOf, checkWhole } from '../../lib/errors/checks.js';
import { InvalidArgumentError } from '../../lib/errors/invalidArgumentError.js';

it('refuses with the field, what would have been right, and what came', () => {
  expect(() => check('every', false, 'a number above 0', -1)).toThrow(
    new InvalidArgumentError('every', 'a number above 0', -1),
  );
  expect(() => check('every', true, 'a number above 0', 1)).not.toThrow();
});

it.each(['c', '', 'constructor', 'a, b'])('takes one of a few for what it is: not %j', (value) => {
  expect(() => checkOneOf('market', ['a', 'b'], value)).toThrow(`market: expected a, b, got ${JSON.stringify(value)}`);
  expect(() => checkOneOf('market', ['a', 'b'], 'b')).not.toThrow();
});

it.each([0, -1, 1.5, 11, NaN, Infinity])('takes a whole number within its bounds: not %s', (value) => {
  expect(() => checkWhole('depth', 10, value)).toThrow(`depth: expected a whole number from 1 to 10, got ${value}`);
  expect(() => [checkWhole('depth', 10, 1), checkWhole('depth', 10, 10)]).not.toThrow();
});

import { bar } from '../../../lib/cli/render/bar.js';
import { paintFor } from '../../../lib/cli/render/paint.js';
import { clean, fit, fitRight, spread, widthOf } from '../../../lib/cli/render/text.js';
import { age, clock, count, stretch } from '../../../lib/cli/render/time.js';

const { red } = paintFor(true);
const RESET = '\u001b[0m';

describe('text in cells', () => {
  it.each([
    ['abc', 3],
    [red('abc'), 3],
    ['币安', 4],
    ['█▏│─', 4],
  ])('measures %j as %i cells', (text, cells) => {
    expect(widthOf(text)).toBe(cells);
  });

  it.each([
    [fit('ab', 4), 'ab  '],
    [fitRight('ab', 4), '  ab'],
    [fit('abcdef', 4), 'abc…'],
    [fitRight('123456', 4), '123…'],
    [fit('币安币', 4), '币… '],
    [fit('abc', 0), ''],
    [fit(red('abcdef'), 4), `${red('abc').replace('\u001b[39m', '')}…${RESET}`],
    [spread('left', 'right', 12), 'left   right'],
    [spread('left', 'right', 8), 'left    '],
  ])('makes %j', (made, text) => {
    expect(made).toBe(text);
  });

  it("lets no venue's words move the cursor", () => {
    expect(clean('a\u001b[2Jb\nc\u202ed\u0007')).toBe('a [2Jb c d ');
  });
});

describe('bar', () => {
  it.each([
    [1, 4, '████'],
    [0.5, 4, '██'],
    [0.53, 4, '██▏'],
    [0.0001, 4, '▏'],
    [0, 4, ''],
    [7, 2, '██'],
  ])('draws %d of %i cells as %s', (share, width, drawn) => {
    expect(bar(share, width)).toBe(drawn);
  });
});

describe('times', () => {
  it.each([
    [stretch(48.4), '48 ms'],
    [stretch(3_270), '3.2 s'],
    [stretch(75_900), '75 s'],
    [stretch(250_000), '4 m 10 s'],
    [stretch(7_500_000), '2 h 5 m'],
    [stretch(-5), '0 ms'],
    [age(300), '0 s'],
    [age(3_900), '3 s'],
    [age(75_900), '75 s'],
    [clock(Date.UTC(2026, 0, 2, 3, 4, 5, 67)), '03:04:05.067'],
    [count(1234567), '1,234,567'],
    [count(123), '123'],
  ])('tells %j', (told, text) => {
    expect(told).toBe(text);
  });
});

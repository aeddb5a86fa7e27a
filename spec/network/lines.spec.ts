import fc from 'fast-check';
import { LineTooLongError, lineSplitter } from '../../lib/network/lines.js';

const split = (pieces: readonly string[], most = 1_000): readonly string[] => {
  const lines: string[] = [];
  const splitter = lineSplitter(most, (line) => lines.push(line));
  for (const piece of pieces) splitter.push(piece);
  splitter.end();
  return lines;
};

it('puts lines together across pieces, leaves blank ones out, and hands out the tail', () => {
  expect(split(['{"a', '":1}\r', '\n\n \r\n{"b":2}\n{"c', '":3}'])).toEqual(['{"a":1}', '{"b":2}', '{"c":3}']);
});

it('finds the same lines wherever the text is cut', () => {
  const line = fc.string({ minLength: 1 }).filter((text) => !/[\r\n]/.test(text) && text.trim() !== '');
  fc.assert(
    fc.property(fc.array(line), fc.array(fc.nat()), (lines, cuts) => {
      const text = lines.map((one) => `${one}\n`).join('');
      const places = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].sort((a, b) => a - b);
      const pieces = [0, ...places].map((from, i) => text.slice(from, places[i]));
      expect(split(pieces)).toEqual(lines);
    }),
  );
});

it('refuses a line that outgrows its bound, in however many pieces, after those before it', () => {
  const lines: string[] = [];
  const splitter = lineSplitter(4, (line) => lines.push(line));
  splitter.push('1234\n123');
  expect(() => {
    splitter.push('45');
  }).toThrow(LineTooLongError);
  expect(lines).toEqual(['1234']);
});

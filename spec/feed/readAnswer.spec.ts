import { frame } from '../../lib/codec/frame.js';
import { Id } from '../../lib/codec/scalars.js';
import { readAnswer, readPart } from '../../lib/feed/readAnswer.js';

const Order = frame('acme.Order', { id: Id });

describe('an answer', () => {
  it('is read without losing digits', () => {
    expect(readAnswer(Order, { body: '{"id":18446744073709551615}' })).toEqual({ id: '18446744073709551615' });
    expect(readPart(Order, { id: 17 })).toEqual({ id: '17' });
  });

  it.each([
    ['{"id":null,"secret":"hunter2"}', 'acme.Order/id: Id'],
    ['[]', 'acme.Order'],
    ['hunter2', 'acme.Order'],
    ['', 'acme.Order'],
  ])('%p fails, and only where is told', (body, path) => {
    expect(() => readAnswer(Order, { body })).toThrow(
      expect.objectContaining({ name: 'RequestFailedError', text: `unreadable: ${path}` }) as Error,
    );
  });
});

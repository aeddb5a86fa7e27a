import fc from 'fast-check';
import { pathOf } from '../../../lib/codec/path.js';
import { applyDiff, bookFrom, levelOf, type DepthDiff, type DepthSnapshot } from '../../../lib/index.js';
import { bookMessage, diffMessage, readDepth, resetMessage } from '../../../lib/relay/wire/depth.js';
import { commandOf } from '../../../lib/relay/wire/commands.js';
import { answerOf, messageOf } from '../../../lib/relay/wire/messages.js';
import { Assembly, PIECE, piecesOf } from '../../../lib/relay/wire/parts.js';
import { candleWire, quoteWire, tickerWire, tradeWire } from '../../../lib/relay/wire/values.js';

const AT = 1_750_000_000_000;
const head = { e: 'x', n: 1, w: 5 };
const sent = (message: object): unknown => messageOf(JSON.stringify({ ...head, ...message }));

const text = fc
  .tuple(fc.integer({ min: 0, max: 99_999 }), fc.stringMatching(/^\d{1,20}$/))
  .map(([whole, part]) => `${whole}.${part}`);
const level = fc.tuple(text, text).map(([price, size]) => levelOf(price, size));
const levels = fc.uniqueArray(level, { selector: ({ price }) => price, maxLength: 8 });
const sequence = fc.option(fc.integer({ min: -1, max: 2 ** 53 - 1 }), { nil: undefined });

describe('a book on the bus', () => {
  it('is the same on the other side, digit for digit', () => {
    fc.assert(
      fc.property(levels, levels, sequence, (bids, asks, number) => {
        const snapshot: DepthSnapshot = {
          type: 'snapshot',
          instrument: 'X',
          sequence: number,
          bids,
          asks,
          venueTime: 7,
          receivedTime: 1,
        };
        const book = bookFrom(snapshot);
        const read = readDepth(sent(bookMessage(book)), AT);
        expect(read).toMatchObject({
          _tag: 'Right',
          right: {
            type: 'snapshot',
            instrument: 'X',
            bids: book.bids.slice(),
            asks: book.asks.slice(),
            venueTime: 7,
            receivedTime: AT,
            checksum: `${book.bids.length},${book.asks.length}`,
          },
        });
        expect(read._tag === 'Right' && read.right.type === 'snapshot' && read.right.sequence).toBe(number);
      }),
    );
  });

  it('has its diffs with their numbers and removals', () => {
    fc.assert(
      fc.property(levels, levels, sequence, sequence, sequence, (bids, asks, first, last, previous) => {
        const numbers = { firstSequence: first, lastSequence: last, previousSequence: previous };
        const diff: DepthDiff = {
          type: 'diff',
          instrument: 'X',
          ...numbers,
          bids: [...bids, levelOf('0.5', '0')],
          asks,
          receivedTime: 1,
        };
        const book = applyDiff(
          bookFrom({ type: 'snapshot', instrument: 'X', bids: [], asks: [], receivedTime: 1 }),
          diff,
        );
        const read = readDepth(sent(diffMessage(diff, book)), AT);
        const told = { ...diff, receivedTime: AT, checksum: `${book.bids.length},${book.asks.length}` };
        expect(read).toEqual({ _tag: 'Right', right: { venueTime: undefined, ...told } });
      }),
    );
  });

  it.each([
    ['silent', 'disconnected'],
    ['lagging', 'disconnected'],
    ['gap', 'gap'],
    ['checksum', 'checksum'],
  ] as const)('that is %s counts no more: %s', (reason, told) => {
    const read = readDepth(sent(resetMessage('X', reason)), AT);
    expect(read).toEqual({ _tag: 'Right', right: { type: 'reset', instrument: 'X', reason: told, receivedTime: AT } });
  });

  it('is refused with the place where it is wrong', () => {
    const read = readDepth(sent({ t: 's', i: 'X', b: [['1', 'x']], a: [] }), AT);
    expect(read._tag === 'Left' && pathOf(read.left)).toBe('relay.book/b: Levels/0/1: Size');
  });
});

describe('values on the bus', () => {
  const through = <T>(
    { write, read }: { write: (value: T) => object; read: (u: unknown, at: number) => unknown },
    value: T,
  ) => read(sent({ t: 'v', v: write(value) }), AT);

  it('are trades, with what the venue adds', () => {
    const trade = {
      instrument: 'X',
      id: '12345678901234567890',
      ...levelOf('1.50', '2.0'),
      side: 'buy',
      venueTime: 5,
      receivedTime: 1,
    } as const;
    expect(through(tradeWire, trade)).toEqual({ _tag: 'Right', right: { ...trade, receivedTime: AT } });
    const more = { ...trade, status: 'pending', orderId: undefined };
    expect(through(tradeWire, more)).toEqual({
      _tag: 'Right',
      right: { ...trade, status: 'pending', receivedTime: AT },
    });
  });

  it('are quotes, with a side or without', () => {
    const quote = {
      instrument: 'X',
      bid: levelOf('1.50', '2.0'),
      ask: undefined,
      sequence: 7,
      venueTime: 5,
      receivedTime: 1,
    };
    expect(through(quoteWire, quote)).toEqual({ _tag: 'Right', right: { ...quote, receivedTime: AT } });
  });

  it('are candles', () => {
    const exact = { open: '1.0', high: '2.50', low: '0.5', close: '1', volume: '10.000' };
    const numbers = { open: 1, high: 2.5, low: 0.5, close: 1, volume: 10 };
    const times = { openTime: 1, closeTime: 2, venueTime: undefined, receivedTime: 1 };
    const candle = { instrument: 'X', interval: '1m', ...times, ...numbers, exact, trades: 3, closed: true };
    expect(through(candleWire, candle)).toEqual({ _tag: 'Right', right: { ...candle, receivedTime: AT } });
  });

  it('are tickers', () => {
    const exact = { open: '1.0', high: '2.50', low: '0.5', last: '1', volume: '10.000', quoteVolume: '20.0' };
    const numbers = { open: 1, high: 2.5, low: 0.5, last: 1, volume: 10, quoteVolume: 20 };
    const ticker = { instrument: 'X', ...numbers, exact, venueTime: 5, receivedTime: 1 };
    expect(through(tickerWire, ticker)).toEqual({ _tag: 'Right', right: { ...ticker, receivedTime: AT } });
  });

  it('are refused with the place where they are wrong', () => {
    const read = tradeWire.read(sent({ t: 'v', v: { i: 'X', d: '1', p: '1', s: '1', x: 'up', T: 1 } }), AT);
    expect(read._tag === 'Left' && pathOf(read.left)).toMatch(/^relay.trade\/v: relay.trade.value\/x: /);
  });
});

describe('messageOf', () => {
  it.each([
    ['{'],
    ['7'],
    ['null'],
    ['{"e":"x"}'],
    ['{"e":"x","n":1.5,"w":1,"t":"d"}'],
    ['{"e":7,"n":1,"w":1,"t":"d"}'],
    [''],
  ])('takes no message from %s', (said) => {
    expect(messageOf(said)).toBeUndefined();
    expect(answerOf(said)).toBeUndefined();
  });

  it('takes an answer from whoever says who it is', () => {
    expect(answerOf(JSON.stringify({ ...head, t: 'h' }))).toBeUndefined();
    expect(answerOf(JSON.stringify({ ...head, g: 'A', t: 'h' }))).toMatchObject({ g: 'A' });
  });
});

describe('pieces', () => {
  it('come to the whole', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 * PIECE }), (length) => {
        const whole = 'abc'.repeat(length).slice(0, length);
        const assembly = new Assembly();
        const added = piecesOf(whole).map((piece) => assembly.add(piece));
        expect(added.at(-1)).toEqual({ text: whole });
        expect(added.slice(0, -1).every((one) => one === undefined)).toBe(true);
      }),
      { numRuns: 10 },
    );
  });

  it.each([
    [
      'one that does not go on',
      [
        { i: 0, k: 3, d: 'a' },
        { i: 2, k: 3, d: 'c' },
      ],
    ],
    ['one without a beginning', [{ i: 1, k: 3, d: 'a' }]],
    ['one beyond the last', [{ i: 0, k: 0, d: 'a' }]],
    ['what is none', [{ i: 0, k: 2 }]],
  ])('are broken by %s', (_, some) => {
    const assembly = new Assembly();
    expect(some.map((piece) => assembly.add(piece)).at(-1)).toBe('broken');
  });
});

describe('commandOf', () => {
  it.each([
    ['ping', { type: 'ping' }],
    ['hear a.b', { type: 'hear', subject: 'a.b' }],
    ['leave a.b', { type: 'leave', subject: 'a.b' }],
    ['ask 7 a.b join', { type: 'ask', id: '7', subject: 'a.b', question: 'join' }],
  ])('reads %s', (said, command) => {
    expect(commandOf(said)).toEqual(command);
  });

  it.each([
    [''],
    ['hear'],
    ['hear a b'],
    ['ask 7 a.b'],
    ['ask 7 a.b join now'],
    ['PUB a'],
    [`ask ${'7'.repeat(21)} a join`],
  ])('takes %s for none', (said) => {
    expect(commandOf(said)).toBeUndefined();
  });
});

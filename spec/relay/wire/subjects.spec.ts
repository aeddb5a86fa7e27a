import fc from 'fast-check';
import { historyOf } from '../../../lib/relay/wire/pastCandles.js';
import {
  checkName,
  escaped,
  isJoinSubject,
  isStreamSubject,
  joinSubject,
  keyOf,
  partsOf,
  statusSubject,
  streamOf,
  streamSubject,
} from '../../../lib/relay/wire/subjects.js';

describe('streamOf', () => {
  it.each([
    ['book', ['BTCUSDT'], 'book.BTCUSDT'],
    ['book', ['BTCUSDT', {}], 'book.BTCUSDT'],
    ['book', ['BTCUSDT', { depth: undefined }], 'book.BTCUSDT'],
    ['candles', ['BTCUSDT', '1m'], 'candles:1m.BTCUSDT'],
    ['trades', ['ETH/USDC'], 'trades.ETH/USDC'],
    ['trades', ['BRK.B'], 'trades.BRK%2EB'],
    ['trades', ['.AAPL250117C150'], 'trades.%2EAAPL250117C150'],
    ['trades', ['a b*>é'], 'trades.a%20b%2A%3E%C3%A9'],
    ['book', ['X', { depth: 100, channel: 'books' }], 'book:%5B%7B%22channel%22:%22books%22,%22depth%22:100%7D%5D.X'],
  ])('%s of %j is %s', (method, args, key) => {
    expect(keyOf(streamOf(method, args))).toBe(key);
  });

  it('names alike what is meant alike', () => {
    expect(streamOf('book', ['X', { b: 1, a: 2 }])).toEqual(streamOf('book', ['X', { a: 2, b: 1 }]));
  });

  it.each([
    [[]],
    [['']],
    [[7]],
    [['X', () => 1]],
    [['X', { audit: { compare: () => 1 } }]],
    [['X', NaN]],
    [['\ud800']],
  ])('refuses %j', (args) => {
    expect(() => streamOf('book', args)).toThrow(expect.objectContaining({ name: 'InvalidArgumentError' }));
  });
});

describe('candles with their past', () => {
  it('are a stream of their own, by how many are wanted', () => {
    expect(keyOf(streamOf('candles', ['X', '1m', { history: undefined }]))).toBe('candles:1m.X');
    const key = keyOf(streamOf('candles', ['X', '1m', { history: 100 }]));
    expect(key).toBe(`candles:${escaped('["1m",{"history":100}]')}.X`);
    expect(historyOf('candles', ['X', '1m', { history: 100 }])).toBe(100);
    expect(historyOf('candles', ['X', { history: 7 }])).toBe(7);
    expect(historyOf('candles', ['X', '1m'])).toBeUndefined();
    expect(historyOf('trades', ['X', { history: 7 }])).toBeUndefined();
  });
});

describe('escaped', () => {
  it('makes one part of a subject of any text, and no two of one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
        expect(escaped(text)).toMatch(/^[\w\-:/@,=+~%]+$/);
        expect(decodeURIComponent(escaped(text))).toBe(text);
      }),
    );
  });
});

describe('subjects', () => {
  const name = streamOf('candles', ['BRK.B', '1m']);

  it('name version, venue, gateway, kind and symbol', () => {
    expect(streamSubject('okx', 'A', name)).toBe('millrace.1.okx.A.candles:1m.BRK%2EB');
    expect(joinSubject('okx', 'any', name)).toBe('millrace.1.okx.any.join.candles:1m.BRK%2EB');
    expect(statusSubject('okx', 'A', false)).toBe('millrace.1.okx.A.status');
  });

  it('are told apart', () => {
    expect(partsOf(streamSubject('okx', 'A', name))).toEqual({ gateway: 'A', key: keyOf(name) });
    expect(partsOf(joinSubject('okx', 'any', name))).toEqual({ gateway: 'any', key: keyOf(name) });
    expect(partsOf(statusSubject('okx', 'A', false))).toEqual({ gateway: 'A', key: 'status' });
  });

  it.each([
    ['millrace.1.okx.A.book.BTC-USDT', true, false],
    ['millrace.1.okx.A.status', true, false],
    ['millrace.1.okx.*.status', true, false],
    ['millrace.1.okx.any.join.book.BTC-USDT', false, true],
    ['millrace.1.okx.*.book.BTC-USDT', false, false],
    ['millrace.1.>', false, false],
    ['millrace-account.1.okx.A.orders.x', false, false],
    ['_INBOX.x', false, false],
    ['$SYS.ACCOUNT', false, false],
  ])('%s may be heard: %s, asked: %s', (subject, isHeard, isAsked) => {
    expect([isStreamSubject(subject), isJoinSubject(subject)]).toEqual([isHeard, isAsked]);
  });
});

describe('checkName', () => {
  it.each([['A'], ['tokyo-2'], ['a_b']])('takes %s', (name) => {
    expect(() => checkName('as', name)).not.toThrow();
  });

  it.each([['any'], [''], ['a.b'], ['*'], ['a b'], [undefined], ['x'.repeat(65)]])('refuses %s', (name) => {
    expect(() => checkName('as', name)).toThrow(expect.objectContaining({ field: 'as' }));
  });
});

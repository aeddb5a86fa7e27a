import {
  book,
  candle,
  diff,
  level,
  liveState,
  quote,
  reset,
  snapshot,
  staleState,
  syncingState,
  trade,
} from '../../lib/testing/builders.js';

describe('builders', () => {
  it('make levels from texts and keep them', () => {
    expect(level('7.50', '813')).toEqual({ price: 7.5, size: 813, exact: { price: '7.50', size: '813' } });
    expect(snapshot({ bids: [['7.50', '813'], level('7', '1')] }).bids).toEqual([
      level('7.50', '813'),
      level('7', '1'),
    ]);
    expect(diff({ asks: [['8', '0']] }).asks).toEqual([level('8', '0')]);
  });

  it('fill in what is not told', () => {
    expect(snapshot()).toEqual({ type: 'snapshot', instrument: 'BTCUSDT', bids: [], asks: [], receivedTime: 0 });
    expect(diff({ instrument: 'ETHUSDT', lastSequence: 7 })).toEqual({
      type: 'diff',
      instrument: 'ETHUSDT',
      bids: [],
      asks: [],
      lastSequence: 7,
      receivedTime: 0,
    });
    expect(reset({ reason: 'resync' })).toEqual({
      type: 'reset',
      instrument: 'BTCUSDT',
      reason: 'resync',
      receivedTime: 0,
    });
    expect(trade({ price: '9.50', side: 'sell' })).toEqual({
      instrument: 'BTCUSDT',
      id: '1',
      side: 'sell',
      price: 9.5,
      size: 1,
      exact: { price: '9.50', size: '1' },
      venueTime: 0,
      receivedTime: 0,
    });
    expect(quote({ bid: ['1', '2'] })).toEqual({
      instrument: 'BTCUSDT',
      bid: level('1', '2'),
      ask: undefined,
      receivedTime: 0,
    });
  });

  it('make a candle whose highest and lowest fit its ends', () => {
    expect(candle({ open: '9', close: '10.5', openTime: 60_000 })).toEqual({
      instrument: 'BTCUSDT',
      interval: '1m',
      openTime: 60_000,
      closeTime: 119_999,
      open: 9,
      high: 10.5,
      low: 9,
      close: 10.5,
      volume: 1,
      exact: { open: '9', high: '10.5', low: '9', close: '10.5', volume: '1' },
      closed: true,
      receivedTime: 0,
    });
  });

  it('make books best first, and states of them', () => {
    const made = book({
      bids: [
        ['99', '1'],
        ['100', '2'],
      ],
      sequence: 4,
    });

    expect(made.bestBid).toEqual(level('100', '2'));
    expect(made.sequence).toBe(4);
    expect(liveState(made)).toEqual({ status: 'live', book: made });
    expect(liveState(made).book).toBe(made);
    expect(staleState({ sequence: 3 }, { reason: 'disconnected', since: 8 })).toMatchObject({
      status: 'stale',
      reason: 'disconnected',
      since: 8,
      book: { sequence: 3 },
    });
    expect(syncingState).toEqual({ status: 'syncing' });
  });

  it.each([
    ['book', () => liveState('101 | 99')],
    ['book', () => liveState({ bids: [['100', '1']], asks: [['100.0', '1']] })],
    ['book', () => liveState(book('7 | 6'))],
    ['price', () => level('1,5', '1')],
    ['size', () => level('1', '')],
    ['price', () => snapshot({ bids: [['a', '1']] })],
    ['size', () => trade({ size: '1 BTC' })],
    ['price', () => quote({ bid: ['', '1'] })],
    ['close', () => candle({ close: 'up' })],
  ])('refuse what no market has, and name the %s', (field, make) => {
    expect(make).toThrow(expect.objectContaining({ name: 'InvalidArgumentError', field }));
  });

  it('have a stale state of a book that crosses', () => {
    expect(staleState('101 | 99', { reason: 'crossed' })).toMatchObject({ status: 'stale', reason: 'crossed' });
    expect(liveState('101 |').book.bestBid?.price).toBe(101);
  });
});

import type {
  DxLinkEvent,
  DxLinkIndexedState,
  DxLinkOrderList,
  DxLinkTimeSeries,
} from '../../../lib/venues/dxlink/index.js';
import { dxLinkWire } from '../../support/dxlinkWire.js';

const candle = (time: number, eventFlags: number, more: object = {}): object => ({
  eventType: 'Candle',
  eventSymbol: 'AAPL{=m}',
  index: time,
  time,
  sequence: 0,
  eventFlags,
  open: 1,
  close: 2,
  ...more,
});
const order = (index: number, eventFlags: number, orderSide: string, price: unknown, more: object = {}): object => ({
  eventType: 'Order',
  eventSymbol: 'AAPL',
  source: 'NTV',
  index,
  eventFlags,
  time: 1,
  sequence: 0,
  orderSide,
  scope: 'ORDER',
  price,
  size: 1,
  ...more,
});

describe('a row of a source that nobody wants any more', () => {
  it('is of no other book of its symbol, which those without a source are of', () => {
    const { exchange, tell, passTo } = dxLinkWire();
    const states: DxLinkIndexedState<DxLinkOrderList>[] = [];
    const left = exchange.orders('AAPL', { source: 'GLBX' }).subscribe();
    exchange.orders('AAPL').subscribe((next) => states.push(next));
    const said = (): unknown => {
      const last = states.at(-1);
      return last?.status === 'live'
        ? [...last.value.bids, ...last.value.asks].map(({ price }) => price)
        : last?.status;
    };
    passTo(100);
    tell('HISTORY', order(2, 4, 'SELL', 2), order(1, 8, 'BUY', 1));
    left.unsubscribe();
    passTo(5_000);
    tell('HISTORY', order(7, 0, 'BUY', 1.5, { source: 'GLBX' }));
    expect(said()).toEqual([1, 2]);
    tell('HISTORY', order(3, 0, 'SELL', 3, { source: undefined }));
    expect(said()).toEqual([1, 2, 3]);
    exchange.close();
  });
});

describe('a field that can’t be read', () => {
  it('of a candle costs itself, and the list is live', () => {
    const { exchange, tell, passTo, faults } = dxLinkWire();
    let state: DxLinkIndexedState<DxLinkTimeSeries<DxLinkEvent<'Candle'>>> | undefined;
    exchange.candlesSince('AAPL', '1m', 0).subscribe((next) => (state = next));
    passTo(100);
    tell('HISTORY', candle(2_000, 4, { impVolatility: { no: 'number' }, close: 'high' }), candle(1_000, 8));

    expect(state).toMatchObject({
      status: 'live',
      value: {
        rows: [
          { time: 1_000, close: 2 },
          { time: 2_000, open: 1 },
        ],
      },
    });
    expect(faults).toMatchObject([
      { type: 'decode', channel: 'HISTORY Candle AAPL{=m} from 0', path: 'dxlink.Candle/close: Double' },
      { type: 'decode', path: 'dxlink.Candle/impVolatility: Double' },
    ]);
    exchange.close();
  });

  it('that says what an order is costs that order, and its list is not live without it', () => {
    const { exchange, tell, passTo, faults } = dxLinkWire();
    const states: DxLinkIndexedState<DxLinkOrderList>[] = [];
    exchange.orders('AAPL').subscribe((next) => states.push(next));
    passTo(100);
    tell('HISTORY', order(2, 4, 'SELL', 2), order(1, 8, 'BUY', 1));
    expect(states.at(-1)).toMatchObject({ status: 'live' });

    tell('HISTORY', order(3, 0, 'BUY', 'cheap'));
    expect(states.at(-1)).toMatchObject({ status: 'stale' });
    expect(faults).toMatchObject([{ type: 'decode', path: 'dxlink.Order/price: Double' }, { type: 'gap' }]);
    exchange.close();
  });

  it.each(['', 7, undefined])('of no type among orders is none of a whole list: %j', (eventType) => {
    const { exchange, tell, passTo, faults } = dxLinkWire();
    const states: string[] = [];
    exchange.orders('AAPL').subscribe(({ status }) => states.push(status));
    const quotes: unknown[] = [];
    exchange.quotes('AAPL').subscribe(({ bid }) => quotes.push(bid?.price));
    passTo(100);
    const quote = { eventType: 'Quote', eventSymbol: 'AAPL', bidPrice: 1, bidSize: 1 };
    const odd = { ...order(3, 0, 'BUY', 1), eventType };
    tell('HISTORY', order(2, 4, 'SELL', 2), odd, order(1, 8, 'BUY', 1));
    tell('TICKER', quote, { ...quote, eventType }, { ...quote, bidPrice: 2 });

    expect(states).not.toContain('live');
    expect(quotes).toEqual([1, 2]);
    expect(faults.map(({ type }) => type)).toEqual(['decode', 'gap', 'decode']);
    exchange.close();
  });

  it('that told the end of a channel is found out by what is asked for in vain', () => {
    const { exchange, tell, say, passTo, opened, sent, connection } = dxLinkWire();
    const states: string[] = [];
    exchange.orders('AAPL').subscribe(({ status }) => states.push(status));
    passTo(100);
    tell('HISTORY', order(2, 4, 'SELL', 2), order(1, 8, 'BUY', 1));
    const before = opened();
    // What says CHANNEL_CLOSED, cut short: nothing that is asked for on that channel is answered any more.
    say({ type: 7, channel: 1 });
    for (let at = 1_000; at < 120_000 && opened() === before; at += 1_000) passTo(at);

    expect(sent().some(({ type }) => type === 'CHANNEL_CANCEL')).toBe(true);
    tell('HISTORY', order(2, 4, 'SELL', 2), order(1, 8, 'BUY', 1));
    expect(states.at(-1)).toBe('live');
    expect(connection.filter(({ status }) => status === 'lost')).toEqual([]);
    exchange.close();
  });

  it('of no symbol may have been of any list', () => {
    const { exchange, tell, passTo } = dxLinkWire();
    const states: string[] = [];
    exchange.orders('AAPL').subscribe(({ status }) => states.push(status));
    passTo(100);
    tell('HISTORY', order(2, 4, 'SELL', 2), order(1, 8, 'BUY', 1));
    tell('HISTORY', { ...order(3, 0, 'BUY', 1), eventSymbol: '' });

    expect(states.slice(-2)).toEqual(['live', 'stale']);
    exchange.close();
  });

  it('of one symbol among many costs the event of that symbol at most', () => {
    const { exchange, tell, passTo, faults } = dxLinkWire();
    const seen: unknown[] = [];
    for (const symbol of ['A', 'B', 'C']) {
      exchange.quotes(symbol).subscribe(({ instrument, askExchangeCode }) => seen.push([instrument, askExchangeCode]));
    }
    passTo(100);
    const quote = (eventSymbol: string, more: object = {}): object => ({
      eventType: 'Quote',
      eventSymbol,
      bidPrice: 1,
      bidSize: 1,
      askPrice: 2,
      askSize: 1,
      askExchangeCode: 'Q',
      ...more,
    });
    tell('TICKER', quote('A', { askTime: 'noon' }), quote('B', { bidPrice: 'much' }), quote('C'));

    expect(seen).toEqual([
      ['A', 'Q'],
      ['C', 'Q'],
    ]);
    expect(faults).toMatchObject([
      { channel: 'TICKER Quote A', path: 'dxlink.Quote/askTime: Time' },
      { channel: 'TICKER Quote B', path: 'dxlink.Quote/bidPrice: Double' },
    ]);
    exchange.close();
  });
});

describe('a word nobody knows', () => {
  it.each([
    ['BUY', 'live'],
    ['buy', 'live'],
    ['BOTH', 'stale'],
  ])('%s as the side of an order makes the list %s', (side, status) => {
    const { exchange, tell, passTo, faults } = dxLinkWire();
    const states: DxLinkIndexedState<DxLinkOrderList>[] = [];
    exchange.orders('AAPL').subscribe((next) => states.push(next));
    passTo(100);
    tell('HISTORY', order(2, 4, 'SELL', 2), order(1, 8, 'BUY', 1));
    tell('HISTORY', order(3, 0, side, 1.5));

    expect(states.at(-1)).toMatchObject({ status });
    if (status === 'stale') expect(faults[0]).toMatchObject({ type: 'decode', path: 'dxlink.Order/orderSide: Side' });
    else expect(faults).toEqual([]);
    exchange.close();
  });

  it('as a type of frame or event is told once, and costs nothing else', () => {
    const { exchange, tell, say, passTo, faults } = dxLinkWire();
    const states: string[] = [];
    exchange.orders('AAPL').subscribe(({ status }) => states.push(status));
    passTo(100);
    tell('HISTORY', order(2, 4, 'SELL', 2), order(1, 8, 'BUY', 1));
    for (const channel of [1, 1]) {
      say({ type: 'FEED_NEWS', channel });
      tell('HISTORY', { eventType: 'Omen', eventSymbol: 'AAPL' });
      say({ type: 'FEED_DATA', channel, data: ['Sign', ['AAPL', 1]] });
    }

    expect(states).toEqual(['syncing', 'live']);
    expect(faults.map(({ message }) => message)).toEqual([
      'dxlink: a frame of the unknown type FEED_NEWS',
      'dxlink: an event of the unknown type Omen',
      'dxlink: an event of the unknown type Sign',
    ]);
    exchange.close();
  });
});

import { volumeBySymbol } from '../../../lib/operators/volumeBySymbol.js';
import type {
  DxLinkEvent,
  DxLinkIndexedState,
  DxLinkQuote,
  DxLinkTimeSeries,
} from '../../../lib/venues/dxlink/index.js';
import { dxLinkWire } from '../../support/dxlinkWire.js';

/** A trade by its index; all values beside are those of a real one. */
const sale = (index: string, type: string, size: number | string, more: object = {}): object => ({
  eventType: 'TimeAndSale',
  eventSymbol: 'AAPL',
  eventFlags: 0,
  index,
  time: 1_748_020_169_011,
  sequence: 0,
  price: 190.1,
  size,
  type,
  ...more,
});

describe('time and sales', () => {
  it('make a volume in which corrections replace and cancellations take away', () => {
    const { exchange, tell, passTo, faults } = dxLinkWire();
    const volumes: string[] = [];
    const unknown: unknown[] = [];
    exchange
      .timeAndSales('AAPL')
      .pipe(volumeBySymbol({ onUnknown: ({ index }) => unknown.push(index) }))
      .subscribe(({ exact, trades }) => volumes.push(`${exact} of ${String(trades)}`));
    passTo(100);
    tell('STREAM', sale('1', 'NEW', 10), sale('2', 'NEW', 5));
    tell('STREAM', sale('1', 'CORRECTION', 4), sale('2', 'CANCEL', 5));
    // Of trades from before: they are no part of it.
    tell('STREAM', sale('0', 'CORRECTION', 7), sale('0', 'CANCEL', 'NaN'));

    expect(volumes).toEqual(['10 of 1', '15 of 2', '9 of 2', '4 of 1']);
    expect(unknown).toEqual(['0', '0']);
    expect(faults).toEqual([]);
    exchange.close();
  });

  it('since a time leave out what was cancelled, whether its flags say so or its type alone', () => {
    const { exchange, tell, passTo } = dxLinkWire();
    let state: DxLinkIndexedState<DxLinkTimeSeries<DxLinkEvent<'TimeAndSale'>>> | undefined;
    exchange.timeAndSalesSince('AAPL', 1_748_020_000_000).subscribe((next) => (state = next));
    passTo(100);
    tell(
      'HISTORY',
      sale('9', 'NEW', 10, { eventFlags: 4 }),
      sale('8', 'NEW', 5),
      sale('7', 'NEW', 1, { eventFlags: 8 }),
    );
    tell('HISTORY', sale('9', 'CORRECTION', 4), sale('8', 'CANCEL', 5), sale('7', 'CANCEL', 1, { eventFlags: 2 }));

    expect(state).toMatchObject({ status: 'live', value: { rows: [{ index: '9', size: 4 }] } });
    exchange.close();
  });
});

describe('a list by index', () => {
  it('has one row for each series, whatever time its values have', () => {
    const { exchange, tell, passTo } = dxLinkWire();
    const row = (index: number, eventFlags: number, time: number, volatility: number | string): object => ({
      eventType: 'Series',
      eventSymbol: 'AAPL',
      index,
      eventFlags,
      time,
      sequence: 0,
      volatility,
    });
    let state: DxLinkIndexedState<DxLinkTimeSeries<DxLinkEvent<'Series'>>> | undefined;
    exchange.series('AAPL').subscribe((next) => (state = next));
    passTo(100);
    tell('HISTORY', row(2, 4, 1_000, 0.2), row(1, 0, 1_000, 0.1), row(0, 10, 0, 'NaN'));
    tell('HISTORY', row(1, 0, 2_000, 0.3));

    expect(state).toMatchObject({
      status: 'live',
      value: {
        rows: [
          { index: '1', volatility: 0.3 },
          { index: '2', volatility: 0.2 },
        ],
      },
    });
    exchange.close();
  });
});

describe('quotes', () => {
  it.each([
    ['0 × 0', { bidPrice: 0, bidSize: 0 }, undefined],
    ['a price of which nothing is bid', { bidPrice: 1.2, bidSize: 0 }, undefined],
    ['no value', { bidPrice: 'NaN', bidSize: 'NaN' }, undefined],
    ['a price without a size', { bidPrice: 1.2, bidSize: 'NaN' }, undefined],
    ['nothing at all', {}, undefined],
    ['a price of 0', { bidPrice: 0, bidSize: 3 }, { price: 0, size: 3 }],
    ['a price below 0, as a spread has', { bidPrice: -1.25, bidSize: 3 }, { price: -1.25, size: 3 }],
  ])('whose bid is %s', (_, bid, side) => {
    const { exchange, tell, passTo } = dxLinkWire();
    const quotes: DxLinkQuote[] = [];
    exchange.quotes('AAPL').subscribe((quote) => quotes.push(quote));
    passTo(100);
    tell('TICKER', { eventType: 'Quote', eventSymbol: 'AAPL', askPrice: 2, askSize: 1, ...bid });

    expect(quotes).toHaveLength(1);
    if (side === undefined) expect(quotes[0]?.bid).toBeUndefined();
    else expect(quotes[0]?.bid).toMatchObject(side);
    expect(quotes[0]?.ask).toMatchObject({ price: 2, size: 1 });
    exchange.close();
  });
});

describe('the DOM', () => {
  it('has no level of nothing', () => {
    const { exchange, say, sent, passTo } = dxLinkWire();
    let top: unknown;
    exchange.dom('AAPL').subscribe((state) => {
      if (state.status === 'live') top = [[...state.book.bids], [...state.book.asks]];
    });
    passTo(100);
    const channel = sent().find(({ type }) => type === 'DOM_SETUP')?.channel;
    const levels = [
      { price: 0, size: 0 },
      { price: 'NaN', size: 'NaN' },
    ];
    say({ type: 'DOM_SNAPSHOT', channel, time: 1, bids: [{ price: 1, size: 2 }, ...levels], asks: levels });

    expect(top).toMatchObject([[{ price: 1, size: 2 }], []]);
    exchange.close();
  });

  it.each([{}, { price: 2 }, { size: 2 }, { price: 2, size: 'NaN' }, { price: null, size: 1 }])(
    'refuse a snapshot of which one has a part only: %j',
    (level) => {
      const { exchange, say, sent, passTo } = dxLinkWire();
      const told: string[] = [];
      exchange.dom('AAPL').subscribe(({ status }) => told.push(status));
      passTo(100);
      const channel = sent().find(({ type }) => type === 'DOM_SETUP')?.channel;
      const good = { price: 1, size: 2 };
      say({ type: 'DOM_SNAPSHOT', channel, time: 1, bids: [good], asks: [] });
      say({ type: 'DOM_SNAPSHOT', channel, time: 2, bids: [good, level], asks: [] });

      expect(told).toEqual(['syncing', 'live', 'stale']);
      exchange.close();
    },
  );
});

import { VirtualTimeScheduler } from 'rxjs';
import type { BookState } from '../../../lib/model/bookState.js';
import { parseLossless } from '../../../lib/codec/losslessJson.js';
import { pathOf } from '../../../lib/codec/path.js';
import { fakeNetwork } from '../../../lib/testing/index.js';
import {
  dxlink,
  type DxLinkEvent,
  type DxLinkEventType,
  type DxLinkExchange,
} from '../../../lib/venues/dxlink/index.js';
import { fieldName, readFeedData } from '../../../lib/venues/dxlink/session/feedData.js';
import { eventReader } from '../../../lib/venues/dxlink/market/eventChannel.js';
import { Assembler } from '../../../lib/venues/dxlink/market/transactions.js';
import { foldOrders, type DxLinkOrderList } from '../../../lib/venues/dxlink/market/orders.js';
import { isEventType } from '../../../lib/venues/dxlink/eventTypes.js';
import { describeWithPage, pageFrames, schemaOf, type PageFrame } from '../../support/dxlinkPage.js';

const AT = 1_750_000_000_000;
const [CONNECTION, REQUESTS, DATA, TRANSCRIPT_A, TRANSCRIPT_B, TRANSCRIPT_C] = [0, 1, 2, 3, 4, 5];

/** The events of a FEED_DATA as the library has them; a refused row as its path. */
function eventsOf(text: string, fields: Readonly<Record<string, readonly string[]>>): readonly unknown[] {
  const events: unknown[] = [];
  const { data } = parseLossless(text) as { readonly data: unknown };
  readFeedData(
    data,
    (type) => fields[type]?.map(fieldName),
    ({ type, values }) => {
      if (!isEventType(type)) throw new TypeError(type);
      const result = eventReader(type)(values, AT);
      events.push(result._tag === 'Right' ? result.right : pathOf(result.left));
    },
    (wrong) => events.push(wrong),
  );
  return events;
}

const frameWith = (frames: readonly PageFrame[], part: string): string =>
  frames.find(({ text }) => text.includes(part))?.text ?? '';

describeWithPage('the frames of the page', () => {
  it('validate against the schema of their side', () => {
    const [client, server] = [schemaOf('ClientMessage'), schemaOf('ServerMessage')];
    const frames = pageFrames().filter(({ comment }) => !comment.includes('[!schema]'));

    expect(frames.length).toBeGreaterThan(80);
    expect(
      frames.map(({ from, text }) => (from === 'client' ? client(text) : server(text))).filter((one) => one),
    ).toEqual([]);
  });

  const data = pageFrames(DATA);
  const trade = { Trade: ['eventSymbol', 'price', 'size', 'time'] };
  const quote = { Quote: ['eventSymbol', 'bidPrice', 'askPrice', 'bidSize', 'askSize'] };
  const candle = {
    Candle: ['eventFlags', 'eventSymbol', 'time', 'open', 'high', 'low', 'close', 'volume', 'openInterest'],
  };

  it('decode trades, NaN being no value and 0 no time', () => {
    expect(eventsOf(frameWith(data, 'AMZN",201.5417'), trade)).toEqual([
      { event: 'Trade', instrument: 'AMZN', receivedTime: AT, price: 201.5417, size: 257, time: 1748020169744 },
      { event: 'Trade', instrument: 'TSLA', receivedTime: AT, price: 340.89, size: 100, time: 1748020169011 },
      { event: 'Trade', instrument: 'AAPL', receivedTime: AT, price: 196.1, size: 200, time: 1748020168804 },
      { event: 'Trade', instrument: 'SPX', receivedTime: AT, price: 5931.91, size: undefined, time: 1748892788016 },
      {
        event: 'Trade',
        instrument: './ESU25P900:XCME',
        receivedTime: AT,
        price: undefined,
        size: undefined,
        time: undefined,
      },
    ]);
  });

  it('decode quotes and open interest', () => {
    expect(eventsOf(frameWith(data, 'NVDA'), quote)).toMatchObject([
      { instrument: 'NVDA', bidPrice: 131.66, askPrice: 131.67, bidSize: 760, askSize: 307 },
      { instrument: 'PLTR', bidPrice: 124.05, askPrice: 124.07, bidSize: 275, askSize: 326 },
    ]);
    const summary = { Summary: ['eventSymbol', 'openInterest'] };
    expect(eventsOf(frameWith(data, '.AAPL250620C200'), summary)).toMatchObject([{ openInterest: 34905 }]);
    expect(eventsOf(frameWith(data, '/ESM25:XCME'), summary)).toMatchObject([{ openInterest: 2017117 }]);
  });

  it('decode exponents, and rows that name their own type', () => {
    const fields = { Trade: ['eventType', 'eventSymbol', 'price', 'dayVolume', 'size'] };
    expect(eventsOf(frameWith(data, '1.3743299E7'), fields)).toMatchObject([
      { instrument: 'SPY', price: 559.36, dayVolume: 13743299, size: 100 },
      { instrument: 'BTC/USD:CXTALP', price: 58356.71, dayVolume: undefined, size: undefined },
    ]);
  });

  it('decode FULL, and two types in one frame', () => {
    expect(eventsOf(frameWith(data, '"askPrice":321'), {})).toMatchObject([
      { event: 'Quote', instrument: 'AAPL', askPrice: 123, bidPrice: 123 },
      { event: 'Quote', instrument: 'AAPL', askPrice: 321, bidPrice: 321 },
    ]);
    const fields = {
      Quote: ['eventSymbol', 'eventType', 'bidPrice', 'askPrice'],
      Trade: ['eventSymbol', 'eventType', 'price', 'size'],
    };
    expect(eventsOf(frameWith(data, '"AMZN","Quote",321'), fields)).toMatchObject([
      { event: 'Quote', instrument: 'AAPL', bidPrice: 123 },
      { event: 'Quote', instrument: 'AMZN', bidPrice: 321 },
      { event: 'Trade', instrument: 'AAPL', price: 321, size: 22 },
      { event: 'Trade', instrument: 'AMZN', price: 123, size: 11 },
    ]);
  });

  it('decode an index beyond 2^53 to the last digit', () => {
    const greeks = [
      ...['eventSymbol', 'eventTime', 'eventFlags', 'index', 'time', 'sequence', 'price', 'volatility', 'delta'],
      ...['gamma', 'theta', 'rho', 'vega'],
    ];
    expect(eventsOf(frameWith(data, '.SPLG230616C23'), { Greeks: greeks })).toMatchObject([
      { index: '7235129486797176832', time: 1684559855338, delta: 0.999999999996191, gamma: 4.81989763184255e-12 },
    ]);
    const sale = [
      ...['eventSymbol', 'eventFlags', 'index', 'time', 'sequence', 'exchangeCode', 'price', 'size', 'bidPrice'],
      ...['askPrice', 'exchangeSaleConditions', 'aggressorSide', 'spreadLeg', 'extendedTradingHours', 'validTick'],
      ...['type', 'buyer', 'seller'],
    ];
    expect(eventsOf(frameWith(data, '7507689458649530368'), { TimeAndSale: sale })).toEqual([
      {
        event: 'TimeAndSale',
        instrument: 'SPY',
        receivedTime: AT,
        eventFlags: 0,
        index: '7507689458649530368',
        time: 1748020169011,
        sequence: 0,
        exchangeCode: 'Q',
        price: 559.36,
        size: 100,
        bidPrice: 559.35,
        askPrice: 559.37,
        exchangeSaleConditions: '@  I',
        aggressorSide: 'BUY',
        spreadLeg: false,
        extendedTradingHours: false,
        validTick: true,
        type: 'NEW',
        buyer: undefined,
        seller: undefined,
      },
    ]);
  });

  it('decode NUL and infinities as absent', () => {
    const fields = {
      Quote: ['eventSymbol', 'bidExchangeCode', 'bidPrice', 'bidSize', 'askExchangeCode', 'askPrice', 'askSize'],
    };
    expect(eventsOf(frameWith(data, 'Infinity'), fields)).toEqual([
      {
        event: 'Quote',
        instrument: 'SPX',
        receivedTime: AT,
        bidExchangeCode: undefined,
        bidPrice: 4122.49,
        bidSize: undefined,
        askExchangeCode: undefined,
        askPrice: 4123.65,
        askSize: undefined,
      },
    ]);
  });

  it('decode candles, whose end marker is a removal', () => {
    expect(eventsOf(frameWith(data, '1749772800000'), candle)).toMatchObject([
      { eventFlags: 4, time: 1750032000000, open: 197.3, volume: 43020691, openInterest: undefined },
      { eventFlags: 0, time: 1749772800000, close: 196.45 },
      { eventFlags: 10, time: 926208000000, open: undefined },
    ]);
  });

  it.each([
    ['a text for a price', 'Quote', { eventSymbol: 'A', bidPrice: 'x' }, 'dxlink.Quote/bidPrice: Double'],
    ['no symbol', 'Trade', {}, 'dxlink.Trade/eventSymbol: string'],
    ['an object for a size', 'Order', { eventSymbol: 'A', size: {} }, 'dxlink.Order/size: Double'],
    ['a rounded index', 'Candle', { eventSymbol: 'A', index: 2 ** 60 }, 'dxlink.Candle/index: Index'],
    ['a text for a flag', 'TimeAndSale', { eventSymbol: 'A', spreadLeg: 'no' }, 'dxlink.TimeAndSale/spreadLeg: Flag'],
    ['a number for a word', 'Profile', { eventSymbol: 'A', tradingStatus: 1 }, 'dxlink.Profile/tradingStatus: Word'],
  ] as const)('refuse %s', (_, type: DxLinkEventType, row, path) => {
    const result = eventReader(type)(row, AT);

    expect(result._tag === 'Left' && pathOf(result.left)).toBe(path);
  });

  it('read the older form, in which a type announces its fields', () => {
    const text = '{"data":[["Quote",["eventSymbol","bidPrice"]],["AAPL",1.5]]}';

    expect(eventsOf(text, {})).toMatchObject([{ instrument: 'AAPL', bidPrice: 1.5 }]);
  });

  it('refuse rows that are not as wide as their fields, and tell the rest of the frame', () => {
    const text = '{"data":["Quote",["AAPL",1,2],"Trade",["AAPL",1.5,2,3]]}';

    expect(eventsOf(text, { ...quote, ...trade })).toMatchObject(
      ['values of Quote', { event: 'Trade', price: 1.5 }].map((one) =>
        typeof one === 'string' ? (expect.stringContaining(one) as string) : one,
      ),
    );
  });

  it('are all known to us', () => {
    const kinds = new Set(
      [...pageFrames(CONNECTION), ...pageFrames(REQUESTS)].map(
        ({ text }) => (JSON.parse(text) as { type: string }).type,
      ),
    );
    expect(kinds.size).toBeGreaterThan(8);
  });
});

/** Plays the server's part of a transcript: after each frame of ours of the next kind that it waits for. */
function play(block: number, channel: string, run: (exchange: DxLinkExchange) => void): readonly string[] {
  const scheduler = new VirtualTimeScheduler();
  const handshake = pageFrames(TRANSCRIPT_A).slice(0, 5);
  const frames = [...(block === TRANSCRIPT_A ? [] : handshake), ...pageFrames(block)];
  let next = 0;
  const network = fakeNetwork({
    onOpening: (wire) => scheduler.schedule(() => wire.open()),
    onSent: (wire, text) => {
      const { type } = JSON.parse(text) as { readonly type: string };
      if ((JSON.parse(frames[next]?.text ?? '{}') as { readonly type?: string }).type !== type) return;
      next += 1;
      while (frames[next]?.from === 'server') {
        const answer = (frames[next]?.text ?? '').replace(`"channel":${channel}`, '"channel":1');
        next += 1;
        scheduler.schedule(() => wire.receive(answer), 1);
      }
    },
  });
  const exchange = dxlink({ network, scheduler, credentials: () => [{ token: '<api-quote-token>' }] });
  run(exchange);
  scheduler.maxFrames = 25_000;
  scheduler.flush();
  const sent = [...(network.wires[0]?.sent ?? [])];
  exchange.close();
  return sent;
}

describeWithPage('the transcripts of the page', () => {
  it('A: quotes, trades and greeks, the second pair of a frame included', () => {
    const events: unknown[] = [];
    const add = (event: unknown): unknown => events.push(event);
    const options = { contract: 'AUTO' } as const;
    const sent = play(TRANSCRIPT_A, '1', (exchange) => {
      exchange.events('Quote', ['AAPL', 'SPX'], options).subscribe(add);
      exchange.trades('AAPL', options).subscribe(add);
      exchange.greeks('.AAPL250117C150', options).subscribe(add);
    });

    expect(events).toMatchObject([
      { event: 'Quote', instrument: 'AAPL', bidPrice: 196.1, askPrice: 196.12, bidSize: 760, askSize: 307 },
      { event: 'Quote', instrument: 'SPX', bidPrice: 5931.2, askPrice: 5932.6, bidSize: undefined, askSize: undefined },
      { event: 'Trade', instrument: 'AAPL', price: 196.1, size: 200, time: 1748020168804 },
      {
        event: 'Greeks',
        instrument: '.AAPL250117C150',
        price: 47.85,
        volatility: 0.39,
        delta: 0.981,
        gamma: 0.0021,
        theta: -0.035,
        rho: 0.183,
        vega: 0.071,
      },
      { event: 'Quote', instrument: 'AAPL', bidPrice: 196.11, askPrice: 196.12, bidSize: 500, askSize: 307 },
      { event: 'Trade', instrument: 'AAPL', price: 196.12, size: 100, time: 1748020169011 },
    ]);
    expect(sent.map(schemaOf('ClientMessage')).filter((wrong) => wrong !== undefined)).toEqual([]);
  });

  it('B: orders fold to the book of each step', () => {
    const fields = (
      JSON.parse(frameWith(pageFrames(TRANSCRIPT_B), 'FEED_CONFIG')) as {
        eventFields: Readonly<Record<string, readonly string[]>>;
      }
    ).eventFields;
    const assembler = new Assembler<DxLinkEvent<'Order'>>();
    let list: DxLinkOrderList | undefined;
    const show = (
      side: readonly { index?: string | undefined; price?: number | undefined; size?: number | undefined }[] = [],
    ) => side.map(({ index = '', price, size }) => `#${index} ${String(price)}×${String(size)}`).join(', ');
    const steps = pageFrames(TRANSCRIPT_B)
      .filter(({ text }) => text.includes('FEED_DATA'))
      .map(({ text }) => {
        const told: string[] = [];
        for (const event of eventsOf(text, fields) as readonly DxLinkEvent<'Order'>[]) {
          const change = assembler.add(event);
          if (change === undefined) continue;
          const count = change.events.filter(
            ({ eventFlags = 0 }) => (eventFlags & 2) === 0 || change.type === 'update',
          ).length;
          told.push(`${change.type} of ${String(change.type === 'snapshot' ? change.events.length : count)}`);
          list = foldOrders(list, change);
        }
        return [told.join(), show(list?.bids), show(list?.asks)];
      });

    expect(steps).toEqual([
      ['', '', ''],
      ['snapshot of 6', '#101 190.06×100, #103 190.06×300, #102 190.05×500', '#104 190.1×100, #105 190.12×200'],
      ['update of 1', '#101 190.06×100, #103 190.06×300, #102 190.05×500', '#104 190.1×60, #105 190.12×200'],
      ['', '#101 190.06×100, #103 190.06×300, #102 190.05×500', '#104 190.1×60, #105 190.12×200'],
      [
        'update of 2',
        '#103 190.07×300, #101 190.06×100, #102 190.05×500',
        '#106 190.09×50, #104 190.1×60, #105 190.12×200',
      ],
      ['update of 1', '#103 190.07×300, #101 190.06×100, #102 190.05×500', '#106 190.09×50, #104 190.1×60'],
      ['update of 1', '#103 190.07×300, #102 190.05×500', '#106 190.09×50, #104 190.1×60'],
      ['update of 2', '#103 190.07×300, #102 190.05×500', '#106 190.09×20, #104 190.1×60'],
      ['', '#103 190.07×300, #102 190.05×500', '#106 190.09×20, #104 190.1×60'],
      ['snapshot of 4', '#204 190×40', '#206 190.19×5, #205 190.2×10'],
      ['snapshot of 1', '', ''],
    ]);
  });

  it('B: the same as levels of a live book, through the whole client', () => {
    const books: string[] = [];
    play(TRANSCRIPT_B, '3', (exchange) => {
      exchange.book('AAPL').subscribe((state: BookState) => {
        if (state.status !== 'live') return;
        const side = (levels: BookState extends never ? never : typeof state.book.bids): string =>
          [...levels].map(({ exact }) => `${exact.price}×${exact.size}`).join(' ');
        books.push(`${side(state.book.bids)} | ${side(state.book.asks)}`);
      });
    });

    expect(books).toEqual([
      '190.06×400 190.05×500 | 190.1×100 190.12×200',
      '190.06×400 190.05×500 | 190.1×60 190.12×200',
      '190.07×300 190.06×100 190.05×500 | 190.09×50 190.1×60 190.12×200',
      '190.07×300 190.06×100 190.05×500 | 190.09×50 190.1×60',
      '190.07×300 190.05×500 | 190.09×50 190.1×60',
      '190.07×300 190.05×500 | 190.09×20 190.1×60',
      '190×40 | 190.19×5 190.2×10',
      ' | ',
    ]);
  });

  it('C: the DOM replaces the whole book each time', () => {
    const books: string[] = [];
    const sent = play(TRANSCRIPT_C, '5', (exchange) => {
      exchange.dom('AAPL', { depthLimit: 3, aggregationPeriod: 0.5 }).subscribe((state) => {
        if (state.status !== 'live') return;
        const { bids, asks } = state.book;
        books.push(
          [bids, asks]
            .map((side) => [...side].map(({ exact: { price, size } }) => `${price}×${size}`).join(' '))
            .join(' | '),
        );
      });
    });

    expect(books).toEqual([
      '172.33×376 172.32×381 172.31×405 | 172.34×165 172.35×301 172.36×300',
      '172.33×376 172.31×405 172.3×388 | 172.34×40 172.35×301 172.36×300',
      ' | 172.36×300',
    ]);
    expect(sent.slice(2, 4).map((text) => JSON.parse(text) as unknown)).toEqual([
      { type: 'CHANNEL_REQUEST', channel: 1, service: 'DOM', parameters: { symbol: 'AAPL', sources: ['ntv'] } },
      {
        type: 'DOM_SETUP',
        channel: 1,
        acceptAggregationPeriod: 0.5,
        acceptDepthLimit: 3,
        acceptDataFormat: 'FULL',
        acceptOrderFields: ['price', 'size'],
      },
    ]);
  });
});

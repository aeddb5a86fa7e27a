import type { Observable } from 'rxjs';
import { RequestFailedError } from '../../../lib/errors/requestFailedError.js';
import { WireLostError } from '../../../lib/errors/wireLostError.js';
import type { TradestationExchange, TradestationResource } from '../../../lib/venues/tradestation/index.js';
import * as examples from './examples.js';
import { expectLinear } from '../../support/linear.js';
import { rig } from './rig.js';

const BOOK = examples.participants[1] ?? '';
const ACCOUNTS = ['123456782'];
const kinds: readonly (readonly [
  TradestationResource,
  (exchange: TradestationExchange) => Observable<{ readonly status: string }>,
  readonly string[],
])[] = [
  ['depth', (exchange) => exchange.book('AAPL'), [BOOK]],
  ['depth', (exchange) => exchange.book('AAPL', { by: 'aggregates' }), examples.aggregates.slice(1, 2)],
  [
    'positions',
    (exchange) => exchange.positions(ACCOUNTS),
    [examples.positions[0] ?? '', '{"StreamStatus":"EndSnapshot"}'],
  ],
];

it('gives a stream of quotes up that is never opened, and opens another', () => {
  let isMute = true;
  const { exchange, pass, hear, newest, streams } = rig({ isMute: () => isMute });
  const { values } = hear(exchange.quote('MSFT'));
  pass(9_999);
  expect(streams).toHaveLength(1);
  isMute = false;
  pass(2_000);
  expect(streams.map((stream) => stream.isOpen())).toEqual([false, true]);
  newest('quotes').say('{"Symbol":"MSFT","Bid":"1"}');

  expect(values).toHaveLength(1);
});

describe.each(kinds)('%s is not live while its stream is not known to flow (%#)', (resource, open, frames) => {
  const refused = (status: number): WireLostError =>
    new WireLostError('failed', 'refused', status, { cause: new RequestFailedError('words', status, 30_000) });

  it.each<[string, (stream: ReturnType<ReturnType<typeof rig>['newest']>) => void]>([
    ['a clean end', (stream) => stream.end()],
    ['a break', (stream) => stream.end(new WireLostError('failed', 'broken'))],
    [
      'a line cut in the middle, then a break',
      (stream) => {
        stream.say(frames[0]?.slice(0, 40) ?? '');
        stream.end(new WireLostError('failed', 'broken'));
      },
    ],
    ['a line cut in the middle, then silence', (stream) => stream.say(frames[0]?.slice(0, 40) ?? '')],
    ['GoAway', (stream) => stream.say('{"StreamStatus":"GoAway"}')],
    ['GoAway, as an error', (stream) => stream.say('{"Error":"GoAway"}')],
    ['DualLogon', (stream) => stream.say('{"Error":"DualLogon"}')],
    ['Failed', (stream) => stream.say('{"Error":"Failed"}')],
    ['Unauthorized', (stream) => stream.say('{"Error":"Unauthorized"}')],
  ])('%s: from that step on, over refusals, pauses and openings that say nothing', (_, cut) => {
    let refusals: readonly number[] = [];
    const { exchange, pass, hear, newest, streams } = rig({
      refuse: () => {
        const [status] = refusals;
        refusals = refusals.slice(1);
        return status === undefined ? undefined : refused(status);
      },
    });
    const { values, ends } = hear(open(exchange));
    pass(0);
    newest(resource).say(...frames);
    expect(values.at(-1)?.status).toBe('live');
    const seen = values.length;
    refusals = [503, 401, 429];
    cut(newest(resource));
    expect(values.at(-1)?.status).toBe('stale');
    for (let passed = 0; passed < 200; passed += 1) {
      pass(1_000);
      expect(values.slice(seen).map(({ status }) => status)).not.toContain('live');
    }
    const before = streams.length;
    while (streams.length === before) pass(1_000);
    newest(resource).say('{"Heartbeat":1}');
    expect(values.at(-1)?.status).toBe('stale');
    newest(resource).say(...frames);
    expect([values.at(-1)?.status, ends]).toEqual(['live', []]);
  });

  it('silence: from the bound on', () => {
    const { exchange, pass, hear, newest } = rig();
    const { values } = hear(open(exchange));
    pass(0);
    newest(resource).say(...frames);
    pass(14_999);
    expect(values.at(-1)?.status).toBe('live');
    pass(1);
    expect(values.at(-1)?.status).toBe('stale');
  });
});

/** Pieces of frames, each of about so many characters. */
const piecesOf = (size: number) => ({
  many: (one: (i: number) => string): string => {
    const parts: string[] = [];
    for (let length = 0, i = 0; length < size; i += 1) {
      const part = one(i);
      parts.push(part);
      length += part.length + 1;
    }
    return parts.join(',');
  },
  zeros: '0'.repeat(size),
  nested: (open: string, close: string): string => open.repeat(size / 4) + close.repeat(size / 4),
});
type Pieces = ReturnType<typeof piecesOf>;
type Open = (exchange: TradestationExchange) => Observable<unknown>;

describe('the work for a frame grows no faster than the frame, whatever it holds', () => {
  const leg = '{"Symbol":"A","BuyOrSell":"Buy","QuantityOrdered":"1","ExecQuantity":"0"}';

  it.each<[string, TradestationResource, Open, (pieces: Pieces) => string]>([
    [
      'a price of zeros',
      'depth',
      (exchange) => exchange.book('A'),
      ({ zeros }) => `{"Bids":[{"Price":"1.${zeros}1","Size":"1"}],"Asks":[]}`,
    ],
    [
      'prices of zeros',
      'depth',
      (exchange) => exchange.book('A'),
      ({ many }) => `{"Bids":[${many((i) => `{"Price":"${i}.${'0'.repeat(300)}1","Size":"1"}`)}],"Asks":[]}`,
    ],
    [
      'levels',
      'depth',
      (exchange) => exchange.book('A'),
      ({ many }) => `{"Bids":[${many((i) => `{"Price":"${i}","Size":"1","TimeStamp":"x"}`)}],"Asks":[]}`,
    ],
    [
      'one price over and over',
      'depth',
      (exchange) => exchange.book('A'),
      ({ many }) => `{"Bids":[${many(() => '{"Price":"1","Size":"1.5"}')}],"Asks":[]}`,
    ],
    [
      'a last price of zeros',
      'quotes',
      (exchange) => exchange.quote('A'),
      ({ zeros }) => `{"Symbol":"A","Last":"0.${zeros}"}`,
    ],
    ['an exponent', 'quotes', (exchange) => exchange.quote('A'), ({ zeros }) => `{"Symbol":"A","Last":"1${zeros}E-5"}`],
    [
      'a long exponent',
      'quotes',
      (exchange) => exchange.quote('A'),
      ({ zeros }) => `{"Symbol":"A","Last":"1E${zeros}9"}`,
    ],
    [
      'a time',
      'quotes',
      (exchange) => exchange.quote('A'),
      ({ zeros }) => `{"Symbol":"A","TradeTime":"2020-01-01T00:00:00.${zeros}"}`,
    ],
    [
      'quotes',
      'quotes',
      (exchange) => exchange.quote('A'),
      ({ many }) => `[${many((i) => `{"Symbol":"A","Last":"${i}"}`)}]`,
    ],
    [
      'errors',
      'quotes',
      (exchange) => exchange.quote('A'),
      ({ many }) => `[${many(() => '{"Symbol":"A","Error":"FAILED"}')}]`,
    ],
    ['brackets', 'quotes', (exchange) => exchange.quote('A'), ({ nested }) => nested('[', ']')],
    [
      'braces',
      'quotes',
      (exchange) => exchange.quote('A'),
      ({ nested }) => `{"Symbol":"A","Last":${nested('[', ']')}}`,
    ],
    [
      'positions',
      'positions',
      (exchange) => exchange.positions(ACCOUNTS),
      ({ many }) => `[${many((i) => `{"PositionID":"${i}","Symbol":"A","Quantity":"1"}`)}]`,
    ],
    [
      'orders',
      'orders',
      (exchange) => exchange.orderStates(ACCOUNTS),
      ({ many }) => `[${many((i) => `{"OrderID":"${i}","AccountID":"A","Status":"ACK","Legs":[${leg}]}`)}]`,
    ],
    [
      'legs',
      'orders',
      (exchange) => exchange.orderStates(ACCOUNTS),
      ({ many }) => `{"OrderID":"1","AccountID":"A","Status":"ACK","Legs":[${many(() => leg)}]}`,
    ],
    [
      'bars',
      'bars',
      (exchange) => exchange.candleEvents('A'),
      ({ many }) =>
        `[${many((i) => `{"Open":"1","High":"1","Low":"1","Close":"1","TotalVolume":"1","Epoch":${i},"IsRealtime":true}`)}]`,
    ],
    [
      'spreads',
      'optionChains',
      (exchange) => exchange.optionChain('A'),
      ({ many }) => `[${many((i) => `{"Legs":[{"Symbol":"${i}","Ratio":1}],"Bid":"1"}`)}]`,
    ],
    [
      'a tick',
      'tickBars',
      (exchange) => exchange.tickBars('A'),
      ({ zeros }) => `{"Close":1,"TotalVolume":1,"Status":1,"TimeStamp":"/Date(${zeros})/"}`,
    ],
    ['words', 'tickBars', (exchange) => exchange.tickBars('A'), ({ zeros }) => `ERROR ${zeros}`],
  ])('%s', (_, resource, open, frameOf) => {
    expectLinear(60_000, (size) => {
      const { exchange, pass, hear, newest } = rig();
      hear(open(exchange));
      pass(0);
      if (resource === 'positions' || resource === 'orders') newest(resource).say('{"StreamStatus":"EndSnapshot"}');
      const line = frameOf(piecesOf(size));
      expect(line.length).toBeLessThan(65_536);
      return () => {
        newest(resource).say(line);
      };
    });
  });
});

import fc from 'fast-check';
import * as t from 'io-ts';
import type { LevelScanner } from '../../lib/codec/gapScanner.js';
import { losslessJson, parseExact, parseLossless } from '../../lib/codec/losslessJson.js';
import { pathOf } from '../../lib/codec/path.js';
import { ReadFrame, insideOf } from '../../lib/codec/readFrame.js';
import { scanNumberRow } from '../../lib/codec/scanNumberRow.js';
import { ExactFrames, ShapedFrames } from '../../lib/codec/shapedFrames.js';
import type { ChannelSpec } from '../../lib/socket/channel.js';
import { depthOf } from '../../lib/venues/bitfinex/depth.js';
import { depthByOrder } from '../../lib/venues/bitfinex/depthByOrder.js';
import { BookEvent, bookScanner as coinbaseScanner } from '../../lib/venues/coinbase/advanced/frames.js';
import { CandleFrame as DeribitCandle, candleFrames } from '../../lib/venues/deribit/frames.js';
import {
  BookFrame as HyperliquidBook,
  bookScanner as hyperliquidScanner,
} from '../../lib/venues/hyperliquid/frames.js';
import {
  BookFrame as KrakenBook,
  bookScanner as krakenScanner,
  CandleFrame as KrakenCandle,
  TickerFrame as KrakenTicker,
  TradeFrame as KrakenTrade,
} from '../../lib/venues/kraken/v2/frames.js';
import { BookFrame as KucoinBook, bookScanner as kucoinScanner } from '../../lib/venues/kucoin/frames.js';
import {
  CandleFrame as OkxCandle,
  TradeFrame as OkxTrade,
  WholeBookFrame as OkxWhole,
} from '../../lib/venues/okx/frames.js';
import { changeScanner as o2Scanner, DepthUpdateFrame as O2Changes } from '../../lib/venues/o2/frames.js';

import { BarFrame } from '../../lib/venues/tradestation/frames.js';
import { Bars as TplusBars, TradeFrame as TplusTrade } from '../../lib/venues/tplus/frames.js';

const RUNS = Number(process.env['MUTATIONS'] ?? 1_500);

interface Scanned {
  readonly venue: string;
  readonly scanner: () => LevelScanner;
  /** Frames as the venue sends them, the first as it mostly does. */
  readonly frames: readonly [string, ...string[]];
  /** The ordinary way. */
  readonly parse: (text: string) => unknown;
  readonly codec: t.Decoder<unknown, unknown>;
  /** What of the frame the codec is given. */
  readonly payloadOf?: (frame: unknown) => unknown;
}

const coinbaseFrame = (updates: string, more = ''): string =>
  '{"channel":"l2_data","client_id":"","timestamp":"2023-02-09T20:32:50.714964855Z","sequence_num":7,"events":[' +
  `{"type":"update","product_id":"BTC-USD","updates":[${updates}]}${more}]}`;
const update = (side: string, price: string, size: string): string =>
  `{"side":"${side}","event_time":"1970-01-01T00:00:00Z","price_level":"${price}","new_quantity":"${size}"}`;
const o2Frame = (buys: string): string =>
  `{"action":"subscribe_depth_update","changes":{"buys":[${buys}],"sells":[{"price":"3000340000000","quantity":"6773"}]},` +
  '"market_id":"0x4dd5153269611c37","onchain_timestamp":"1774483215","seen_timestamp":"1774483215503682693"}';
const first = (list: unknown): unknown => (Array.isArray(list) ? (list as readonly unknown[])[0] : list);
const fieldOf = (key: string, u: unknown): unknown => (u as Record<string, unknown> | null | undefined)?.[key];

/** What is read by codec and shape; the rest is what the parser makes of it. */
const shaped = (frames: ShapedFrames): LevelScanner => ({
  read: (text) => {
    const frame = frames.read(text);
    return frame instanceof ReadFrame ? frame : undefined;
  },
});
const deribitFrame = (channel: string, data: string): string =>
  `{"jsonrpc":"2.0","method":"subscription","params":{"channel":"${channel}","data":${data}}}`;
const dataOf = (frame: unknown): unknown => {
  const data = fieldOf('data', fieldOf('params', insideOf(frame)));
  return frame instanceof ReadFrame ? new ReadFrame(data) : data;
};
/** What a channel of Bitfinex makes of a list of one row, with the numbers around it; lists as the dialect hands them on. */
const bitfinexBook = ({
  source,
}: {
  readonly source: Pick<ChannelSpec<unknown>, 'decode'>;
}): t.Decoder<unknown, unknown> => {
  const decode = (list: unknown): t.Validation<unknown> => {
    const read = source.decode(fieldOf('row', list), 0);
    return read._tag === 'Left' ? read : t.success([fieldOf('before', list), read.right, fieldOf('behind', list)]);
  };
  return { name: 'bitfinex', validate: decode, decode };
};
const parseBitfinex = (text: string): unknown => {
  const [before, data, behind] = JSON.parse(text) as readonly unknown[];
  return { before, row: { kind: 'update', data }, behind };
};
const krakenTrade =
  '{"symbol":"MATIC/USD","side":"sell","price":0.5117,"qty":40.0,"ord_type":"market","trade_id":4665906,' +
  '"timestamp":"2023-09-25T07:49:37.708706Z"}';
const krakenCandle =
  '{"channel":"ohlc","type":"update","timestamp":"2023-10-04T16:26:30.524394914Z","data":[{"symbol":"MATIC/USD","open":0.5624,' +
  '"high":0.5628,"low":0.5622,"close":0.56270,"trades":12,"volume":30927.68066226,"vwap":0.5626,' +
  '"interval_begin":"2023-10-04T16:25:00.000000000Z","interval":5,"timestamp":"2023-10-04T16:30:00.000000Z"}]}';
const krakenTicker =
  '{"channel":"ticker","type":"update","data":[{"symbol":"ALGO/USD","bid":0.10025,"bid_qty":740.0,"ask":0.10036,' +
  '"ask_qty":1361.44813783,"last":0.10035,"volume":997038.98383185,"vwap":0.10148,"low":0.09979,"high":0.10285,' +
  '"change":-0.00017,"change_pct":-0.17}]}';
const okxCandle = (row: string, more = ''): string =>
  `{"arg":{"channel":"candle1D","instId":"BTC-USDT"},"data":[[${row}]${more}]}`;
const okxRow =
  '"1629993600000","42500","48199.9","41006.1","41006.1","3587.41204591","166741046.22","166741046.22","0"';

const all: readonly Scanned[] = [
  {
    venue: 'kucoin',
    scanner: kucoinScanner,
    frames: [
      '{"type":"message","topic":"/market/level2:BTC-USDT","subject":"trade.l2update","data":{"sequenceStart":11,' +
        '"symbol":"BTC-USDT","changes":{"asks":[["18906","0.00331","11"],["0","0","12"]],"bids":[["18905.50","0","13"]]},' +
        '"sequenceEnd":13,"time":1663747970273}}',
      '{"data":{"sequenceStart":11,"symbol":"X","changes":{"asks":[],"bids":[["1","2","13"],["1","3","12"]]},"sequenceEnd":13}}',
      '{"data":{"sequenceStart":11,"symbol":"X","changes":{"asks":[],"bids":[["1","2","13"]]},"sequenceEnd":12345678901234567890}}',
    ],
    parse: parseLossless,
    codec: KucoinBook,
  },
  {
    venue: 'hyperliquid',
    scanner: hyperliquidScanner,
    frames: [
      '{"channel":"l2Book","data":{"coin":"BTC","time":1754450974231,"levels":[[{"px":"113377.0","sz":"7.6699","n":17},' +
        '{"px":"113376.0","sz":"4","n":1}],[{"px":"113397.0","sz":"0.11543","n":3}]]}}',
      '{"channel":"l2Book","data":{"coin":"BTC","time":1,"levels":[[],[]],"spread":"15.0"}}',
      '{"channel":"l2Book","data":{"coin":"BTC","time":1,"levels":[[],[],[]]}}',
      '{"channel":"l2Book","data":{"coin":"BTC","time":1,"levels":[[]]}}',
      '{"channel":"l2Book","data":{"coin":"BTC","time":1,"levels":[[{"px":1.5,"sz":2,"n":1}],[]]}}',
    ],
    parse: JSON.parse,
    codec: HyperliquidBook,
    payloadOf: (frame) => fieldOf('data', frame),
  },
  {
    venue: 'coinbase',
    scanner: coinbaseScanner,
    frames: [
      coinbaseFrame([update('bid', '21921.73', '0.06317902'), update('offer', '21921.74', '0')].join()),
      coinbaseFrame(''),
      coinbaseFrame(update('bid', '1', '2'), ',{"type":"update","product_id":"X","updates":[]}'),
      coinbaseFrame(update('sell', '1', '2')),
    ],
    parse: JSON.parse,
    codec: BookEvent,
    payloadOf: (frame) => first(fieldOf('events', frame)),
  },
  {
    venue: 'kraken',
    scanner: krakenScanner,
    frames: [
      '{"channel":"book","type":"update","data":[{"symbol":"MATIC/USD","bids":[{"price":0.5657,"qty":1098.39478200}],' +
        '"asks":[{"price":0.5666,"qty":0.00000000}],"checksum":2114181697,"timestamp":"2023-10-06T17:35:55.440295Z"}]}',
      '{"channel":"book","type":"update","data":[{"symbol":"X","bids":[],"asks":[],"checksum":1},{"symbol":"Y","bids":[],"asks":[],"checksum":1}]}',
      '{"channel":"book","type":"update","data":[{"symbol":"X","bids":[],"asks":[],"checksum":1.0,"timestamp":"2023-10-06T17:35:55.440295Z"}]}',
    ],
    parse: parseExact,
    codec: KrakenBook,
  },
  {
    venue: 'kraken trades',
    scanner: () => shaped(new ExactFrames(KrakenTrade)),
    frames: [
      `{"channel":"trade","type":"update","data":[${krakenTrade}]}`,
      `{"channel":"trade","type":"snapshot","data":[${krakenTrade},${krakenTrade}]}`,
      '{"channel":"trade","type":"update","data":[]}',
      `{"channel":"trade","type":"update","data":[${krakenTrade.replace('40.0', 'null')}]}`,
    ],
    parse: parseExact,
    codec: KrakenTrade,
  },
  {
    venue: 'kraken tickers',
    scanner: () => shaped(new ExactFrames(KrakenTicker)),
    frames: [
      krakenTicker,
      krakenTicker.replace('}]}', ',"timestamp":"2023-09-25T07:49:37.708706Z"}]}'),
      krakenTicker.replace('}]}', ',"timestamp":null}]}'),
    ],
    parse: parseExact,
    codec: KrakenTicker,
  },
  {
    venue: 'kraken candles',
    scanner: () => shaped(new ExactFrames(KrakenCandle)),
    frames: [krakenCandle, krakenCandle.replace('"timestamp":"2023-10-04T16:26:30.524394914Z",', '')],
    parse: parseExact,
    codec: KrakenCandle,
  },
  {
    venue: 'okx candles',
    scanner: () => shaped(new ShapedFrames(OkxCandle)),
    frames: [
      okxCandle(okxRow),
      okxCandle(okxRow, `,[${okxRow}]`),
      okxCandle(`${okxRow},"more"`),
      okxCandle(`${okxRow},["more"],null`),
      okxCandle(okxRow.replace('"42500",', 'null,')),
      '{"arg":{"channel":"candle1D","instId":"BTC-USDT"},"data":[]}',
    ],
    parse: JSON.parse,
    codec: OkxCandle,
  },
  {
    venue: 'okx trades',
    scanner: () => shaped(new ShapedFrames(OkxTrade)),
    frames: [
      '{"arg":{"channel":"trades","instId":"BTC-USDT"},"data":[{"instId":"BTC-USDT","tradeId":"130639474","px":"42219.9",' +
        '"sz":"0.12060306","side":"buy","ts":"1630048897897","count":"3","source":"0","seqId":1234}]}',
      '{"arg":{"channel":"trades","instId":"X"},"data":[{"instId":"X","tradeId":7,"px":"1","sz":"2","side":"sell","ts":"1"}]}',
    ],
    parse: JSON.parse,
    codec: OkxTrade,
  },
  {
    venue: 'okx quotes',
    scanner: () => shaped(new ShapedFrames(OkxWhole)),
    frames: [
      '{"arg":{"channel":"bbo-tbt","instId":"BTC-USDT"},"data":[{"asks":[["111.06","55154","0","2"]],"bids":[["111.05","57745",' +
        '"0","2"]],"ts":"1670324386802","seqId":363996337}]}',
      '{"arg":{"channel":"bbo-tbt","instId":"X"},"data":[{"asks":[],"bids":[["1","2"]],"ts":"1","seqId":1}]}',
      '{"arg":{"channel":"bbo-tbt","instId":"X"},"data":[{"asks":[],"bids":[["1","-2"]],"ts":"1","seqId":1.5}]}',
    ],
    parse: JSON.parse,
    codec: OkxWhole,
  },
  {
    venue: 'deribit candles',
    scanner: () => shaped(candleFrames()),
    frames: [
      deribitFrame(
        'chart.trades.BTC-PERPETUAL.1',
        '{"volume":0.05219351,"tick":1573645080000,"open":8869.79,"low":8788.25,"high":8870.31,"cost":460,"close":8791.250}',
      ),
      deribitFrame(
        'chart.trades.X.1',
        '{"volume":0,"tick":1,"open":12345678901234567890,"low":"1","high":1.0,"cost":0,"close":1e3}',
      ),
    ],
    parse: JSON.parse,
    codec: DeribitCandle,
    payloadOf: dataOf,
  },
  {
    venue: 'tplus trades',
    scanner: () => shaped(new ShapedFrames(TplusTrade, losslessJson)),
    frames: [
      '{"asset_id":"200","trade_id":18446744073709551615,"order_id":"","price":"1.000000123456789009","quantity":"0.897530701386",' +
        '"timestamp_ns":1701000000000000087,"buyer_is_maker":true,"status":"Confirmed"}',
      '{"asset_id":"200","trade_id":9007199254740993,"price":"1","quantity":"2","timestamp_ns":"1","buyer_is_maker":false}',
      '{"asset_id":"200","trade_id":9007199254740993.0,"price":"1","quantity":"2","timestamp_ns":1,"buyer_is_maker":null}',
    ],
    parse: parseLossless,
    codec: TplusTrade,
  },
  {
    venue: 'tplus candles',
    scanner: () => shaped(new ShapedFrames(TplusBars, losslessJson)),
    frames: [
      '[{"open":"60000.00000000","high":"60000.74000000","low":"59999.19000000","close":"59999.51000000","volume":"48.85837000",' +
        '"open_timestamp_ns":1701000000000000000,"close_timestamp_ns":1701000060000000000}]',
      '[]',
      '[{"open":"1","high":"1","low":"1","close":"1","volume":"-1","open_timestamp_ns":-1,"close_timestamp_ns":0}]',
    ],
    parse: parseLossless,
    codec: TplusBars,
  },
  {
    venue: 'tradestation candles',
    scanner: () => shaped(new ShapedFrames(BarFrame)),
    frames: [
      '{"High":"233.9","Low":"233.88","Open":"233.88","Close":"233.9","TimeStamp":"2021-03-02T22:15:00Z","TotalVolume":"350",' +
        '"DownTicks":0,"DownVolume":0,"OpenInterest":"0","IsRealtime":true,"IsEndOfHistory":false,"TotalTicks":2,' +
        '"UnchangedTicks":0,"UnchangedVolume":0,"UpTicks":2,"UpVolume":350,"Epoch":1614723300000,"BarStatus":"Open"}',
      '{"High":"1","Low":1,"Open":"1E-05","Close":"-0","TotalVolume":"350","IsRealtime":null,"Epoch":1,"BarStatus":"Gone"}',
    ],
    parse: JSON.parse,
    codec: BarFrame,
  },
  {
    venue: 'bitfinex levels',
    scanner: () => ({ read: scanNumberRow }),
    frames: [
      '[7,[9000.10,1,-0.5],12]',
      '[7,[9000,0,1],12]',
      '[7,[1,1.5,1],12]',
      '[7,[1e-7,3,0],12]',
      '[7,[0.0000001,3,-0],12]',
    ],
    parse: parseBitfinex,
    codec: bitfinexBook(depthOf('tBTCUSD', { precision: 'P0', frequency: 'F0', depth: 25 })),
  },
  {
    venue: 'bitfinex orders',
    scanner: () => ({ read: scanNumberRow }),
    frames: [
      '[7,[34006738527,8744.9,-0.25603413],12]',
      '[7,[340,0,1],12]',
      '[7,[1.5,1,1],12]',
      '[7,[1.0,1.0,-1.0],12]',
    ],
    parse: parseBitfinex,
    codec: bitfinexBook(depthByOrder('tBTCUSD', 'F0', 25)),
  },
  {
    venue: 'o2',
    scanner: o2Scanner,
    frames: [
      o2Frame('{"price":"2998800000000","quantity":"-17388800000"},{"price":"0","quantity":"0"}'),
      o2Frame(''),
      o2Frame('{"price":"18446744073709551615","quantity":"-170141183460469231731687303715884105728"}'),
      o2Frame('{"price":2998800000000,"quantity":"1"}'),
      o2Frame('{"price":"1","quantity":"2","more":null}'),
      '{"action":"subscribe_depth_update","buys":[{"price":"1","quantity":"-1"}],"sells":[],"market_id":"0x4d"}',
    ],
    parse: parseLossless,
    codec: O2Changes,
  },
];

describe.each(all)('the scanner of $venue', ({ scanner, frames, parse, codec, payloadOf = (frame) => frame }) => {
  const read = (frame: unknown): unknown => {
    const result = codec.decode(payloadOf(frame));
    return result._tag === 'Left' ? pathOf(result.left) : result.right;
  };
  const ordinary = (text: string): unknown => {
    try {
      return read(parse(text));
    } catch {
      return 'unreadable';
    }
  };
  /** `undefined` where it leaves the text to the ordinary way. */
  const scanned = (one: LevelScanner, text: string): unknown => {
    try {
      const frame = one.read(text);
      return frame === undefined ? undefined : read(frame);
    } catch {
      return 'unreadable';
    }
  };
  const [plain] = frames;
  const learned = (): LevelScanner => {
    const one = scanner();
    one.read(plain);
    return one;
  };

  it('reads a frame as it mostly comes, by its shape too', () => {
    const one = learned();
    const parsed = jest.spyOn(JSON, 'parse');
    const result = scanned(one, plain);
    const times = parsed.mock.calls.length;
    parsed.mockRestore();

    expect(result).toEqual(ordinary(plain));
    expect(times).toBe(0);
  });

  it.each(frames)('reads %s as the codec does, or leaves it', (text) => {
    for (const one of [scanner(), learned()]) {
      const result = scanned(one, text);
      if (result !== undefined) expect(result).toEqual(ordinary(text));
    }
  });

  it('reads texts that were tampered with as the codec does, or leaves them', () => {
    const piece = fc.constantFrom(
      ...Array.from('"\\{}[],:-0123456789. '),
      'e5',
      '00',
      '0.0',
      'null',
      '[]',
      '{"a":1}',
      '"x":1,',
    );
    const change = fc.tuple(fc.nat(1_000), fc.nat(3), piece);
    let [left, taken] = [0, 0];
    const kept = learned();
    fc.assert(
      fc.property(fc.constantFrom(plain, ...frames), fc.array(change, { minLength: 1, maxLength: 2 }), (frame, all) => {
        const text = all.reduce((one, [at, gone, put]) => {
          const from = at % one.length;
          return one.slice(0, from) + put + one.slice(from + gone);
        }, frame);
        for (const one of [learned(), kept]) {
          const result = scanned(one, text);
          if (result === undefined) left += 1;
          else {
            taken += 1;
            expect(result).toEqual(ordinary(text));
          }
        }
      }),
      { numRuns: RUNS },
    );
    expect(Math.min(left, taken)).toBeGreaterThan(RUNS / 20);
  });
});

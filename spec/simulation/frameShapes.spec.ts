import { simulatedCoinbase, simulatedKraken, simulatedOkx } from '../../lib/simulation/index.js';
import { heard } from './heard.js';
import { captured, strangeIn } from './shapes.js';

/** Frames of one kind as the venue was seen to send them, and how simulated ones are told from all others. */
type Case = readonly [name: string, request: object, isOne: RegExp, frames: readonly string[]];

const kraken = (channel: string, more: object = {}): object => ({
  method: 'subscribe',
  params: { channel, symbol: ['BTC/USDT'], ...more },
  req_id: 1,
});
const okx = (channel: string): object => ({ id: '1', op: 'subscribe', args: [{ channel, instId: 'BTC-USDT' }] });
const coinbase = (channel: string): object => ({ type: 'subscribe', channel, product_ids: ['BTC-USDT'] });

const ofKraken: readonly Case[] = [
  [
    'book',
    kraken('book'),
    /^\{"channel":"book","type":"update"/,
    [
      '{"channel":"book","type":"update","data":[{"symbol":"ETH/USD","bids":[{"price":1797.24,"qty":0.43393711}],"asks":[{"price":1797.29,"qty":0.00000000}],"checksum":3329440863,"timestamp":"2025-05-06T09:17:26.208075Z"}]}',
    ],
  ],
  [
    'answer',
    kraken('book', { depth: 10, snapshot: true }),
    /"method":"subscribe"/,
    [
      '{"method":"subscribe","result":{"channel":"book","depth":10,"snapshot":true,"symbol":"ETH/USD"},"success":true,"time_in":"2025-05-06T09:17:26.058856Z","time_out":"2025-05-06T09:17:26.058894Z","req_id":1}',
    ],
  ],
  [
    'ticker',
    kraken('ticker'),
    /^\{"channel":"ticker","type":"update"/,
    [
      '{"channel":"ticker","type":"update","data":[{"symbol":"BTC/USD","bid":63297.7,"bid_qty":5.45673101,"ask":63297.8,"ask_qty":0.36974422,"last":63297.8,"volume":1020.88391276,"vwap":63685.7,"low":63250,"high":64409.2,"change":0.7,"change_pct":0,"trades":47536,"timestamp":"2026-08-12T19:29:02.066592Z"}]}',
    ],
  ],
  [
    'ohlc',
    kraken('ohlc', { interval: 1 }),
    /^\{"channel":"ohlc","type":"update"/,
    [
      '{"channel":"ohlc","type":"update","timestamp":"2026-08-12T19:28:44.084233010Z","data":[{"symbol":"BTC/USD","open":63301.6,"high":63301.6,"low":63297.7,"close":63297.7,"trades":27,"volume":0.04121249,"vwap":63298.2,"interval_begin":"2026-08-12T19:28:00.000000000Z","interval":1,"timestamp":"2026-08-12T19:29:00.000000Z"}]}',
    ],
  ],
];

const ofOkx: readonly Case[] = [
  [
    'books',
    okx('books'),
    /"action":"update"/,
    [
      '{"arg":{"channel":"books","instId":"SOL-USDT"},"action":"update","data":[{"asks":[["120.67","60.475897","0","5"]],"bids":[["120.66","0","0","0"]],"ts":"1790394877300","checksum":0,"seqId":32032594315,"prevSeqId":32032594283}]}',
    ],
  ],
  [
    'books5',
    okx('books5'),
    /"books5".*"data"/,
    [
      '{"arg":{"channel":"books5","instId":"BTC-USDT-SWAP"},"data":[{"asks":[["63921.5","790.41","0","42"]],"bids":[["63921.4","421.93","0","28"]],"instId":"BTC-USDT-SWAP","ts":"1786541241006","seqId":333794734980}]}',
    ],
  ],
  [
    'trades',
    okx('trades'),
    /"trades".*"data"/,
    [
      '{"arg":{"channel":"trades","instId":"BTC-USDT-SWAP"},"data":[{"instId":"BTC-USDT-SWAP","tradeId":"2832749645","px":"63913.4","sz":"34.95","side":"sell","ts":"1786540436090","count":"10","source":"0","seqId":333793118093}]}',
    ],
  ],
  [
    'tickers',
    okx('tickers'),
    /"tickers".*"data"/,
    [
      '{"arg":{"channel":"tickers","instId":"BTC-USDT"},"data":[{"instType":"SPOT","instId":"BTC-USDT","last":"30236","lastSz":"0.0002","askPx":"30228.7","askSz":"1.55896972","bidPx":"30228.6","bidSz":"0.23393","open24h":"29700.4","high24h":"31073","low24h":"28020.3","sodUtc0":"29028.8","sodUtc8":"30337.7","volCcy24h":"525802090.62716611","vol24h":"17602.13085371","ts":"1652459224956"}]}',
    ],
  ],
];

const ofCoinbase: readonly Case[] = [
  [
    'l2_data',
    coinbase('level2'),
    /"channel":"l2_data".*"type":"update"/,
    [
      '{"channel":"l2_data","timestamp":"2026-08-26T07:45:26.79431594Z","sequence_num":1,"events":[{"type":"update","product_id":"BTC-USD","updates":[{"side":"bid","event_time":"2026-08-26T07:45:26.51833Z","price_level":"78971.23","new_quantity":"0.09070492"}]}]}',
    ],
  ],
  [
    'market_trades',
    coinbase('market_trades'),
    /"market_trades".*"type":"update"/,
    [
      '{"channel":"market_trades","timestamp":"2026-08-12T19:27:48.364886251Z","sequence_num":2,"events":[{"type":"update","trades":[{"product_id":"BTC-USD","trade_id":"1069726293","price":"63310.25","size":"0.00000012","time":"2026-08-12T19:27:48.298771Z","side":"BUY"}]}]}',
    ],
  ],
  [
    'ticker',
    coinbase('ticker'),
    /"channel":"ticker".*"type":"update"/,
    [
      '{"channel":"ticker","timestamp":"2026-08-12T19:27:33.829058895Z","sequence_num":2,"events":[{"type":"update","tickers":[{"type":"ticker","product_id":"BTC-USD","price":"63320.73","volume_24_h":"6629.927726","low_24_h":"63235.88","high_24_h":"64416.3","low_52_w":"57717.55","high_52_w":"126296","price_percent_chg_24_h":"0.03813791548644","best_bid":"63318.86","best_ask":"63318.87","best_bid_quantity":"0.2275291","best_ask_quantity":"0.49990114"}]}]}',
    ],
  ],
  [
    'subscriptions',
    coinbase('ticker'),
    /"channel":"subscriptions"/,
    [
      '{"channel":"subscriptions","timestamp":"2026-08-12T19:27:33.489690582Z","sequence_num":1,"events":[{"subscriptions":{"ticker":["BTC-USD"]}}]}',
    ],
  ],
  [
    'candles',
    coinbase('candles'),
    /"channel":"candles".*"type":"update"/,
    [
      '{"channel":"candles","timestamp":"2026-04-07T14:30:05.000000Z","sequence_num":3,"events":[{"type":"update","candles":[{"start":"1775521800","high":"68950.00","low":"68850.00","open":"68900.00","close":"68920.50","volume":"42.15000000","product_id":"BTC-USD"}]}]}',
    ],
  ],
  [
    'heartbeats',
    coinbase('heartbeats'),
    /"channel":"heartbeats"/,
    [
      '{"channel":"heartbeats","timestamp":"2023-10-23T14:43:52.694979409Z","sequence_num":158,"events":[{"current_time":"2023-10-23 14:43:52.694777055 +0000 UTC m=+425790.255679005","heartbeat_counter":14192}]}',
    ],
  ],
];

const instruments = ['BTCUSDT'];
/** A time that has as many digits as times have today. */
const START = Date.UTC(2026, 7, 12);
describe.each([
  ['kraken', 'wss://ws.kraken.com/v2', simulatedKraken, ofKraken],
  ['okx', 'wss://ws.okx.com/ws/v5/public', simulatedOkx, ofOkx],
  ['coinbase', 'wss://advanced-trade-ws.coinbase.com', simulatedCoinbase, ofCoinbase],
] as const)('frames of the simulated %s', (_, url, simulated, cases) => {
  it.each(cases)('have the keys and kinds of values of captured ones: %s', (__, request, isOne, frames) => {
    const { texts } = heard(
      (scheduler) => {
        scheduler.frame = START;
        scheduler.maxFrames = START + 20_000;
        return simulated({ seed: 1, instruments, scheduler });
      },
      url,
      [[0, request]],
    );
    const own = texts.filter((text) => isOne.test(text)).map((text) => JSON.parse(text) as unknown);

    expect(own).not.toEqual([]);
    expect(strangeIn(own, captured(frames, { isCoarse: true }))).toEqual([]);
  });
});

import { VirtualTimeScheduler } from 'rxjs';
import { simulatedBinance } from '../../../lib/simulation/index.js';
import { captured, type Captured, strangeIn } from '../shapes.js';

// Streams and depth as the venue sent them, in recordings of 2021 and 2019; what has come or gone since is named beside
// them. Answers about trades as its documents show them.

const START = Date.UTC(2026, 7, 12);
type Market = 'spot' | 'usdm';

/** A venue after twenty seconds, its requests, and what a socket was sent meanwhile. */
function traded(market: Market, paths: readonly string[]) {
  const scheduler = new VirtualTimeScheduler(undefined, START + 20_000);
  scheduler.frame = START;
  const venue = simulatedBinance({ market, seed: 1, activity: 10, instruments: ['BTCUSDT', 'ETHUSDT'], scheduler });
  const heard = new Map<string, unknown[]>(paths.map((path) => [path, []]));
  for (const [path, frames] of heard) {
    if (!path.includes('/stream')) continue;
    venue.network
      .open({ url: `wss://venue.example${path}` })
      .subscribe(({ messages }) => messages.subscribe((text) => frames.push(JSON.parse(text))));
  }
  scheduler.flush();
  scheduler.maxFrames += 1_000;
  for (const [path, frames] of heard) {
    if (path.includes('/stream')) continue;
    venue.network
      .request({ method: 'GET', url: `https://venue.example${path}` })
      .subscribe(({ body }) => frames.push(JSON.parse(body)));
  }
  scheduler.flush();
  return heard;
}

type Case = readonly [name: string, path: string, frames: readonly string[], more?: Omit<Captured, 'frames'>];

const spot: readonly Case[] = [
  [
    'depth',
    '/stream?streams=btcusdt@depth@100ms',
    [
      '{"stream":"nknusdt@depth@100ms","data":{"e":"depthUpdate","E":1633998512668,"s":"NKNUSDT","U":499869755,"u":499869757,"b":[["0.35200000","1290.00000000"],["0.34730000","106.00000000"],["0.34690000","14009.00000000"]],"a":[]}}',
      '{"stream":"nknusdt@depth@100ms","data":{"e":"depthUpdate","E":1633998513068,"s":"NKNUSDT","U":499869760,"u":499869760,"b":[],"a":[["0.35380000","3027.00000000"]]}}',
    ],
  ],
  [
    'bookTicker',
    '/stream?streams=btcusdt@bookTicker',
    [
      '{"stream":"nknusdt@bookTicker","data":{"u":499869768,"s":"NKNUSDT","b":"0.35210000","B":"672.00000000","a":"0.35260000","A":"3199.00000000"}}',
    ],
  ],
  [
    'aggTrade',
    '/stream?streams=btcusdt@aggTrade',
    [
      '{"stream":"nknusdt@aggTrade","data":{"e":"aggTrade","E":1633998523963,"s":"NKNUSDT","a":15683430,"p":"0.35280000","q":"58.00000000","f":19862790,"l":19862790,"T":1633998523963,"m":false,"M":true}}',
    ],
  ],
  [
    // Without the ids of its orders, which were taken out in June 2024.
    'trade',
    '/stream?streams=btcusdt@trade',
    [
      '{"stream":"bnbbtc@trade","data":{"e":"trade","E":1567296001038,"s":"BNBBTC","t":60276726,"p":"0.00219650","q":"6.48000000","T":1567296001034,"m":true,"M":true}}',
    ],
  ],
  [
    'kline',
    '/stream?streams=btcusdt@kline_1m',
    [
      '{"stream":"nknusdt@kline_1m","data":{"e":"kline","E":1633998523963,"s":"NKNUSDT","k":{"t":1633998480000,"T":1633998539999,"s":"NKNUSDT","i":"1m","f":19862761,"L":19862790,"o":"0.35270000","c":"0.35280000","h":"0.35280000","l":"0.35220000","v":"25877.00000000","n":30,"x":false,"q":"9116.04600000","V":"58.00000000","Q":"20.46240000","B":"0"}}}',
    ],
  ],
  [
    'ticker',
    '/stream?streams=btcusdt@ticker',
    [
      '{"stream":"dogebnb@ticker","data":{"e":"24hrTicker","E":1569805259092,"s":"DOGEBNB","p":"0.00000291","P":"2.068","w":"0.00014188","x":"0.00014069","c":"0.00014360","Q":"51135.00000000","b":"0.00014365","B":"7080.00000000","a":"0.00014498","A":"275033.00000000","o":"0.00014069","h":"0.00014550","l":"0.00013851","v":"20014582.00000000","q":"2839.62578157","O":1569718859088,"C":1569805259088,"F":64171,"L":64684,"n":514}}',
    ],
  ],
  [
    'depth over REST',
    '/api/v3/depth?symbol=BTCUSDT',
    ['{"lastUpdateId":499869752,"bids":[["0.35210000","672.00000000"]],"asks":[["0.35260000","3199.00000000"]]}'],
  ],
  [
    'trades over REST',
    '/api/v3/trades?symbol=BTCUSDT',
    [
      '[{"id":28457,"price":"4.00000100","qty":"12.00000000","quoteQty":"48.000012","time":1499865549590,"isBuyerMaker":true,"isBestMatch":true}]',
    ],
  ],
  [
    'aggTrades over REST',
    '/api/v3/aggTrades?symbol=BTCUSDT',
    ['[{"a":26129,"p":"0.01633102","q":"4.70443515","f":27781,"l":27781,"T":1498793709153,"m":true,"M":true}]'],
  ],
  [
    'klines over REST',
    '/api/v3/klines?symbol=BTCUSDT&interval=1s',
    [
      '[[1499040000000,"0.01634790","0.80000000","0.01575800","0.01577100","148976.11427815",1499644799999,"2434.19055334",308,"1756.87402397","28.46694368","0"]]',
    ],
  ],
  [
    'ticker/24hr over REST',
    '/api/v3/ticker/24hr?symbol=BTCUSDT',
    [
      '{"symbol":"BNBBTC","priceChange":"-94.99999800","priceChangePercent":"-95.960","weightedAvgPrice":"0.29628482","prevClosePrice":"0.10002000","lastPrice":"4.00000200","lastQty":"200.00000000","bidPrice":"4.00000000","bidQty":"100.00000000","askPrice":"4.00000200","askQty":"100.00000000","openPrice":"99.00000000","highPrice":"100.00000000","lowPrice":"0.10000000","volume":"8913.30000000","quoteVolume":"15.30000000","openTime":1499783499040,"closeTime":1499869899040,"firstId":28385,"lastId":28460,"count":76}',
    ],
  ],
  [
    'exchangeInfo',
    '/api/v3/exchangeInfo',
    [
      '{"timezone":"UTC","serverTime":1633998511098,"rateLimits":[{"rateLimitType":"REQUEST_WEIGHT","interval":"MINUTE","intervalNum":1,"limit":1200}],"exchangeFilters":[],"symbols":[{"symbol":"BTCUSDT","status":"TRADING","baseAsset":"BTC","baseAssetPrecision":8,"quoteAsset":"USDT","quotePrecision":8,"quoteAssetPrecision":8,"baseCommissionPrecision":8,"quoteCommissionPrecision":8,"orderTypes":["LIMIT","LIMIT_MAKER","MARKET","STOP_LOSS_LIMIT","TAKE_PROFIT_LIMIT"],"icebergAllowed":true,"ocoAllowed":true,"quoteOrderQtyMarketAllowed":true,"isSpotTradingAllowed":true,"isMarginTradingAllowed":true,"filters":[{"filterType":"PRICE_FILTER","minPrice":"0.01000000","maxPrice":"1000000.00000000","tickSize":"0.01000000"},{"filterType":"LOT_SIZE","minQty":"0.00001000","maxQty":"9000.00000000","stepSize":"0.00001000"}],"permissions":["SPOT","MARGIN"]}]}',
    ],
    {
      // Those of accounts are in `permissionSets` since 2024.
      optional: ['symbols[].permissions[]'],
      documented: {
        ...Object.fromEntries(
          ['otoAllowed', 'allowTrailingStop', 'cancelReplaceAllowed', 'amendAllowed', 'pegInstructionsAllowed'].map(
            (key) => [`symbols[].${key}`, ['boolean']],
          ),
        ),
        'symbols[].permissionSets': ['list'],
        'symbols[].permissionSets[]': ['list'],
        'symbols[].permissionSets[][0]': ['text'],
        'symbols[].defaultSelfTradePreventionMode': ['text'],
        'symbols[].allowedSelfTradePreventionModes': ['list'],
        'symbols[].allowedSelfTradePreventionModes[]': ['text'],
      },
    },
  ],
];

const usdm: readonly Case[] = [
  [
    'depth',
    '/public/stream?streams=btcusdt@depth@100ms',
    [
      '{"stream":"sushiusdt@depth@100ms","data":{"e":"depthUpdate","E":1626992741037,"T":1626992741024,"s":"SUSHIUSDT","U":600859599090,"u":600859600917,"pu":600859598061,"b":[["7.5040","813"],["7.6090","0"],["7.6110","2"]],"a":[["7.6150","1563"],["7.6220","3284"]]}}',
      '{"stream":"ksmusdt@depth@100ms","data":{"e":"depthUpdate","E":1618677448053,"T":1618677448043,"s":"KSMUSDT","U":335340582178,"u":335340584861,"pu":335340581994,"b":[["451.725","66.4"],["453.937","0.0"]],"a":[["459.229","0.0"],["459.460","1.0"]]}}',
    ],
  ],
  [
    'bookTicker',
    '/public/stream?streams=btcusdt@bookTicker',
    [
      '{"stream":"yfiusdt@bookTicker","data":{"e":"bookTicker","u":335340584945,"s":"YFIUSDT","b":"49951.9","B":"0.005","a":"49966.7","A":"0.001","T":1618677448047,"E":1618677448051}}',
    ],
  ],
  [
    'aggTrade',
    '/market/stream?streams=btcusdt@aggTrade',
    [
      '{"stream":"yfiusdt@aggTrade","data":{"e":"aggTrade","E":1618677448238,"a":52599685,"s":"YFIUSDT","p":"49966.7","q":"0.001","f":64902163,"l":64902163,"T":1618677448084,"m":false}}',
    ],
  ],
  [
    'kline',
    '/market/stream?streams=btcusdt@kline_1m',
    [
      '{"stream":"yfiusdt@kline_1m","data":{"e":"kline","E":1618677448088,"s":"YFIUSDT","k":{"t":1618677420000,"T":1618677479999,"s":"YFIUSDT","i":"1m","f":64902095,"L":64902163,"o":"50010.8","c":"49966.7","h":"50044.2","l":"49950.6","v":"0.842","n":69,"x":false,"q":"42099.6830","V":"0.538","Q":"26900.2291","B":"0"}}}',
    ],
  ],
  [
    'depth over REST',
    '/fapi/v1/depth?symbol=BTCUSDT',
    [
      '{"lastUpdateId":335340592949,"E":1618677448324,"T":1618677448305,"bids":[["459.196","0.1"]],"asks":[["459.229","1.7"]]}',
    ],
  ],
  [
    'exchangeInfo',
    '/fapi/v1/exchangeInfo',
    [
      '{"timezone":"UTC","serverTime":1626858243909,"futuresType":"U_MARGINED","rateLimits":[{"rateLimitType":"REQUEST_WEIGHT","interval":"MINUTE","intervalNum":1,"limit":2400}],"exchangeFilters":[],"assets":[{"asset":"USDT","marginAvailable":true,"autoAssetExchange":"-10000"}],"symbols":[{"symbol":"BTCUSDT","pair":"BTCUSDT","contractType":"PERPETUAL","deliveryDate":4133404800000,"onboardDate":1569398400000,"status":"TRADING","maintMarginPercent":"2.5000","requiredMarginPercent":"5.0000","baseAsset":"BTC","quoteAsset":"USDT","marginAsset":"USDT","pricePrecision":2,"quantityPrecision":3,"baseAssetPrecision":8,"quotePrecision":8,"underlyingType":"COIN","underlyingSubType":["DEFI"],"settlePlan":0,"triggerProtect":"0.0500","liquidationFee":"0.012000","marketTakeBound":"0.30","filters":[{"minPrice":"556.72","maxPrice":"1000000","filterType":"PRICE_FILTER","tickSize":"0.01"},{"stepSize":"0.001","filterType":"LOT_SIZE","maxQty":"1000","minQty":"0.001"}],"orderTypes":["LIMIT","MARKET","STOP","STOP_MARKET","TAKE_PROFIT","TAKE_PROFIT_MARKET","TRAILING_STOP_MARKET"],"timeInForce":["GTC","IOC","FOK","GTX"]}]}',
    ],
  ],
];

describe.each([
  ['spot', spot],
  ['usdm', usdm],
] as const)('what a simulated Binance sends, %s,', (market, cases) => {
  const heard = traded(
    market,
    cases.map(([, path]) => path),
  );

  it.each(cases.map(([name, path, frames, more]) => [name, path, captured(frames, more)] as const))(
    'has the keys and the kinds of values of what the venue does: %s',
    (_, path, known) => {
      expect(strangeIn(heard.get(path) ?? [], known)).toEqual([]);
    },
  );
});

import { VirtualTimeScheduler } from 'rxjs';
import { simulatedTradestation } from '../../../lib/simulation/index.js';
import { captured, type Captured, strangeIn } from '../shapes.js';

// Lines as the venue sent them, or as its OpenAPI description shows them.

type Json = Readonly<Record<string, unknown>>;
const START = Date.UTC(2026, 7, 12);
const ACCOUNT = 'SIM0000001M';
const MARKET = '/v3/marketdata';
const BROKERAGE = '/v3/brokerage';
const STREAMS = [
  `${MARKET}/stream/quotes/MSFT,NOPE`,
  `${MARKET}/stream/barcharts/MSFT?unit=Minute&barsback=3`,
  `${MARKET}/stream/marketdepth/quotes/MSFT`,
  `${MARKET}/stream/marketdepth/aggregates/MSFT`,
  `${MARKET}/stream/options/chains/MSFT`,
  `${BROKERAGE}/stream/accounts/${ACCOUNT}/orders`,
  `${BROKERAGE}/stream/accounts/${ACCOUNT}/orders/9999`,
  `${BROKERAGE}/stream/accounts/${ACCOUNT}/positions`,
  `${BROKERAGE}/stream/accounts/${ACCOUNT}/positions?changes=true`,
  '/v2/stream/tickbars/MSFT/1/3',
];
const REQUESTS = [
  `${BROKERAGE}/accounts/${ACCOUNT}/balances`,
  `${MARKET}/barcharts/MSFT?unit=Minute&barsback=2`,
  '/v3/nothing',
];

/** What a line is, by what it has: the venue puts no name on them. */
function nameOf(path: string, line: Json): string {
  if ('Heartbeat' in line) return 'heartbeat';
  if ('StreamStatus' in line) return 'status';
  if ('Deleted' in line) return 'deleted';
  if ('Error' in line) return 'Symbol' in line ? 'error of a symbol' : 'error';
  return path;
}

/** What streams and requests say within a minute, by what it is. */
function traded() {
  const scheduler = new VirtualTimeScheduler(undefined, START);
  scheduler.frame = START;
  const venue = simulatedTradestation({ scheduler, seed: 1, activity: 5, latency: 0 });
  const all = new Map<string, unknown[]>();
  const note = (name: string, value: unknown): void => {
    all.set(name, [...(all.get(name) ?? []), value]);
  };
  const ask = (url: string, headers: Json = {}, body?: string): Json => {
    let answer: unknown;
    const method = body === undefined ? 'GET' : 'POST';
    venue.network
      .request({ method, url, headers: headers as Record<string, string>, ...(body !== undefined && { body }) })
      .subscribe((response) => (answer = JSON.parse(response.body)));
    scheduler.flush();
    return answer as Json;
  };
  const form = 'grant_type=refresh_token&client_id=me&refresh_token=simulated-refresh-token';
  const token = ask('https://signin.tradestation.com/oauth/token', {}, form)['access_token'];
  const headers = { Authorization: `Bearer ${String(token)}` };
  for (const path of STREAMS) {
    venue.network
      .open({ url: `https://api.tradestation.com${path}`, headers })
      .subscribe(({ messages }) =>
        messages.subscribe((text) => note(nameOf(path, JSON.parse(text) as Json), JSON.parse(text))),
      );
  }
  scheduler.maxFrames = START + 60_000;
  scheduler.flush();
  for (const path of REQUESTS) note(path, ask(`https://api.tradestation.com${path}`, headers));
  return all;
}

const position =
  '{"AccountID":"123456782","AveragePrice":"216.68","AssetType":"STOCK","Last":"216.63","Bid":"216.62","Ask":"216.64","ConversionRate":"1","DayTradeRequirement":"0","InitialRequirement":"0","MaintenanceMargin":"0","PositionID":"64630792","LongShort":"Long","Quantity":"10","Symbol":"MSFT","Timestamp":"2020-11-16T16:53:37Z","TodaysProfitLoss":"-0.5","TotalCost":"2166.8","MarketValue":"2166.3","MarkToMarketPrice":"216.68","UnrealizedProfitLoss":"-0.5","UnrealizedProfitLossPercent":"-0.023","UnrealizedProfitLossQty":"-0.05"}';
const bar =
  '{"High":"217.32","Low":"216.2","Open":"217.32","Close":"217","TimeStamp":"2020-11-12T17:00:00Z","TotalVolume":"807033","DownTicks":2091,"DownVolume":396976,"OpenInterest":"0","IsRealtime":false,"IsEndOfHistory":false,"TotalTicks":4296,"UnchangedTicks":0,"UnchangedVolume":0,"UpTicks":2205,"UpVolume":410057,"Epoch":1605200400000,"BarStatus":"Open"}';

/** Of a moment without a trade, as of one with several. */
const bars = [bar, bar.replaceAll('"217"', '"216.75"')];

const cases: readonly (readonly [name: string, frames: readonly string[], more?: Omit<Captured, 'frames'>])[] = [
  ['heartbeat', ['{"Heartbeat":1,"Timestamp":"2021-03-02T18:01:23Z"}']],
  ['status', ['{"StreamStatus":"EndSnapshot"}']],
  ['deleted', ['{"PositionID":"64630792","Deleted":true}']],
  ['error of a symbol', ['{"Symbol":"ZZZZX","Error":"FAILED, INVALID SYMBOL"}']],
  [
    'error',
    ['{"Error":"NotFound","Message":"Order not found.","AccountID":"123456782","OrderID":"286179864"}'],
    // Live accounts are numbers, simulated ones are not.
    { documented: { AccountID: ['text'] } },
  ],
  [
    `${MARKET}/stream/quotes/MSFT,NOPE`,
    [
      '{"Symbol":"QQQ 251030C630","Open":"4.12","High":"4.89","Low":"1.57","PreviousClose":"6.87","Last":"1.65","Ask":"1.68","AskSize":"1","Bid":"1.67","BidSize":"66","NetChange":"-5.22","NetChangePct":"-0.7598","High52Week":"232.86","High52WeekTimestamp":"2020-09-02T00:00:00Z","Low52Week":"132.52","Low52WeekTimestamp":"2020-03-23T00:00:00Z","Volume":"74762","PreviousVolume":"5199","Close":"1.65","DailyOpenInterest":"2084","TradeTime":"2025-10-30T17:21:50Z","TickSizeTier":"0","MarketFlags":{"IsDelayed":false,"IsHardToBorrow":false,"IsBats":false,"IsHalted":false},"LastSize":"2","LastVenue":"AMEX","VWAP":"0.5"}',
      // What changed.
      '{"Symbol":"MSFT"}',
    ],
  ],
  [`${MARKET}/stream/barcharts/MSFT?unit=Minute&barsback=3`, bars],
  [
    `${MARKET}/stream/marketdepth/quotes/MSFT`,
    [
      '{"Bids":[{"TimeStamp":"2022-06-28T12:34:56Z","Side":"Bid","Price":"123.45","Size":"100","OrderCount":5,"Name":"NSDQ"}],"Asks":[{"TimeStamp":"2022-06-28T12:34:56Z","Side":"Ask","Price":"123.45","Size":"100","OrderCount":5,"Name":"NSDQ"}]}',
    ],
  ],
  [
    `${MARKET}/stream/marketdepth/aggregates/MSFT`,
    [
      '{"Bids":[{"EarliestTime":"2022-06-28T12:34:56Z","LatestTime":"2022-06-28T12:34:56Z","Side":"Bid","Price":"123.45","TotalSize":"9000","BiggestSize":"1500","SmallestSize":"100","NumParticipants":5,"TotalOrderCount":15}],"Asks":[{"EarliestTime":"2022-06-28T12:34:56Z","LatestTime":"2022-06-28T12:34:56Z","Side":"Ask","Price":"123.45","TotalSize":"9000","BiggestSize":"1500","SmallestSize":"100","NumParticipants":5,"TotalOrderCount":15}]}',
    ],
  ],
  [
    `${MARKET}/stream/options/chains/MSFT`,
    [
      '{"Delta":"0.0497","Theta":"-0.0049","Gamma":"-0.0004","Rho":"0.0005","Vega":"-0.0001","ImpliedVolatility":"0.3118","IntrinsicValue":"0.5","ExtrinsicValue":"0.3","TheoreticalValue":"0.2816","ProbabilityITM":"0.05","ProbabilityOTM":"0.95","ProbabilityBE":"0.0479","ProbabilityITM_IV":"0.0984","ProbabilityOTM_IV":"0.9016","ProbabilityBE_IV":"0.0956","TheoreticalValue_IV":"0.3","StandardDeviation":"0.0245","DailyOpenInterest":1996,"Ask":"0.7","Bid":"-0.1","Mid":"0.3","AskSize":13,"BidSize":9,"Close":"-0.44","High":"-0.19","Last":"-0.44","Low":"1.05","NetChange":"-1.01","NetChangePct":"-1.7719","Open":"0.46","PreviousClose":"0.57","Volume":144,"Side":"Put","Strikes":["332.5"],"Legs":[{"Symbol":"MSFT 211217P332.5","Ratio":1,"StrikePrice":"332.5","Expiration":"2021-12-17T00:00:00Z","OptionType":"Put","AssetType":"StockOption"}]}',
    ],
  ],
  [
    `${BROKERAGE}/stream/accounts/${ACCOUNT}/orders`,
    [
      '{"AccountID":"SIM0000000M","CommissionFee":"0","Currency":"USD","Duration":"GTC","FilledPrice":"0","Legs":[{"AssetType":"STOCK","BuyOrSell":"Buy","ExecQuantity":"0","OpenOrClose":"Open","QuantityOrdered":"100","QuantityRemaining":"100","Symbol":"WULF"}],"LimitPrice":"19.6","OpenedDateTime":"2026-04-24T15:39:00Z","OrderID":"948851974","OrderType":"Limit","PriceUsedForBuyingPower":"19.6","Routing":"Intelligent","Status":"ACK","StatusDescription":"Received","UnbundledRouteFee":"0"}',
      '{"AccountID":"SIM0000000M","ClosedDateTime":"2026-04-23T17:26:22Z","CommissionFee":"1","Currency":"USD","Duration":"GTC","FilledPrice":"43.03","Legs":[{"AssetType":"STOCK","BuyOrSell":"Buy","ExecQuantity":"1","ExecutionPrice":"43.03","OpenOrClose":"Open","QuantityOrdered":"1","QuantityRemaining":"0","Symbol":"IONQ"}],"LimitPrice":"43.02","OpenedDateTime":"2026-04-23T17:26:03Z","OrderID":"948679459","OrderType":"Limit","PriceUsedForBuyingPower":"43.03","Routing":"Intelligent","Status":"FLL","StatusDescription":"Filled","UnbundledRouteFee":"0"}',
    ],
    { documented: { 'Legs[].ExpirationDate': ['time'], 'Legs[].Underlying': ['text'] } },
  ],
  [
    `${BROKERAGE}/stream/accounts/${ACCOUNT}/positions`,
    [position],
    { documented: { AccountID: ['text'], ExpirationDate: ['time'] } },
  ],
  [
    `${BROKERAGE}/stream/accounts/${ACCOUNT}/positions?changes=true`,
    [position, '{"PositionID":"64630792"}'],
    { documented: { AccountID: ['text'], ExpirationDate: ['time'] } },
  ],
  [
    '/v2/stream/tickbars/MSFT/1/3',
    [
      '{"TimeStamp":"\\/Date(1347566399000)\\/","Status":13,"Close":683.18,"TotalVolume":200}',
      '{"TimeStamp":"\\/Date(1347566400000)\\/","Status":805306389,"Close":0.0,"TotalVolume":0}',
    ],
  ],
  [
    `${BROKERAGE}/accounts/${ACCOUNT}/balances`,
    [
      '{"Balances":[{"AccountID":"123456782","AccountType":"Margin","CashBalance":"39735538.661","BuyingPower":"39735498.661","Equity":"39893233.6211","MarketValue":"157727.6092","TodaysProfitLoss":"982.8001","UnclearedDeposit":"0","BalanceDetail":{"CostOfPositions":"134589.21","DayTrades":"0","MaintenanceRate":"29720.06","OptionBuyingPower":"39735538.661","OptionsMarketValue":"0","OvernightBuyingPower":"39735458.661","RequiredMargin":"134589.21","RealizedProfitLoss":"0","UnrealizedProfitLoss":"23138.3992000534"},"Commission":"0"}],"Errors":[]}',
    ],
    { documented: { 'Balances[].AccountID': ['text'] } },
  ],
  [`${MARKET}/barcharts/MSFT?unit=Minute&barsback=2`, [`{"Bars":[${bars.join()}]}`]],
  ['/v3/nothing', ['{"Error":"NotFound","Message":"Not found"}']],
];

describe('what a simulated TradeStation sends', () => {
  const heard = traded();

  it('is of these kinds', () => {
    expect([...heard.keys()].sort()).toEqual(cases.map(([name]) => name).sort());
  });

  it.each(cases.map(([name, frames, more]) => [name, captured(frames, more)] as const))(
    'has the keys and the kinds of values of what the venue does: %s',
    (name, known) => {
      expect(strangeIn(heard.get(name) ?? [], known)).toEqual([]);
    },
  );

  it('tells a quote whole at first', () => {
    const [first] = heard.get(`${MARKET}/stream/quotes/MSFT,NOPE`) ?? [];
    const whole = cases.find(([name]) => name.includes('/quotes/MSFT,'))?.[1][0] ?? '{}';

    expect(strangeIn([first], captured([whole]))).toEqual([]);
  });
});

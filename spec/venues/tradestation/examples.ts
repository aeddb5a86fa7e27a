// Frames of the venue's documents and of its clients, accounts masked, and some made after them: texts as on the wire.

/** Heartbeats, ends of snapshots, announced ends and errors. */
export const controls: readonly string[] = [
  '{"Heartbeat":1,"Timestamp":"2021-03-02T18:01:23Z"}',
  '{"StreamStatus":"EndSnapshot"}',
  '{"StreamStatus":"GoAway"}',
  '{"Error":"GoAway","Message":"The server is about to shut down."}',
  '{"Symbol":"AAPL","Error":"DualLogon"}',
  '{"Error":"Forbidden","Message":"Invalid Account ID.","AccountID":"123456789"}',
  '{"Symbol":"VXMQ26","Error":"FAILED, NOT ENTITLED"}',
  '{"Symbol":"ZZZZX","Error":"FAILED, INVALID SYMBOL"}',
  '{"Error":"TooManyRequests","Message":"Rate quota exceeded"}',
  '{"Error":"DualLogon"}',
  '{"Error":"NotFound","Message":"Order not found.","AccountID":"123456782","OrderID":"286179864"}',
  '{"Heartbeat":2,"Timestamp":"2026-05-04T14:30:10Z"}',
  '{"Error":"Failed","Message":"Not entitled to data for this symbol"}',
];
/** Two full ones, one of an older form, then changes. */
export const quotes: readonly string[] = [
  '{"Symbol":"MSFT","Open":"213.65","PreviousClose":"214.46","Last":"212.85","Ask":"212.87","AskSize":"300","Bid":"212.85","BidSize":"200","NetChange":"-1.61","NetChangePct":"0.035","High52Week":"232.86","High52WeekTimestamp":"2020-09-02T00:00:00Z","Low52Week":"132.52","Low52WeekTimestamp":"2020-03-23T00:00:00Z","Volume":"5852511","PreviousVolume":"24154112","Close":"212.85","DailyOpenInterest":"0","TradeTime":"2020-11-18T15:19:14Z","TickSizeTier":"0","MarketFlags":{"IsDelayed":false,"IsHardToBorrow":false,"IsBats":false,"IsHalted":false}}',
  '{"Symbol":"QQQ 251030C630","Open":"4.12","High":"4.89","Low":"1.57","PreviousClose":"6.87","Last":"1.65","Ask":"1.68","AskSize":"1","Bid":"1.67","BidSize":"66","NetChange":"-5.22","NetChangePct":"-0.7598","High52Week":"0","Low52Week":"0","Volume":"74762","PreviousVolume":"5199","Close":"1.65","DailyOpenInterest":"2084","TradeTime":"2025-10-30T17:21:50Z","TickSizeTier":"0","LastTradingDate":"2025-10-29T23:59:59Z","MarketFlags":{"IsDelayed":false,"IsHardToBorrow":false,"IsBats":false,"IsHalted":false},"LastSize":"2","LastVenue":"AMEX","VWAP":"0"}',
  '{"Symbol":"YHOO","BidSize":14500,"AskSize":35000}',
  '{"Symbol":"MSFT","Last":"212.86","LastSize":"100","LastVenue":"NSDQ","TradeTime":"2020-11-18T15:19:15Z","Volume":"5852611","Close":"212.86","NetChange":"-1.6","NetChangePct":"-0.0075"}',
  '{"Symbol":"MSFT","Bid":"212.86","BidSize":"500"}',
  '{"Symbol":"MSFT","AskSize":"100"}',
  '{"Symbol":"ESM26","Last":"5312.25","LastSize":"3","TradeTime":"2026-05-04T14:30:05Z","Volume":"412077","DailyOpenInterest":null}',
  '{"Symbol":"MSFT","MarketFlags":{"IsDelayed":false,"IsHardToBorrow":false,"IsBats":false,"IsHalted":true}}',
];
/** History to its end, an older bar, then an open one as it grows, closes, and the next. */
export const bars: readonly string[] = [
  '{"High":"233.87","Low":"233.75","Open":"233.87","Close":"233.75","TimeStamp":"2021-03-02T22:13:00Z","TotalVolume":"71551","DownTicks":1,"DownVolume":198,"OpenInterest":"0","IsRealtime":false,"IsEndOfHistory":false,"TotalTicks":2,"UnchangedTicks":0,"UnchangedVolume":0,"UpTicks":1,"UpVolume":71353,"Epoch":1614723180000}',
  '{"High":"233.88","Low":"233.88","Open":"233.88","Close":"233.88","TimeStamp":"2021-03-02T22:14:00Z","TotalVolume":"100","DownTicks":0,"DownVolume":0,"OpenInterest":"0","IsRealtime":false,"IsEndOfHistory":true,"TotalTicks":1,"UnchangedTicks":0,"UnchangedVolume":0,"UpTicks":1,"UpVolume":100,"Epoch":1614723240000}',
  '{"High":"217.32","Low":"216.2","Open":"217.32","Close":"217","TimeStamp":"2020-11-12T17:00:00Z","TotalVolume":"807033","DownTicks":2091,"DownVolume":396976,"OpenInterest":"0","IsRealtime":false,"IsEndOfHistory":false,"TotalTicks":4296,"UnchangedTicks":0,"UnchangedVolume":0,"UpTicks":2205,"UpVolume":410057,"Epoch":1605200400000,"BarStatus":"Open"}',
  '{"High":"233.9","Low":"233.88","Open":"233.88","Close":"233.9","TimeStamp":"2021-03-02T22:15:00Z","TotalVolume":"350","DownTicks":0,"DownVolume":0,"OpenInterest":"0","IsRealtime":true,"IsEndOfHistory":false,"TotalTicks":2,"UnchangedTicks":0,"UnchangedVolume":0,"UpTicks":2,"UpVolume":350,"Epoch":1614723300000,"BarStatus":"Open"}',
  '{"High":"233.9","Low":"233.8","Open":"233.88","Close":"233.8","TimeStamp":"2021-03-02T22:15:00Z","TotalVolume":"950","DownTicks":1,"DownVolume":600,"OpenInterest":"0","IsRealtime":true,"IsEndOfHistory":false,"TotalTicks":3,"UnchangedTicks":0,"UnchangedVolume":0,"UpTicks":2,"UpVolume":350,"Epoch":1614723300000,"BarStatus":"Open"}',
  '{"High":"233.9","Low":"233.8","Open":"233.88","Close":"233.8","TimeStamp":"2021-03-02T22:15:00Z","TotalVolume":"950","DownTicks":1,"DownVolume":600,"OpenInterest":"0","IsRealtime":true,"IsEndOfHistory":false,"TotalTicks":3,"UnchangedTicks":0,"UnchangedVolume":0,"UpTicks":2,"UpVolume":350,"Epoch":1614723300000,"BarStatus":"Closed"}',
  '{"High":"233.82","Low":"233.82","Open":"233.82","Close":"233.82","TimeStamp":"2021-03-02T22:16:00Z","TotalVolume":"40","DownTicks":0,"DownVolume":0,"OpenInterest":"0","IsRealtime":true,"IsEndOfHistory":false,"TotalTicks":1,"UnchangedTicks":0,"UnchangedVolume":0,"UpTicks":1,"UpVolume":40,"Epoch":1614723360000,"BarStatus":"Open"}',
];
/** Depth by participant: locked, two at one price, later, an empty side, one side alone. */
export const participants: readonly string[] = [
  '{"Bids":[{"TimeStamp":"2022-06-28T12:34:56Z","Side":"Bid","Price":"123.45","Size":"100","OrderCount":5,"Name":"NSDQ"}],"Asks":[{"TimeStamp":"2022-06-28T12:34:56Z","Side":"Ask","Price":"123.45","Size":"100","OrderCount":5,"Name":"NSDQ"}]}',
  '{"Bids":[{"TimeStamp":"2026-05-04T14:30:01Z","Side":"Bid","Price":"227.4","Size":"300","OrderCount":2,"Name":"NSDQ"},{"TimeStamp":"2026-05-04T14:30:00Z","Side":"Bid","Price":"227.4","Size":"200","OrderCount":1,"Name":"ARCX"},{"TimeStamp":"2026-05-04T14:30:00Z","Side":"Bid","Price":"227.39","Size":"900","OrderCount":6,"Name":"NSDQ"}],"Asks":[{"TimeStamp":"2026-05-04T14:30:01Z","Side":"Ask","Price":"227.42","Size":"100","OrderCount":1,"Name":"EDGX"}]}',
  '{"Bids":[{"TimeStamp":"2026-05-04T14:30:02Z","Side":"Bid","Price":"227.39","Size":"900","OrderCount":6,"Name":"NSDQ"}],"Asks":[{"TimeStamp":"2026-05-04T14:30:02Z","Side":"Ask","Price":"227.41","Size":"400","OrderCount":3,"Name":"NSDQ"},{"TimeStamp":"2026-05-04T14:30:01Z","Side":"Ask","Price":"227.42","Size":"100","OrderCount":1,"Name":"EDGX"}]}',
  '{"Bids":[],"Asks":[{"TimeStamp":"2026-05-04T14:30:03Z","Side":"Ask","Price":"227.41","Size":"400","OrderCount":3,"Name":"NSDQ"}]}',
  '{"Bids":[{"TimeStamp":"2026-05-04T14:30:04Z","Side":"Bid","Price":"227.4","Size":"100","OrderCount":1,"Name":"NSDQ"}]}',
];
/** Depth added up by the venue. */
export const aggregates: readonly string[] = [
  '{"Bids":[{"EarliestTime":"2022-06-28T12:34:56Z","LatestTime":"2022-06-28T12:34:56Z","Side":"Bid","Price":"123.45","TotalSize":"9000","BiggestSize":"1500","SmallestSize":"100","NumParticipants":5,"TotalOrderCount":15}],"Asks":[{"EarliestTime":"2022-06-28T12:34:56Z","LatestTime":"2022-06-28T12:34:56Z","Side":"Ask","Price":"123.45","TotalSize":"9000","BiggestSize":"1500","SmallestSize":"100","NumParticipants":5,"TotalOrderCount":15}]}',
  '{"Bids":[{"EarliestTime":"2026-05-04T14:30:00Z","LatestTime":"2026-05-04T14:30:01Z","Side":"Bid","Price":"227.4","TotalSize":"500","BiggestSize":"300","SmallestSize":"200","NumParticipants":2,"TotalOrderCount":3},{"EarliestTime":"2026-05-04T14:30:00Z","LatestTime":"2026-05-04T14:30:00Z","Side":"Bid","Price":"227.39","TotalSize":"900","BiggestSize":"900","SmallestSize":"900","NumParticipants":1,"TotalOrderCount":6}],"Asks":[{"EarliestTime":"2026-05-04T14:30:01Z","LatestTime":"2026-05-04T14:30:01Z","Side":"Ask","Price":"227.42","TotalSize":"100","BiggestSize":"100","SmallestSize":"100","NumParticipants":1,"TotalOrderCount":1}]}',
  '{"Bids":[{"EarliestTime":"2026-05-04T14:30:00Z","LatestTime":"2026-05-04T14:30:00Z","Side":"Bid","Price":"227.39","TotalSize":"900","BiggestSize":"900","SmallestSize":"900","NumParticipants":1,"TotalOrderCount":6}],"Asks":[{"EarliestTime":"2026-05-04T14:30:02Z","LatestTime":"2026-05-04T14:30:02Z","Side":"Ask","Price":"227.41","TotalSize":"400","BiggestSize":"400","SmallestSize":"400","NumParticipants":1,"TotalOrderCount":3}]}',
  '{"Bids":[],"Asks":[{"EarliestTime":"2026-05-04T14:30:03Z","LatestTime":"2026-05-04T14:30:03Z","Side":"Ask","Price":"227.41","TotalSize":"400","BiggestSize":"400","SmallestSize":"400","NumParticipants":1,"TotalOrderCount":3}]}',
  '{"Bids":[],"Asks":[]}',
];
/** Options, single and as one. */
export const spreads: readonly string[] = [
  '{"Delta":"0.0497","Theta":"-0.0049","Gamma":"-0.0004","Rho":"0.0005","Vega":"-0.0001","ImpliedVolatility":"0.3118","IntrinsicValue":"0","ExtrinsicValue":"0.3","TheoreticalValue":"0.2816","ProbabilityITM":"0.05","ProbabilityOTM":"0.95","ProbabilityBE":"0.0479","ProbabilityITM_IV":"0.0984","ProbabilityOTM_IV":"0.9016","ProbabilityBE_IV":"0.0956","TheoreticalValue_IV":"0.3","StandardDeviation":"0.0245","DailyOpenInterest":1996,"Ask":"0.7","Bid":"-0.1","Mid":"0.3","AskSize":13,"BidSize":9,"Close":"-0.44","High":"-0.19","Last":"-0.44","Low":"1.05","NetChange":"-1.01","NetChangePct":"-1.7719","Open":"0.46","PreviousClose":"0.57","Volume":144,"Side":"Put","Strikes":["332.5"],"Legs":[{"Symbol":"MSFT 211217P332.5","Ratio":1,"StrikePrice":"332.5","Expiration":"2021-12-17T00:00:00Z","OptionType":"Put","AssetType":"StockOption"}]}',
  '{"Delta":"0.52","Theta":"-0.11","Gamma":"0.03","Rho":"0.02","Vega":"0.14","ImpliedVolatility":"0.24","IntrinsicValue":"0","ExtrinsicValue":"3.2","Ask":"3.25","Bid":"3.15","Mid":"3.2","AskSize":40,"BidSize":22,"Last":"3.2","Volume":812,"DailyOpenInterest":5410,"Side":"Call","Strikes":["305"],"Legs":[{"Symbol":"MSFT 220916C305","Ratio":1,"StrikePrice":"305","Expiration":"2022-09-16T00:00:00Z","OptionType":"Call","AssetType":"StockOption"}]}',
  '{"Delta":"0.53","Theta":"-0.11","Gamma":"0.03","Rho":"0.02","Vega":"0.14","ImpliedVolatility":"0.24","IntrinsicValue":"0","ExtrinsicValue":"3.22","Ask":"3.25","Bid":"3.2","Mid":"3.225","AskSize":40,"BidSize":10,"Last":"3.2","Volume":812,"DailyOpenInterest":5410,"Side":"Call","Strikes":["305"],"Legs":[{"Symbol":"MSFT 220916C305","Ratio":1,"StrikePrice":"305","Expiration":"2022-09-16T00:00:00Z","OptionType":"Call","AssetType":"StockOption"}]}',
  '{"Delta":"0.21","Ask":"1.6","Bid":"1.5","Mid":"1.55","AskSize":12,"BidSize":9,"Volume":30,"DailyOpenInterest":0,"Side":"Call","Strikes":["305","310"],"Legs":[{"Symbol":"MSFT 220916C305","Ratio":1,"StrikePrice":"305","Expiration":"2022-09-16T00:00:00Z","OptionType":"Call","AssetType":"StockOption"},{"Symbol":"MSFT 220916C310","Ratio":-1,"StrikePrice":"310","Expiration":"2022-09-16T00:00:00Z","OptionType":"Call","AssetType":"StockOption"}]}',
  '{"Ask":"2.05","Bid":"1.95","Mid":"2","AskSize":5,"BidSize":7,"Last":"2.01","Volume":77,"DailyOpenInterest":1203,"Side":"Put","Strikes":["300"],"Legs":[{"Symbol":"MSFT 220916P300","Ratio":1,"StrikePrice":"300","Expiration":"2022-09-16T00:00:00Z","OptionType":"Put","AssetType":"StockOption"}]}',
];
/** A stop order, an edited limit order, a filled one, a partial one, a trailing stop, a refusal, a cancellation. */
export const orders: readonly string[] = [
  '{"AccountID":"SIM0000000M","AdvancedOptions":"STPTRG=STT;","ClosedDateTime":"2026-04-23T17:26:21Z","CommissionFee":"0","Currency":"USD","Duration":"GTC","FilledPrice":"0","GoodTillDate":"2026-07-22T00:00:00Z","Legs":[{"AssetType":"STOCK","BuyOrSell":"Buy","ExecQuantity":"0","OpenOrClose":"Open","QuantityOrdered":"1","QuantityRemaining":"1","Symbol":"IONQ"}],"OpenedDateTime":"2026-04-23T17:26:03Z","OrderID":"948679459","OrderType":"StopMarket","PriceUsedForBuyingPower":"43.03","Routing":"Intelligent","Status":"STP","StatusDescription":"Stop Hit","StopPrice":"43.02","UnbundledRouteFee":"0"}',
  '{"AccountID":"SIM0000000M","AdvancedOptions":"STPTRG=STT;","CommissionFee":"1","Currency":"USD","Duration":"GTC","FilledPrice":"43.03","GoodTillDate":"2026-07-22T00:00:00Z","Legs":[{"AssetType":"STOCK","BuyOrSell":"Buy","ExecQuantity":"1","ExecutionPrice":"43.03","OpenOrClose":"Open","QuantityOrdered":"1","QuantityRemaining":"0","Symbol":"IONQ"}],"OpenedDateTime":"2026-04-23T17:26:03Z","OrderID":"948679459","OrderType":"StopMarket","PriceUsedForBuyingPower":"43.03","Routing":"Intelligent","Status":"ACK","StatusDescription":"Received","StopPrice":"43.02","UnbundledRouteFee":"0"}',
  '{"AccountID":"SIM0000000M","AdvancedOptions":"STPTRG=STT;","ClosedDateTime":"2026-04-23T17:26:22Z","CommissionFee":"1","Currency":"USD","Duration":"GTC","FilledPrice":"43.03","GoodTillDate":"2026-07-22T00:00:00Z","Legs":[{"AssetType":"STOCK","BuyOrSell":"Buy","ExecQuantity":"1","ExecutionPrice":"43.03","OpenOrClose":"Open","QuantityOrdered":"1","QuantityRemaining":"0","Symbol":"IONQ"}],"OpenedDateTime":"2026-04-23T17:26:03Z","OrderID":"948679459","OrderType":"StopMarket","PriceUsedForBuyingPower":"43.03","Routing":"Intelligent","Status":"FLL","StatusDescription":"Filled","StopPrice":"43.02","UnbundledRouteFee":"0"}',
  '{"AccountID":"SIM0000000M","CommissionFee":"0","Currency":"USD","Duration":"GTC","FilledPrice":"0","GoodTillDate":"2026-07-23T00:00:00Z","Legs":[{"AssetType":"STOCK","BuyOrSell":"Buy","ExecQuantity":"0","OpenOrClose":"Open","QuantityOrdered":"100","QuantityRemaining":"100","Symbol":"WULF"}],"LimitPrice":"19.6","OpenedDateTime":"2026-04-24T15:39:00Z","OrderID":"948851974","OrderType":"Limit","PriceUsedForBuyingPower":"19.6","Routing":"Intelligent","Status":"ACK","StatusDescription":"Received","UnbundledRouteFee":"0"}',
  '{"AccountID":"SIM0000000M","CommissionFee":"0","Currency":"USD","Duration":"GTC","FilledPrice":"0","GoodTillDate":"2026-07-23T00:00:00Z","Legs":[{"AssetType":"STOCK","BuyOrSell":"Buy","ExecQuantity":"0","OpenOrClose":"Open","QuantityOrdered":"100","QuantityRemaining":"100","Symbol":"WULF"}],"LimitPrice":"19.7","OpenedDateTime":"2026-04-24T15:39:00Z","OrderID":"948851974","OrderType":"Limit","PriceUsedForBuyingPower":"19.7","Routing":"Intelligent","Status":"ACK","StatusDescription":"Received","UnbundledRouteFee":"0"}',
  '{"AccountID":"SIM0000000M","ClosedDateTime":"2026-06-23T16:06:00Z","CommissionFee":"1","Currency":"USD","Duration":"DAY","FilledPrice":"298.38","Legs":[{"AssetType":"STOCK","BuyOrSell":"Buy","ExecQuantity":"1","ExecutionPrice":"298.38","OpenOrClose":"Open","QuantityOrdered":"1","QuantityRemaining":"0","Symbol":"AAPL"}],"OpenedDateTime":"2026-06-23T16:06:00Z","OrderID":"958726647","OrderType":"Market","Routing":"Intelligent","Status":"FLL","StatusDescription":"Filled","UnbundledRouteFee":"0"}',
  '{"AccountID":"SIM0000000M","CommissionFee":"1","Currency":"USD","Duration":"DAY","FilledPrice":"298.00","Legs":[{"AssetType":"STOCK","BuyOrSell":"Buy","ExecQuantity":"1","ExecutionPrice":"298.00","OpenOrClose":"Open","QuantityOrdered":"2","QuantityRemaining":"1","Symbol":"AAPL"}],"OpenedDateTime":"2026-06-23T16:06:00Z","OrderID":"958800001","OrderType":"Market","Routing":"Intelligent","Status":"FPR","StatusDescription":"Partial Fill (alive)","UnbundledRouteFee":"0"}',
  '{"AccountID":"123456782","CommissionFee":"0","ConditionalOrders":[{"Relationship":"OCO","OrderID":"286179863"}],"Currency":"USD","Duration":"GTC","GoodTillDate":"2021-02-15T00:00:00Z","GroupName":"OCO 2706452145","Legs":[{"OpenOrClose":"Close","QuantityOrdered":"10","ExecQuantity":"0","QuantityRemaining":"10","BuyOrSell":"Sell","Symbol":"MSFT","AssetType":"STOCK"}],"OrderID":"286179864","OpenedDateTime":"2020-11-17T16:34:37Z","OrderType":"StopMarket","PriceUsedForBuyingPower":"215.06","Routing":"Intelligent","Status":"ACK","StatusDescription":"Received","AdvancedOptions":"STPTRG=STT;TRL=5%;","TrailingStop":{"Percent":"5.0"},"UnbundledRouteFee":"0"}',
  '{"AccountID":"SIM0000000M","ClosedDateTime":"2026-05-04T14:31:00Z","CommissionFee":"0","Currency":"USD","Duration":"DAY","FilledPrice":"0","Legs":[{"AssetType":"STOCK","BuyOrSell":"Buy","ExecQuantity":"0","OpenOrClose":"Open","QuantityOrdered":"100000","QuantityRemaining":"100000","Symbol":"AAPL"}],"OpenedDateTime":"2026-05-04T14:31:00Z","OrderID":"958800010","OrderType":"Market","RejectReason":"Insufficient buying power","Routing":"Intelligent","Status":"REJ","StatusDescription":"Rejected","UnbundledRouteFee":"0"}',
  '{"AccountID":"SIM0000000M","ClosedDateTime":"2026-05-04T14:32:10Z","CommissionFee":"0","Currency":"USD","Duration":"DAY","FilledPrice":"0","Legs":[{"AssetType":"STOCK","BuyOrSell":"Buy","ExecQuantity":"0","OpenOrClose":"Open","QuantityOrdered":"1","QuantityRemaining":"0","Symbol":"AAPL"}],"LimitPrice":"1","OpenedDateTime":"2026-05-04T14:31:30Z","OrderID":"958800011","OrderType":"Limit","Routing":"Intelligent","Status":"OUT","StatusDescription":"UROut","UnbundledRouteFee":"0"}',
];
/** Full, gone, changed twice, a short one, gone. */
export const positions: readonly string[] = [
  '{"AccountID":"123456782","AveragePrice":"216.68","AssetType":"STOCK","Last":"216.63","Bid":"216.62","Ask":"216.64","ConversionRate":"1","DayTradeRequirement":"0","InitialRequirement":"0","MaintenanceMargin":"0","PositionID":"64630792","LongShort":"Long","Quantity":"10","Symbol":"MSFT","Timestamp":"2020-11-16T16:53:37Z","TodaysProfitLoss":"-0.5","TotalCost":"2166.8","MarketValue":"2166.3","MarkToMarketPrice":"216.68","UnrealizedProfitLoss":"-0.5","UnrealizedProfitLossPercent":"-0.023","UnrealizedProfitLossQty":"-0.05"}',
  '{"PositionID":"64630792","Deleted":true}',
  '{"PositionID":"64630792","Last":"216.7","Bid":"216.69","Ask":"216.71","MarketValue":"2167","TodaysProfitLoss":"0.2","UnrealizedProfitLoss":"0.2","UnrealizedProfitLossPercent":"0.009","UnrealizedProfitLossQty":"0.02"}',
  '{"PositionID":"64630792","Quantity":"15","AveragePrice":"216.69","TotalCost":"3250.35","MarketValue":"3250.5"}',
  '{"AccountID":"210000001","AveragePrice":"5310.5","AssetType":"FUTURE","Last":"5312.25","Bid":"5312","Ask":"5312.25","ConversionRate":"1","DayTradeRequirement":"3000","InitialRequirement":"12000","MaintenanceMargin":"11000","PositionID":"64630801","LongShort":"Short","Quantity":"-2","Symbol":"ESM26","ExpirationDate":"2026-06-19T00:00:00Z","Timestamp":"2026-05-04T14:30:05Z","TodaysProfitLoss":"-175","TotalCost":"0","MarketValue":"0","MarkToMarketPrice":"5310.5","UnrealizedProfitLoss":"-175","UnrealizedProfitLossPercent":"-0.033","UnrealizedProfitLossQty":"-87.5"}',
  '{"PositionID":"64630801","Deleted":true}',
];
/** Rows of the answer, a change as it is told, an answer with a part that failed. */
export const balances: readonly string[] = [
  '{"AccountID":"123456782","AccountType":"Margin","CashBalance":"39735538.661","BuyingPower":"39735498.661","Equity":"39893233.6211","MarketValue":"157727.6092","TodaysProfitLoss":"982.8001","UnclearedDeposit":"0","BalanceDetail":{"CostOfPositions":"134589.21","DayTrades":"0","MaintenanceRate":"29720.06","OptionBuyingPower":"39735538.661","OptionsMarketValue":"0","OvernightBuyingPower":"39735458.661","RequiredMargin":"134589.21","RealizedProfitLoss":"0","UnrealizedProfitLoss":"23138.3992000534"},"Commission":"0"}',
  '{"AccountID":"123456782","AccountType":"Margin","CashBalance":"39735240.281","BuyingPower":"39735200.281","Equity":"39893233.5211","MarketValue":"158025.8892","TodaysProfitLoss":"982.7001","UnclearedDeposit":"0","BalanceDetail":{"CostOfPositions":"134887.59","DayTrades":"0","RealizedProfitLoss":"0","UnrealizedProfitLoss":"23138.2992"},"Commission":"1"}',
  '{"AccountID":"123456783","AccountType":"Cash","CashBalance":"5000","BuyingPower":"5000","Equity":"5000","MarketValue":"0","TodaysProfitLoss":"0","UnclearedDeposit":"0","Commission":"0"}',
  '{"kind":"balance","account":"123456782","changed":{"CashBalance":"39735240.281","BuyingPower":"39735200.281","Commission":"1"}}',
  '{"Balances":[{"AccountID":"123456783","AccountType":"Cash","CashBalance":"5000","BuyingPower":"5000","Equity":"5000","MarketValue":"0","TodaysProfitLoss":"0","UnclearedDeposit":"0","Commission":"0"}],"Errors":[{"AccountID":"999999999","Error":"Forbidden","Message":"Invalid Account ID."}]}',
];
/** The older interface: history to its end, then live. */
export const tickBars: readonly string[] = [
  String.raw`{"TimeStamp":"\/Date(1347566399000)\/","Status":13,"Close":683.18,"TotalVolume":200}`,
  String.raw`{"TimeStamp":"\/Date(1347566400000)\/","Status":805306389,"Close":0.0,"TotalVolume":0}`,
  String.raw`{"TimeStamp":"\/Date(1347566401000)\/","Status":11,"Close":683.2,"TotalVolume":100}`,
  String.raw`{"TimeStamp":"\/Date(1347566401000)\/","Status":11,"Close":683.2,"TotalVolume":300}`,
  String.raw`{"TimeStamp":"\/Date(1347566402000)\/","Status":11,"Close":683.15,"TotalVolume":50}`,
];
/** Quotes (Q), positions (P), requests (T) of one session and the next, in order; `|` is a border of chunks. */
export const transcript: readonly string[] = [
  '> POST https://signin.tradestation.com/oauth/token  grant_type=refresh_token&client_id=ID&refresh_token=RT1',
  '< 200 {"access_token":"AT1","id_token":"IDT1","token_type":"Bearer","scope":"openid offline_access MarketData ReadAccount","expires_in":1200}',
  '> Q GET /v3/marketdata/stream/quotes/AAPL,MSFT  Authorization: Bearer AT1  Accept: application/vnd.tradestation.streams.v2+json',
  '> P GET /v3/brokerage/stream/accounts/123456782/positions?changes=true  Authorization: Bearer AT1  Accept: application/vnd.tradestation.streams.v3+json',
  '< Q 200 Transfer-Encoding: chunked',
  '< Q {"Symbol":"AAPL","Open":"226","PreviousClose":"225.9","Last":"227.4","Bid":"227.39","BidSize":"200","Ask":"227.41","AskSize":"300","NetChange":"1.5","NetChangePct":"0.0066","Volume":"18200311","TradeTime":"2026-05-04T14:30:01Z","MarketFlags":{"IsDelayed":false,"IsHardToBorrow":false,"IsBats":false,"IsHalted":false}}',
  '< Q {"Symbol":"MSFT","Open":"410","PreviousClose":"409.2","Last":"411.05","Bid":"411.03","BidSize":"100","Ask":"411.08","AskSize":"100","NetChange":"1.85","NetChangePct":"0.0045","Volume":"9100200","TradeTime":"2026-05-04T14:30:01Z"}',
  '< P {"AccountID":"123456782","AveragePrice":"216.68","AssetType":"STOCK","Last":"411.05","PositionID":"64630792","LongShort":"Long","Quantity":"10","Symbol":"MSFT","Timestamp":"2026-05-04T13:31:00Z","TotalCost":"2166.8","MarketValue":"4110.5"}',
  '< P {"StreamStatus":"EndSnapshot"}',
  '< Q {"Symbol":"AAPL","Last":"227.41","LastSize":"100","TradeTime":"2026-05-04T14:30:05Z","Volu|me":"18200411"}',
  '< P {"PositionID":"64630792","Last":"411.1","MarketValue":"4111"}',
  '< Q {"Symbol":"MSFT","Ask":"411.07"}',
  '< P {"Heartbeat":1,"Timestamp":"2026-05-04T14:30:12Z"}',
  '< Q {"Heartbeat":1,"Timestamp":"2026-05-04T14:30:14Z"}',
  '  (15 minutes on: timer at expiry minus 5 min; both streams stay open)',
  '> POST https://signin.tradestation.com/oauth/token  grant_type=refresh_token&client_id=ID&refresh_token=RT1',
  '< 200 {"access_token":"AT2","token_type":"Bearer","scope":"openid offline_access MarketData ReadAccount","expires_in":1200}',
  '< P {"StreamStatus":"GoAway"}',
  '< Q {"Error":"GoAway","Message":"The server is about to shut down."}',
  '  (both bodies end; wait 0-1 s at random; epoch + 1; emit a gap marker)',
  '> Q GET /v3/marketdata/stream/quotes/AAPL,MSFT  Authorization: Bearer AT2',
  '> P GET /v3/brokerage/stream/accounts/123456782/positions?changes=true  Authorization: Bearer AT2',
  '< Q {"Symbol":"AAPL","Open":"226","PreviousClose":"225.9","Last":"227.8","Bid":"227.79","BidSize":"100","Ask":"227.81","AskSize":"200","Volume":"19004100","TradeTime":"2026-05-04T14:46:20Z"}',
  '< P {"AccountID":"123456782","AveragePrice":"216.68","AssetType":"STOCK","Last":"411.6","PositionID":"64630792","LongShort":"Long","Quantity":"10","Symbol":"MSFT","Timestamp":"2026-05-04T13:31:00Z","TotalCost":"2166.8","MarketValue":"4116"}',
  '< P {"StreamStatus":"EndSnapshot"}',
  '  (drop positions not seen since the reopen; stream is synced again)',
];

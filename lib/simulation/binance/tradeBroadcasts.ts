import { CandleSeries, type TapeCandle } from '../market/candleSeries.js';
import type { Interval } from '../market/interval.js';
import type { BookBroadcastConfig } from './depthBroadcasts.js';
import type { Broadcast } from '../broadcast.js';

/** `<symbol>@trade`: each fill. */
export function tradeBroadcast({ market, stream, every, instrument }: BookBroadcastConfig): Broadcast {
  const { tape, spec } = instrument;
  let last = tape.lastTrade;
  return {
    stream,
    every,
    diff: false,
    collect: (now) => {
      const trades = tape.tradesAfter(last);
      last = tape.lastTrade;
      return trades.map(
        ({ id, price, size, at, side }) =>
          `{"e":"trade","E":${now},"s":"${spec.symbol}","t":${id},"p":"${price}","q":"${size}","T":${at}` +
          `,"m":${side === 'sell'}${market === 'spot' ? ',"M":true' : `,"X":"${kindOf(id)}"`}}`,
      );
    },
  };
}

/** Some orders are met by those that improve on retail prices; these are trades like all others. */
const kindOf = (id: number): string => (id % 10 === 0 ? 'RPI' : 'MARKET');

/** `<symbol>@aggTrade`: what one taker order filled at one price. */
export function aggregateTradeBroadcast({ market, stream, every, instrument }: BookBroadcastConfig): Broadcast {
  const { tape, spec } = instrument;
  let last = tape.lastAggregate;
  return {
    stream,
    every,
    diff: false,
    collect: (now) => {
      const trades = tape.aggregatesAfter(last);
      last = tape.lastAggregate;
      const end = market === 'spot' ? ',"M":true' : '';
      return trades.map(
        ({ id, price, size, at, side, firstTrade, lastTrade }) =>
          `{"e":"aggTrade","E":${now},"s":"${spec.symbol}","a":${id},"p":"${price}","q":"${size}","f":${firstTrade}` +
          `,"l":${lastTrade},"T":${at},"m":${side === 'sell'}${end}}`,
      );
    },
  };
}

/** `<symbol>@kline_<interval>`: a candle that closed, then the one that stands, when a trade has changed it. */
export function candleBroadcast({
  stream,
  every,
  instrument,
  interval,
}: BookBroadcastConfig & {
  readonly interval: Interval;
}): Broadcast {
  const { tape, spec, units } = instrument;
  const closed: TapeCandle[] = [];
  let last = 0;
  let emitted: number | undefined;
  let series: CandleSeries | undefined;

  const payload = (now: number, candle: TapeCandle, over: boolean): string => {
    const { openTime, closeTime, firstTrade, lastTrade, trades, lots, quote, takerLots, takerQuote } = candle;
    return (
      `{"e":"kline","E":${now},"s":"${spec.symbol}","k":{"t":${openTime},"T":${closeTime},"s":"${spec.symbol}"` +
      `,"i":"${interval}","f":${firstTrade},"L":${lastTrade},"o":"${units.priceText(candle.open)}"` +
      `,"c":"${units.priceText(candle.close)}","h":"${units.priceText(candle.high)}"` +
      `,"l":"${units.priceText(candle.low)}","v":"${units.sizeText(lots)}","n":${trades},"x":${over}` +
      `,"q":"${units.quoteText(quote)}","V":"${units.sizeText(takerLots)}","Q":"${units.quoteText(takerQuote)}"` +
      `,"B":"0"}}`
    );
  };

  return {
    stream,
    every,
    diff: false,
    collect: (now) => {
      series ??= new CandleSeries(
        interval,
        units,
        (candle) => closed.push(candle),
        tape.tradesAfter(0)[0]?.tick ?? tape.lastTick,
        tape.tradesAfter(0)[0]?.at ?? now,
      );
      const begins = emitted === undefined;
      for (const trade of tape.tradesAfter(last)) series.add(trade);
      last = tape.lastTrade;
      series.roll(now);
      // What closed before anybody listened is history, not news.
      const over = begins ? [] : closed.map((candle) => payload(now, candle, true));
      closed.length = 0;
      const { current } = series;
      const isNews = begins || over.length > 0 || current.lastTrade !== emitted;
      emitted = current.lastTrade;
      return isNews ? [...over, payload(now, current, false)] : over;
    },
  };
}

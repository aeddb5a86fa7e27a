import { amountsIn, answersTo, requestedBy } from '../../lib/recording/requestedBy.js';

const found = (asked: string, ...recorded: readonly string[]): readonly number[] =>
  answersTo(requestedBy(asked), recorded.map(requestedBy));

describe('what a URL asks for', () => {
  it.each([
    [
      'https://www.binance.com/api/v1/depth?symbol=BTCUSDT&limit=1000',
      'https://api.binance.com/api/v3/depth?limit=5000&symbol=btcusdt',
    ],
    ['https://www.bitstamp.net/api/v2/order_book/btcusd', 'https://www.bitstamp.net/api/v2/order_book/btcusd?group=1'],
    ['https://fapi.binance.com/fapi/v1/exchangeInfo', 'https://fapi.binance.com/fapi/v1/exchangeInfo'],
    [
      'https://k/api/v2/market/orderbook/level2?symbol=ETH-USDT',
      'https://k/api/v3/market/orderbook/level2?symbol=ETH-USDT',
    ],
  ])('%s is the same as %s', (one, other) => {
    expect(requestedBy(one)).toEqual(requestedBy(other));
  });

  it.each([
    ['https://a/api/v3/depth?symbol=BTCUSDT', 'https://a/api/v3/depth?symbol=ETHUSDT'],
    ['https://a/api/v3/depth?symbol=BTCUSDT', 'https://a/fapi/v1/depth?symbol=BTCUSDT'],
    ['https://a/api/v3/depth?symbol=BTCUSDT', 'https://a/api/v3/trades?symbol=BTCUSDT'],
    ['https://a/api/v2/order_book/btcusd', 'https://a/api/v2/order_book/btceur'],
    ['https://a/marketdepth/200', 'https://a/marketdepth/201'],
  ])('%s is not the same as %s', (asked, recorded) => {
    expect(found(asked, recorded)).toEqual([]);
  });

  it('takes an answer to a broader request where there is none to its own', () => {
    const whole = 'https://a/api/v3/exchangeInfo';
    expect(found('https://b/api/v3/exchangeInfo?symbols=%5B%22BTCUSDT%22%2C%22ETHUSDT%22%5D', whole)).toEqual([0]);
    expect(found('https://b/api/v3/exchangeInfo?symbol=BTCUSDT', whole, `${whole}?symbol=BTCUSDT`)).toEqual([1]);
    expect(found(whole, `${whole}?symbol=BTCUSDT`)).toEqual([]);
  });

  it('tells by its numbers how much it asks for', () => {
    const book = 'https://a/api/v2/order_book/btcusd/';
    expect(amountsIn(`${book}?group=1`)).not.toBe(amountsIn(`${book}?group=2`));
    expect(amountsIn('https://a/v1/depth?symbol=A&limit=5')).toBe(amountsIn('https://b/v3/depth?limit=5&symbol=B'));
    expect(amountsIn(book)).toBe('');
  });

  it('takes all answers to the same, in order', () => {
    const url = 'https://a/depth?symbol=A&limit=';
    expect(found(`${url}1`, `${url}2`, 'https://a/depth?symbol=B', `${url}3`)).toEqual([0, 2]);
  });
});

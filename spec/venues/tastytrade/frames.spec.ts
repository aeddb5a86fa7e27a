import { pathOf } from '../../../lib/codec/path.js';
import { Reply } from '../../../lib/venues/tastytrade/frames.js';
import { type TastytradeNotice, readNotice } from '../../../lib/venues/tastytrade/notices.js';
import { Balances, Position, TradingStatus } from '../../../lib/venues/tastytrade/holdings.js';
import { ComplexOrder, Fill, Leg, Order } from '../../../lib/venues/tastytrade/orders.js';
import {
  ExternalTransaction,
  OrderChain,
  PublicWatchlist,
  QuoteAlert,
  YearGain,
} from '../../../lib/venues/tastytrade/statelessNotices.js';
import { type Shape, read } from '../../../lib/venues/tastytrade/shape.js';
import { examples } from './examples.js';

const AT = 1_800_000_000_000;
type Json = Readonly<Record<string, unknown>>;

const fromServer = examples.filter(({ from }) => from === 'S').map(({ text }) => JSON.parse(text) as Json);
const notifications = fromServer
  .flatMap((frame) => (frame['results'] as readonly Json[] | undefined) ?? [frame])
  .filter((frame) => 'type' in frame);
const notices = (type: string): readonly TastytradeNotice[] =>
  notifications.filter((frame) => frame['type'] === type).map(noticeOf);

function noticeOf(payload: unknown): TastytradeNotice {
  const result = readNotice(payload, AT);
  if (result._tag === 'Left') throw new Error(pathOf(result.left));
  return result.right;
}
function refusal(payload: unknown): string {
  const result = readNotice(payload, AT);
  return result._tag === 'Left' ? pathOf(result.left) : 'accepted';
}

describe('the example frames of tastytrade', () => {
  it('decode, each as what it is', () => {
    expect(fromServer).toHaveLength(37);
    expect(notifications.map(noticeOf).map(({ type }) => type)).not.toContain('other');
    const replies = fromServer.filter((frame) => 'action' in frame);
    expect(replies.map((frame) => Reply.decode(frame)._tag)).toEqual(replies.map(() => 'Right'));
  });

  it('give an order with its legs and fills, decimals exact and signed by their effects', () => {
    const [, live] = notices('Order');

    expect(live).toMatchObject({
      type: 'order',
      account: '5WY00000',
      venueTime: 1_789_669_948_469,
      sequence: 3,
      receivedTime: AT,
      value: {
        id: '507349840',
        accountNumber: '5WY00000',
        status: 'Live',
        orderType: 'Limit',
        timeInForce: 'Day',
        price: -10.51,
        size: 1,
        exact: { price: '-10.51', size: '1', legCount: '1' },
        receivedAt: Date.UTC(2026, 8, 17, 18, 32, 28, 393),
        updatedAt: 1_789_669_948_464,
        cancellable: true,
        legs: [
          {
            action: 'Buy to Open',
            symbol: 'NOK',
            quantity: 1,
            remainingQuantity: 0,
            fills: [
              {
                fillId: '2609179990014993642',
                fillPrice: 10.505,
                quantity: 1,
                filledAt: Date.UTC(2026, 8, 17, 18, 32, 28, 435),
                exact: { fillPrice: '10.505', quantity: '1' },
              },
            ],
          },
        ],
      },
    });
  });

  it('give an order that was replaced, and the one that replaced it', () => {
    const orders = notices('Order').map(({ value }) => value);

    expect(orders[3]).toMatchObject({ id: '507358650', status: 'Cancelled', replacingOrderId: '507358867' });
    expect(orders[3]).toMatchObject({ cancelledSize: 1, exact: { cancelledSize: '1.0' }, edited: true });
    expect(orders[4]).toMatchObject({ id: '507358867', status: 'Routed', replacesOrderId: '507358650' });
  });

  it('give balances with cash owed as a negative number', () => {
    expect(notices('AccountBalance')[0]?.value).toMatchObject({
      cashBalance: 1489.5,
      pendingCash: -10.5,
      unsettledCryptocurrencyFiatAmount: 0,
      buyingPowerAdjustment: 0,
      exact: { cashBalance: '1489.5', pendingCash: '-10.5', buyingPowerAdjustment: '0.0' },
      updatedAt: Date.UTC(2026, 8, 17, 18, 32, 28, 500),
    });
  });

  it('give a position with numbers or texts, open, then closed', () => {
    const [derived, open, closed] = notices('CurrentPosition').map(({ value }) => value);

    expect(derived).toMatchObject({ instrument: 'AAPL', size: 100, exact: { size: '100', quantity: '100' } });
    expect(open).toMatchObject({ size: 1, costEffect: 'Credit', multiplier: 1, exact: { multiplier: '1.0' } });
    expect(closed).toMatchObject({ size: 0, quantityDirection: 'Zero', realizedDayGain: -0.2 });
  });

  it('give a complex order with its orders', () => {
    expect(notices('ComplexOrder')[0]?.value).toMatchObject({
      id: '77001',
      type: 'OCO',
      orders: [
        { id: '507400003', price: 12, complexOrderTag: 'OCO::limit' },
        { id: '507400004', stopTrigger: 9.5, exact: { stopTrigger: '9.50' } },
      ],
    });
  });

  it('give the trading status, the chain, the transaction, the gain, the watchlist and the alerts', () => {
    expect(notices('TradingStatus')[0]?.value).toMatchObject({
      isFuturesEnabled: true,
      optionsLevel: 'No Restrictions',
    });
    expect(notices('OrderChain')[0]?.value).toMatchObject({
      id: '12345',
      computedData: {
        open: true,
        totalFees: -1.26,
        totalOpeningCost: 2.5,
        openedAt: Date.UTC(2026, 2, 7, 15, 30),
        openEntries: [{ quantityType: 'Short', quantityNumeric: -1 }],
      },
      liteNodes: [{ nodeType: 'order', legs: [{ fillQuantity: 1 }], entries: [] }],
    });
    expect(notices('ExternalTransaction')[0]?.value).toMatchObject({ id: '9001', amount: 250, state: 'Pending' });
    expect(notices('UnderlyingYearGainSummary')[0]?.value).toMatchObject({ year: '2026', yearlyRealizedGain: -0.2 });
    expect(notices('PublicWatchlists')[0]).toMatchObject({
      account: undefined,
      value: { name: 'High Options Volume', watchlistEntries: [{ symbol: 'AAPL' }, { symbol: '/ES' }] },
    });
    expect(notices('QuoteAlert').map(({ value }) => value)).toMatchObject([
      { threshold: 200, exact: { threshold: '200.00' }, expiresAt: 1_788_595_114_405 },
      { threshold: 5900, thresholdNumeric: 5900, expiresAt: 1_797_465_600_000 },
    ]);
  });
});

describe('a notification', () => {
  it('keeps what has no name here, and tells a type that nobody documented', () => {
    const order = noticeOf({ type: 'Order', data: { id: 1, 'account-number': 'A', status: 'New Word', news: [1] } });
    const other = noticeOf({ type: 'UserMessage', data: { text: 'hello' }, timestamp: 5 });

    expect(order.value).toMatchObject({ status: 'New Word', raw: { news: [1] } });
    expect(other).toMatchObject({ type: 'other', name: 'UserMessage', value: { text: 'hello' }, venueTime: 5 });
  });

  it('keeps the object as it came beside what was made of it', () => {
    const frame = notifications[1];
    const order = noticeOf(frame);

    expect(order.type === 'order' && order.value.raw).toBe(frame?.['data']);
    expect(order.type === 'order' && order.value.legs[0]?.raw).toBe((frame?.['data'] as { legs: Json[] }).legs[0]);
  });

  it('takes null for absent, and the size of an amount whatever its sign beside an effect', () => {
    const data = {
      'account-number': 'A',
      'pending-cash': '-3.0',
      'pending-cash-effect': 'Debit',
      'cash-balance': null,
    };

    expect(noticeOf({ type: 'AccountBalance', data }).value).toMatchObject({
      pendingCash: -3,
      exact: { pendingCash: '-3.0' },
    });
    expect(noticeOf({ type: 'AccountBalance', data }).value).not.toHaveProperty('cashBalance');
  });

  // As in captured answers: the effect stands in the place of the last word.
  it.each([
    ['unsettled-cryptocurrency-fiat', 'unsettledCryptocurrencyFiatAmount'],
    ['previous-day-cryptocurrency-fiat', 'previousDayCryptocurrencyFiatAmount'],
    ['intraday-equities-cash', 'intradayEquitiesCashAmount'],
    ['intraday-futures-cash', 'intradayFuturesCashAmount'],
  ])('takes the effect of an amount of %s by its own name', (key, name) => {
    const data = { 'account-number': 'A', [`${key}-amount`]: '3638.614', [`${key}-effect`]: 'Debit' };

    expect(noticeOf({ type: 'AccountBalance', data }).value).toMatchObject({ [name]: -3638.614 });
  });

  it('has a number for an override of the clearing firm, which is no flag', () => {
    const value = noticeOf({ type: 'TradingStatus', data: { 'account-number': 'A', 'cmta-override': 551 } }).value;

    expect(value).toMatchObject({ cmtaOverride: '551' });
  });

  it('is short by the sign of its direction', () => {
    const data = { 'account-number': 'A', symbol: 'X', quantity: 3, 'quantity-direction': 'Short' };

    expect(noticeOf({ type: 'CurrentPosition', data }).value).toMatchObject({ size: -3, exact: { size: '-3' } });
  });

  const order = { id: 1, 'account-number': 'A', status: 'Live' };
  it.each([
    ['no notification', 'Order', 'tastytrade.Notification/type: Text'],
    ['an order', { ...order, price: '1e5' }, 'tastytrade.Order/price: LooseDecimal'],
    ['a time', { ...order, 'live-at': '2026-13-01' }, 'tastytrade.Order/live-at: Instant'],
    ['a leg', { ...order, legs: [{}] }, 'tastytrade.Order/legs: Array<tastytrade.Leg>/0: tastytrade.Leg/symbol: Text'],
  ] as const)('that is %s is refused with the path to what is wrong', (_, data, path) => {
    expect(refusal(typeof data === 'string' ? { data } : { type: 'Order', data })).toBe(path);
  });

  it.each([
    [Fill, 'tastytrade.Fill/fill-id: Id'],
    [Leg, 'tastytrade.Leg/symbol: Text'],
    [Order, 'tastytrade.Order/id: Id'],
    [ComplexOrder, 'tastytrade.ComplexOrder/id: Id'],
    [Balances, 'tastytrade.Balances/account-number: Id'],
    [Position, 'tastytrade.Position/account-number: Id'],
    [TradingStatus, 'tastytrade.TradingStatus/account-number: Id'],
    [OrderChain, 'tastytrade.OrderChain/id: Id'],
    [ExternalTransaction, 'tastytrade.ExternalTransaction/id: Id'],
    [YearGain, 'tastytrade.UnderlyingYearGainSummary/account-number: Id'],
    [PublicWatchlist, 'tastytrade.PublicWatchlist/name: Text'],
    [QuoteAlert, 'tastytrade.QuoteAlert/alert-external-id: Id'],
  ] as readonly (readonly [Shape<unknown>, string])[])('%$: an object that lacks its key is refused', (shape, path) => {
    const result = read(shape, {});
    expect(result._tag === 'Left' ? pathOf(result.left) : 'accepted').toBe(path);
  });
});

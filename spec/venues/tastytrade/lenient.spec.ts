import { VirtualTimeScheduler } from 'rxjs';
import type { AccountState } from '../../../lib/model/accountEvent.js';
import type { Fault } from '../../../lib/model/fault.js';
import { fakeNetwork } from '../../../lib/testing/index.js';
import { emptyAccount, foldNotice } from '../../../lib/venues/tastytrade/accountState.js';
import { type TastytradeAccount, type TastytradeNotice, tastytrade } from '../../../lib/venues/tastytrade/index.js';
import { readNotice } from '../../../lib/venues/tastytrade/notices.js';

type Json = Readonly<Record<string, unknown>>;
const ACCOUNT = 'A';

/** An account whose REST side answers so, connected; what it holds and what was told beside it. */
function rig(answers: Readonly<Record<string, unknown>>) {
  const scheduler = new VirtualTimeScheduler();
  const network = fakeNetwork({
    onOpening: (wire) => scheduler.schedule(() => wire.open()),
    onSent: (wire, text) => {
      const { action, 'request-id': id } = JSON.parse(text) as Json;
      scheduler.schedule(() => {
        if (wire.status === 'open') wire.receive({ status: 'ok', action, 'request-id': id });
      }, 1);
    },
    onRequested: (asked) => {
      const path = asked.request.url.replace(/^.*\/accounts\/[^/]+/, '');
      return scheduler.schedule(() => asked.respond(answers[path] ?? { data: { items: [] } }), 10);
    },
  });
  const exchange = tastytrade({
    accounts: [ACCOUNT],
    login: () => [{ value: 'secret', expiresAt: 900_000 }],
    ...{ network, scheduler, random: () => 0.5 },
  });
  const faults: Fault[] = [];
  const states: AccountState<TastytradeAccount>[] = [];
  exchange.faults$.subscribe((fault) => faults.push(fault));
  exchange.account().subscribe((state) => states.push(state));
  scheduler.maxFrames = 5_000;
  scheduler.flush();
  return {
    ...{ exchange, faults },
    receive: (frame: object) => network.wires[0]?.receive(frame),
    value: (): TastytradeAccount => {
      const state = states.at(-1);
      if (state?.status !== 'live') throw new Error(`it is ${String(state?.status)}`);
      return state.value;
    },
    paths: () =>
      faults.map((fault) => (fault.type === 'decode' ? `${String(fault.channel)}: ${fault.path}` : fault.type)),
  };
}

const position = (symbol: string, more: Json = {}): Json => ({
  ...{ 'account-number': ACCOUNT, symbol, quantity: 1, 'quantity-direction': 'Long', 'close-price': '2.0' },
  ...more,
});
const order = (id: number, more: Json = {}): Json => ({ id, 'account-number': ACCOUNT, status: 'Live', ...more });

describe('what the REST side says and nobody can read', () => {
  it('costs a field, an item of a list or of an object, and no account', () => {
    const leg = {
      symbol: 'X',
      quantity: 2,
      fills: [{ 'fill-id': 'f', quantity: 1, 'filled-at': 'now' }, { quantity: 1 }],
    };
    const { exchange, value, paths } = rig({
      '/positions': { data: { items: [position('X', { 'close-price': 'NaN' }), position('Y'), { symbol: 'Z' }] } },
      '/orders/live': { data: { items: [order(1, { edited: 'no', legs: [leg, {}] }), { id: 2 }] } },
      '/complex-orders/live': { data: { items: [{ ...order(3), orders: [order(4, { price: true }), 5] }] } },
      '/balances': { data: { 'account-number': ACCOUNT, 'cash-balance': '1E-05', 'pending-cash': '3.0' } },
      '/trading-status': { data: { 'account-number': ACCOUNT, 'is-closed': 'perhaps', 'options-level': 'Some' } },
    });

    const { orders, complexOrders, positions, balances, tradingStatus } = value();
    expect([...positions.values()].map(({ symbol, closePrice }) => [symbol, closePrice])).toEqual([
      ['X', undefined],
      ['Y', 2],
    ]);
    expect([...orders.values()].map((one) => one.order)).toMatchObject([
      { id: '1', legs: [{ fills: [{ fillId: 'f' }] }] },
    ]);
    expect(complexOrders.get('3')).toMatchObject({ orders: [{ id: '4' }] });
    expect(balances.get('')).toMatchObject({ pendingCash: 3 });
    expect(tradingStatus).toMatchObject({ optionsLevel: 'Some' });
    expect(tradingStatus).not.toHaveProperty('isClosed');
    expect(paths()).toEqual(
      [
        'tastytrade.Order/edited: boolean',
        'tastytrade.Order/legs: Array<tastytrade.Leg>/0: tastytrade.Leg/fills: Array<tastytrade.Fill>/0: tastytrade.Fill/filled-at: Instant',
        'tastytrade.Order/legs: Array<tastytrade.Leg>/0: tastytrade.Leg/fills: Array<tastytrade.Fill>/1: tastytrade.Fill/fill-id: Id',
        'tastytrade.Order/legs: Array<tastytrade.Leg>/1: tastytrade.Leg/symbol: Text',
        'tastytrade.Order/account-number: Id',
        'tastytrade.ComplexOrder/orders: Array<tastytrade.Order>/0: tastytrade.Order/price: LooseDecimal',
        'tastytrade.ComplexOrder/orders: Array<tastytrade.Order>/1: tastytrade.Order',
        'tastytrade.Position/close-price: LooseDecimal',
        'tastytrade.Position/account-number: Id',
        'tastytrade.Balances/cash-balance: LooseDecimal',
        'tastytrade.TradingStatus/is-closed: boolean',
      ].map((path) => `account A: ${path.length > 200 ? expect.anything() : path}`),
    );
    exchange.close();
  });

  it('is asked for again where it is no list at all: nothing would be taken for everything', () => {
    const { exchange, value, paths } = rig({ '/positions': { data: { error: 'Failed' } } });

    expect(value).toThrow('syncing');
    expect(paths()).toContain('snapshot');
    exchange.close();
  });
});

describe('what the stream says and nobody can read', () => {
  it.each<readonly [string, Json, string]>([
    ['Order', order(1, { 'live-at': 'soon' }), 'tastytrade.Order/live-at: Instant'],
    ['ComplexOrder', { ...order(1), 'trigger-order': 7 }, 'tastytrade.ComplexOrder/trigger-order: tastytrade.Order'],
    [
      'AccountBalance',
      { 'account-number': ACCOUNT, 'cash-balance': [] },
      'tastytrade.Balances/cash-balance: LooseDecimal',
    ],
    ['CurrentPosition', position('X', { multiplier: 'two' }), 'tastytrade.Position/multiplier: LooseDecimal'],
    ['TradingStatus', { 'account-number': ACCOUNT, id: {} }, 'tastytrade.TradingStatus/id: Id'],
    ['OrderChain', { ...order(1), 'computed-data': 1 }, 'tastytrade.OrderChain/computed-data: tastytrade.ComputedData'],
    ['ExternalTransaction', { ...order(1), amount: 'much' }, 'tastytrade.ExternalTransaction/amount: LooseDecimal'],
    [
      'UnderlyingYearGainSummary',
      { 'account-number': ACCOUNT, year: 2026, symbol: 'X', fees: '1', 'fees-effect': 'Maybe' },
      'tastytrade.UnderlyingYearGainSummary/fees-effect: Effect',
    ],
  ])('of %s costs a field, and the account stays live', (type, data, path) => {
    const { exchange, receive, paths, value } = rig({});
    const seen: string[] = [];
    exchange.events().subscribe((event) => seen.push(event.type));
    receive({ type, data, timestamp: 1, 'ws-sequence': 1 });

    expect(seen.at(-1)).toBe('event');
    expect(paths()).toEqual([`account A: ${path}`]);
    expect(value).not.toThrow();
    exchange.close();
  });

  it('beside the data costs the stamp, and an answer its number', () => {
    const { exchange, receive, paths } = rig({});
    receive({ type: 'Order', data: order(1), timestamp: 'today', 'ws-sequence': 'first' });

    receive({ status: 'ok', action: 'heartbeat', 'request-id': {} });

    expect(paths()).toEqual([
      'account A: tastytrade.Notification/ws-sequence: LooseDecimal',
      'account A: tastytrade.Notification/timestamp: Instant',
      'venue',
    ]);
    exchange.close();
  });

  it('costs the position where its direction has no sign, and the account is loaded again', () => {
    const { exchange, receive, paths } = rig({});
    receive({ type: 'CurrentPosition', data: position('X', { 'quantity-direction': 'Sideways' }) });

    expect(paths()).toEqual(['account A: tastytrade.Position/quantity-direction: Direction']);
    exchange.close();
  });
});

describe('a clock of the venue that was set back', () => {
  const noticeOf = (type: string, data: Json): TastytradeNotice => {
    const result = readNotice({ type, data }, 0);
    if (result._tag === 'Left') throw new Error('refused');
    return result.right;
  };
  const at = (ms: number): string => new Date(ms).toISOString();
  const LATER = 1_789_669_948_000;

  it('is followed, while what comes late by seconds is passed over', () => {
    const fold = (notices: readonly TastytradeNotice[]): TastytradeAccount =>
      notices.reduce(foldNotice, emptyAccount(ACCOUNT));
    const seen = (back: number): readonly unknown[] => {
      const account = fold([
        noticeOf('Order', order(1, { 'updated-at': LATER })),
        noticeOf('Order', order(1, { 'updated-at': LATER - back, status: 'Cancel Requested' })),
        noticeOf('CurrentPosition', position('X', { 'updated-at': at(LATER) })),
        noticeOf('CurrentPosition', position('X', { 'updated-at': at(LATER - back), quantity: 2 })),
      ]);
      return [account.orders.get('1')?.order.status, account.positions.get('X|')?.size];
    };

    expect(seen(5_000)).toEqual(['Live', 1]);
    expect(seen(3_600_000)).toEqual(['Cancel Requested', 2]);
  });
});

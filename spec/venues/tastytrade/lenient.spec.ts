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
function rig(answers: Record<string, unknown>) {
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
    network,
    scheduler,
    random: () => 0.5,
  });
  const faults: Fault[] = [];
  const states: AccountState<TastytradeAccount>[] = [];
  exchange.faults$.subscribe((fault) => faults.push(fault));
  exchange.account().subscribe((state) => states.push(state));
  scheduler.maxFrames = 5_000;
  scheduler.flush();
  return {
    exchange,
    faults,
    status: () => states.at(-1)?.status,
    passTo: (ms: number) => {
      scheduler.maxFrames = ms;
      scheduler.flush();
    },
    receive: (frame: object) => network.wires[0]?.receive(frame),
    value: (): TastytradeAccount => {
      const state = states.at(-1);
      if (state?.status !== 'live' && (state?.status !== 'stale' || state.reason !== 'unreadable'))
        throw new Error(`it is ${String(state?.status)}`);
      return state.value;
    },
    paths: () =>
      faults.map((fault) => (fault.type === 'decode' ? `${String(fault.channel)}: ${fault.path}` : fault.type)),
  };
}

const position = (symbol: string, more: Json = {}): Json => ({
  'account-number': ACCOUNT,
  symbol,
  quantity: 1,
  'quantity-direction': 'Long',
  'close-price': '2.0',
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

describe('what can’t be read and decides what an account is', () => {
  const fill = { 'fill-id': 'f', quantity: 1, 'fill-price': '2.0' };
  const leg = { symbol: 'X', action: 'Buy to Open', quantity: 2, 'remaining-quantity': 1, fills: [fill] };
  const filled = (more: Json): Json => order(1, { status: 'Filled', legs: [leg], ...more });
  const withLeg = (more: Json): Json => filled({ legs: [{ ...leg, ...more }] });
  const funds = { 'account-number': ACCOUNT, currency: 'USD', 'cash-balance': '10.0' };

  it.each<readonly [string, string, Json]>([
    ['the legs of an order', 'Order', filled({ legs: 7 })],
    ['a leg', 'Order', filled({ legs: [leg, 7] })],
    ['a leg without its symbol', 'Order', withLeg({ symbol: 7 })],
    ['the side of a leg', 'Order', withLeg({ action: 7 })],
    ['the size of a leg', 'Order', withLeg({ quantity: 'many' })],
    ['what remains of a leg', 'Order', withLeg({ 'remaining-quantity': [] })],
    ['the fills of a leg', 'Order', withLeg({ fills: {} })],
    ['a fill', 'Order', withLeg({ fills: [fill, null] })],
    ['the id of a fill', 'Order', withLeg({ fills: [{ ...fill, 'fill-id': {} }] })],
    ['the size of a fill', 'Order', withLeg({ fills: [{ ...fill, quantity: 'one' }] })],
    ['the price of a fill', 'Order', withLeg({ fills: [{ ...fill, 'fill-price': true }] })],
    ['the status of an order', 'Order', filled({ status: 7 })],
    ['the age of an order', 'Order', filled({ 'updated-at': 'just now' })],
    ['what an order replaces', 'Order', filled({ 'replaces-order-id': {} })],
    ['the orders of a complex one', 'ComplexOrder', { ...order(3), orders: 7 }],
    ['the legs of an order of a complex one', 'ComplexOrder', { ...order(3), orders: [filled({ legs: 7 })] }],
    ['the end of a complex order', 'ComplexOrder', { ...order(3), 'terminal-at': 'today' }],
    ['the type of what is held', 'CurrentPosition', position('X', { 'instrument-type': 7 })],
    ['the size of what is held', 'CurrentPosition', position('X', { quantity: 'one' })],
    ['the age of a position', 'CurrentPosition', position('X', { 'updated-at': {} })],
    ['the currency of balances', 'AccountBalance', { ...funds, currency: 7 }],
    ['the age of balances', 'AccountBalance', { ...funds, 'updated-at': {} }],
    ['the age of a trading status', 'TradingStatus', { 'account-number': ACCOUNT, 'updated-at': {} }],
  ])('makes it stale at once where a notification tells %s, and has it loaded again', (_, type, data) => {
    const answers: Record<string, unknown> = { '/balances': { data: funds } };
    const { exchange, receive, paths, status, value, passTo } = rig(answers);
    answers['/orders/live'] = { data: { items: [filled({})] } };
    receive({ type, data });

    expect(status()).toBe('stale');
    expect(paths()).toHaveLength(1);
    passTo(6_000);
    expect(value().orders.get('1')?.order.legs[0]?.fills).toMatchObject([{ fillId: 'f' }]);
    expect(value().balances.get('USD')).toMatchObject({ cashBalance: 10 });
    exchange.close();
  });

  it('looks up an order that is said to be filled and lacks fills, once what told of them was missed', () => {
    const answers: Record<string, unknown> = { '/balances': { data: funds } };
    const { exchange, receive, paths, status, value, passTo } = rig(answers);
    receive({ type: 'Order', data: filled({}) });
    const whole = filled({ legs: [{ ...leg, 'remaining-quantity': 0, fills: [fill, { ...fill, 'fill-id': 'g' }] }] });
    answers['/orders/1'] = { data: whole };
    receive({ type: 'Order', data: { ...whole, id: {} } });

    expect(status()).toBe('stale');
    passTo(6_000);
    expect(paths()).toEqual(['account A: tastytrade.Order/id: Id']);
    expect(value().orders.get('1')?.order.legs[0]?.fills).toMatchObject([{ fillId: 'f' }, { fillId: 'g' }]);
    exchange.close();
  });

  it.each<readonly [string, Json, unknown]>([
    ['/orders/live', filled({ legs: [{ ...leg, fills: [7] }] }), filled({})],
    ['/orders/live', filled({ price: 'NaN' }), filled({ price: '2.0' })],
    ['/orders/live', { id: 1 }, filled({})],
    ['/positions', position('X', { quantity: 'one' }), position('X')],
    ['/positions', position('X', { 'instrument-type': 7 }), position('X')],
    ['/balances', { ...funds, 'cash-balance': 'NaN' }, funds],
    ['/balances', { ...funds, 'cash-balance-effect': 'Maybe' }, funds],
    ['/trading-status', { 'account-number': ACCOUNT, 'is-closed': 7 }, { 'account-number': ACCOUNT }],
  ])('is left out of an answer and asked for again: %s', (path, data, right) => {
    const answers: Record<string, unknown> = { [path]: { data: { items: [data] } } };
    const { exchange, value, faults, status, passTo } = rig(answers);
    // What is missing of an account is not the account: it was live here until it was asked for again.
    expect(status()).toBe('stale');
    const before = JSON.stringify([...value().orders, ...value().positions, ...value().balances, value()]);
    const told = faults.length;
    expect(told).toBeGreaterThan(0);

    passTo(24_000);
    expect(faults.length).toBe(2 * told);
    answers[path] = { data: { items: [right] } };
    passTo(46_000);
    expect(status()).toBe('live');
    expect(JSON.stringify([...value().orders, ...value().positions, ...value().balances, value()])).not.toBe(before);

    // And no more once all of it could be read.
    answers[path] = { data: { items: [] } };
    passTo(200_000);
    expect(faults.length).toBe(2 * told);
    exchange.close();
  });

  it('is no field that decides nothing: that is not asked for again', () => {
    const { exchange, faults, status, passTo } = rig({
      '/positions': { data: { items: [position('X', { 'close-price': 'NaN' })] } },
      '/orders/live': { data: { items: [order(1, { edited: 'no' })] } },
    });
    expect(status()).toBe('live');
    passTo(200_000);

    expect(faults).toHaveLength(2);
    exchange.close();
  });

  it('is asked for again where a notification lacks an amount', () => {
    const { exchange, receive, value, paths, status, passTo } = rig({ '/balances': { data: funds } });
    receive({ type: 'AccountBalance', data: { ...funds, 'cash-balance': {} } });

    expect(paths()).toEqual(['account A: tastytrade.Balances/cash-balance: LooseDecimal']);
    expect(value().balances.get('USD')).not.toHaveProperty('cashBalance');
    // It is not known, and nothing else is wrong.
    expect(status()).toBe('live');
    passTo(26_000);
    expect(value().balances.get('USD')).toMatchObject({ cashBalance: 10 });
    exchange.close();
  });
});

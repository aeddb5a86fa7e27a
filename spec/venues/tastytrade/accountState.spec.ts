import fc from 'fast-check';
import {
  emptyAccount,
  foldNotice,
  positionKey,
  type TastytradeAccount,
} from '../../../lib/venues/tastytrade/accountState.js';
import { type TastytradeNotice, readNotice } from '../../../lib/venues/tastytrade/notices.js';
import { fillsOf, orderHistory } from '../../../lib/venues/tastytrade/trackedOrder.js';
import { examples } from './examples.js';

const noticeOf = (frame: unknown): TastytradeNotice => {
  const result = readNotice(frame, 0);
  if (result._tag === 'Left') throw new Error('refused');
  return result.right;
};
const fold = (frames: readonly unknown[], from = emptyAccount('A')): TastytradeAccount =>
  frames.map(noticeOf).reduce(foldNotice, from);

interface OrderFields {
  readonly status?: string;
  readonly at?: number;
  readonly fills?: readonly string[];
  readonly id?: number;
  readonly more?: Readonly<Record<string, unknown>>;
}
const order = ({ status = 'Live', at, fills = [], id = 1, more = {} }: OrderFields): unknown => ({
  type: 'Order',
  data: {
    id,
    'account-number': 'A',
    status,
    ...(at !== undefined && { 'updated-at': at }),
    legs: [
      {
        symbol: 'X',
        action: 'Buy to Open',
        quantity: 3,
        fills: fills.map((name) => ({ 'fill-id': name, quantity: 1 })),
      },
    ],
    ...more,
  },
});
const position = (quantity: number, at: number, symbol = 'X'): unknown => ({
  type: 'CurrentPosition',
  data: {
    'account-number': 'A',
    symbol,
    quantity,
    'quantity-direction': quantity === 0 ? 'Zero' : 'Long',
    'updated-at': new Date(at).toISOString(),
  },
});
const shown = (account: TastytradeAccount, id = '1'): readonly unknown[] => {
  const tracked = account.orders.get(id);
  return [tracked?.order.status, tracked === undefined ? [] : fillsOf(tracked.order).map(({ fillId }) => fillId)];
};

describe('the fold of an account', () => {
  it('counts a fill once, however often it is told, and keeps those that a later frame lacks', () => {
    const account = fold([
      order({ at: 1, fills: ['a', 'a'] }),
      order({ status: 'Filled', at: 2, fills: ['b'] }),
      order({ status: 'Filled', at: 3, fills: [] }),
    ]);

    expect(shown(account)).toEqual(['Filled', ['b', 'a']]);
  });

  it('takes what comes late for what it is: its fills, and nothing else', () => {
    const filled = fold([order({ status: 'Filled', at: 5, fills: ['a'] })]);

    expect(shown(fold([order({ at: 4, fills: ['b'] })], filled))).toEqual(['Filled', ['a', 'b']]);
    expect(fold([order({ at: 4, fills: ['a'] })], filled)).toBe(filled);
    expect(shown(fold([order({ at: 5 })], filled))).toEqual(['Filled', ['a']]);
  });

  it('takes the newer where no times are told, but for one that is over', () => {
    expect(shown(fold([order({ status: 'Routed' }), order({}), order({ status: 'Filled' }), order({})]))).toEqual([
      'Filled',
      [],
    ]);
  });

  it('keeps the history of an order over those that it replaced, in whichever order they come', () => {
    const old = order({ status: 'Cancelled', at: 3, more: { 'replacing-order-id': 2 } });
    const begun = [order({ status: 'Routed', at: 1 }), order({ at: 2 })];
    const next = [order({ id: 2, status: 'Routed', at: 4, more: { 'replaces-order-id': 1 } })];

    for (const frames of [
      [...begun, old, ...next],
      [...begun, ...next, old],
    ]) {
      expect(orderHistory(fold(frames).orders, '2').map(({ id, status }) => `${id} ${status}`)).toEqual([
        '1 Routed',
        '1 Live',
        '1 Cancelled',
        '2 Routed',
      ]);
    }
  });

  it('follows the captured order and the captured replacement', () => {
    const frames = examples.filter(({ section, text }) => section === '6.3' && text.includes('5WY00000'));
    const account = fold(frames.map(({ text }) => JSON.parse(text) as unknown));

    expect(shown(account, '507349840')).toEqual(['Filled', ['2609179990014993642']]);
    expect(orderHistory(account.orders, '507358867').map(({ status }) => status)).toEqual([
      'Cancelled',
      'Routed',
      'Live',
    ]);
  });

  it('ends with a ring of orders that claim to replace each other', () => {
    const ring = [1, 2].map((id) => order({ id, at: id, more: { 'replaces-order-id': 3 - id } }));

    expect(orderHistory(fold(ring).orders, '1')).toHaveLength(2);
  });

  it('has the orders of a complex one as they stand by now, told with it or alone, late or not', () => {
    const leg = (id: number, status: string, at: number) => order({ id, status, at, more: { 'complex-order-id': 9 } });
    const complex = (...legs: readonly unknown[]) => ({
      type: 'ComplexOrder',
      data: { id: 9, 'account-number': 'A', orders: legs.map((one) => (one as { readonly data: unknown }).data) },
    });
    const told = (...frames: readonly unknown[]) =>
      fold(frames)
        .complexOrders.get('9')
        ?.orders.map(({ id, status }) => `${id} ${status}`);
    const [live, filled] = [
      complex(leg(1, 'Live', 1), leg(2, 'Live', 1)),
      complex(leg(1, 'Filled', 2), leg(2, 'Live', 1)),
    ];

    expect(told(live, filled)).toEqual(['1 Filled', '2 Live']);
    expect(told(live, filled, live)).toEqual(['1 Filled', '2 Live']);
    expect(told(live, leg(1, 'Filled', 2))).toEqual(['1 Filled', '2 Live']);
    // Whatever is older by more than a minute is not late, but of a clock that was set back.
    const muchLater = complex(leg(1, 'Filled', 100_000), leg(2, 'Live', 1));
    expect(told(live, leg(1, 'Live', 1), muchLater)).toEqual(['1 Filled', '2 Live']);
    expect(told(live, leg(1, 'Filled', 100_000))).toEqual(['1 Filled', '2 Live']);
    expect(told(muchLater, leg(1, 'Live', 1), live)).toEqual(['1 Live', '2 Live']);
    expect(told(leg(2, 'Cancelled', 3), filled)).toEqual(['1 Filled', '2 Cancelled']);
    expect(told(live, leg(1, 'Filled', 2), complex(leg(1, 'Live', 1), leg(2, 'Cancelled', 3)))).toEqual([
      '1 Filled',
      '2 Cancelled',
    ]);
  });

  it('does not take a late word about a closed position for a new one', () => {
    const account = fold([position(2, 1_000), position(0, 2_000), position(2, 1_000)]);

    expect([...account.positions.values()].map(({ size }) => size)).toEqual([0]);
    expect(account.positions.has(positionKey({ symbol: 'X' }))).toBe(true);
  });

  it('forgets the oldest of more than 1,000 that are over, and none that is open', () => {
    const many = Array.from({ length: 1_003 }, (_, index) => position(0, 1_000, `S${index}`));
    const account = fold([position(1, 1_000, 'OPEN'), ...many]);

    expect(account.positions.size).toBe(1_001);
    expect(account.positions.has(positionKey({ symbol: 'OPEN' }))).toBe(true);
    expect(account.positions.has(positionKey({ symbol: 'S2' }))).toBe(false);
  });

  it('holds every fill once and the newest status, whatever is repeated, left out or late', () => {
    const frames = fc.array(
      fc.record({ at: fc.integer({ min: 1, max: 9 }), fills: fc.subarray(['a', 'b', 'c', 'd']) }),
      { minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(frames, (told) => {
        const account = fold(told.map(({ at, fills }) => order({ status: `S${at}`, at, fills })));
        const tracked = account.orders.get('1');
        const fills = tracked === undefined ? [] : fillsOf(tracked.order).map(({ fillId }) => fillId);
        expect([...fills].sort()).toEqual([...new Set(told.flatMap((one) => one.fills))].sort());
        expect(tracked?.order.status).toBe(`S${Math.max(...told.map(({ at }) => at))}`);
      }),
    );
  });
});

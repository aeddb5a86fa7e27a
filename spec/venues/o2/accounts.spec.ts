import type { AccountEvent, AccountState } from '../../../lib/index.js';
import { response } from '../../../lib/testing/index.js';
import type { O2Balance, O2Nonce, O2Order } from '../../../lib/venues/o2/index.js';
import { expectLinear } from '../../support/linear.js';
import { ACCOUNT, BASE, MARKET, marketsBody, QUOTE, rig } from './rig.js';

const NEW = `0x${'7'.repeat(64)}`;
const order = (id: string, more = ''): string =>
  `{"order_id":"${id}","side":"buy","quantity":"1000000000","price":"2000000000","timestamp":"1774483200"${more}}`;
const orders = (...texts: readonly string[]): string => `{"action":"subscribe_orders","orders":[${texts.join()}]}`;
const of = (market: string): string => `,"market_id":"${market}"`;
const amounts = (locked: string): string =>
  `"total_locked":"${locked}","total_unlocked":"0","trading_account_balance":"0"`;

interface AccountRigConfig {
  readonly markets?: readonly string[];
  readonly rest?: (path: string) => unknown;
}

/** Follows one account whole; REST knows no orders unless it is told. */
function follow({ markets = [MARKET], rest = () => undefined }: AccountRigConfig = {}) {
  const listed = { ids: markets };
  const it = rig({
    markets: undefined,
    rest: (path) => {
      if (path === '/v1/markets') return listed.ids.length === 0 ? undefined : marketsBody(listed.ids);
      const answer = rest(path);
      if (answer !== undefined) return answer;
      if (path.startsWith('/v1/orders')) return '{"orders":[]}';
      return path.startsWith('/v1/balance') ? `{${amounts('0')}}` : '{"trade_account":{"nonce":"100"}}';
    },
  });
  const open: AccountState<readonly O2Order[]>[] = [];
  const balances: AccountState<readonly O2Balance[]>[] = [];
  const nonce: AccountState<O2Nonce>[] = [];
  const events: AccountEvent<O2Order, readonly O2Order[]>[] = [];
  it.exchange.openOrders(ACCOUNT).subscribe((state) => open.push(state));
  it.exchange.orders(ACCOUNT).subscribe((event) => events.push(event));
  it.exchange.balances(ACCOUNT).subscribe((state) => balances.push(state));
  it.exchange.nonce(ACCOUNT).subscribe((state) => nonce.push(state));
  it.pass(1_000);
  const told = (): unknown => {
    const last = open.at(-1);
    if (last === undefined || last.status === 'syncing') return last?.status;
    const value = last.value.map(({ id, market, price }) => [id, market?.id, price]);
    return last.status === 'live' ? value : [last.reason, ...value];
  };
  return { ...it, open, events, balances, nonce, told, listed };
}

describe('an order of a market that is not known', () => {
  it('is told at once, holds up nothing behind it, and is scaled when its market is listed', () => {
    const rest = (path: string) =>
      path.startsWith('/v1/orders') ? `{"orders":[${path.includes(NEW) ? order('0x1') : order('0x2')}]}` : undefined;
    const { wire, told, listed, pass, events } = follow({ rest });
    listed.ids = [];
    wire().receive(orders(order('0x1', of(NEW))), orders(order('0x2', of(MARKET))));
    expect(told()).toEqual([
      ['0x2', MARKET, 2],
      ['0x1', undefined, undefined],
    ]);
    expect(events.filter(({ type }) => type === 'event')).toHaveLength(2);

    listed.ids = [MARKET, NEW];
    pass(60_000);
    expect(told()).toEqual([
      ['0x2', MARKET, 2],
      ['0x1', NEW, 2],
    ]);
  });

  it('does not hold up the news that the wire is lost', () => {
    const { wire, open, listed, events } = follow();
    listed.ids = [];
    wire().receive(orders(order('0x1', of(NEW))));
    wire().lose();
    expect(open.at(-1)).toMatchObject({ status: 'stale', reason: 'failed' });
    expect(events.at(-1)).toMatchObject({ type: 'event', value: { id: '0x1', market: undefined, price: undefined } });
  });

  it('is whole at once where the list answers before anything else happens', () => {
    const { wire, told, listed, pass } = follow();
    pass(2_000);
    listed.ids = [MARKET, NEW];
    wire().receive(orders(order('0x1', of(NEW))));
    expect(told()).toEqual([['0x1', NEW, 2]]);
  });

  it('stays among the open ones over a reload, though the venue does not list its market', () => {
    const { wire, told, pass } = follow({
      rest: (path) =>
        path.includes(`/v1/orders?market_id=${NEW}`) ? `{"orders":[${order('1', of(NEW))}]}` : undefined,
    });
    wire().receive(orders(order('0x1', of(NEW))));
    wire().lose();
    pass(10_000);
    expect(told()).toEqual([['0x1', undefined, undefined]]);
  });

  it.each(['<html>404</html>', '', 'Not Found'])(
    'stays where it is no word of the venue that there is none: %j',
    (body) => {
      const { wire, told, pass } = follow({
        rest: (path) => (path.includes(NEW) ? response(body, { status: 404 }) : undefined),
      });
      wire().receive(orders(order('0x1', of(NEW))));
      wire().lose();
      pass(10_000);
      expect(told()).toEqual(['failed', ['0x1', undefined, undefined]]);
    },
  );

  it('ends with a market that the venue knows no more', () => {
    const { wire, told, pass } = follow({
      rest: (path) => (path.includes(NEW) ? response('{"code":2000}', { status: 404 }) : undefined),
    });
    wire().receive(orders(order('0x1', of(NEW))));
    wire().lose();
    pass(10_000);
    expect(told()).toEqual([]);
  });
});

it('a load that is behind the stream takes back no fill of an order', () => {
  const { exchange, wire, pass } = follow({
    rest: (path) => path.startsWith('/v1/orders') && `{"orders":[${order('0x1')}]}`,
  });
  let units: unknown;
  exchange.openOrders(ACCOUNT).subscribe((state) => {
    units = state.status === 'live' && state.value.map((one) => one.units.filled);
  });
  wire().receive(orders(order('0x1', `${of(MARKET)},"quantity_fill":"7"`)));
  expect(units).toEqual(['7']);
  wire().lose();
  pass(10_000);
  expect(units).toEqual(['7']);
});

describe('a market that is listed later', () => {
  const held = (path: string) => (path.includes(`market_id=${NEW}`) ? `{"orders":[${order('0x9')}]}` : undefined);

  it('brings its orders into a state that was live without them, within a minute', () => {
    const { told, open, listed, pass } = follow({ rest: held });
    expect(told()).toEqual([]);
    listed.ids = [MARKET, NEW];
    pass(31_000);
    expect(told()).toEqual([['0x9', NEW, 2]]);
    expect(open.map(({ status }) => status)).toEqual(['syncing', 'live', 'stale', 'live']);
  });

  it('has what comes late put right as after any new beginning, since nothing else will tell', () => {
    const { told, wire, listed, pass } = follow({ rest: held });
    listed.ids = [MARKET, NEW];
    pass(31_000);
    wire().receive(orders(order('0x1', of(MARKET))));
    expect(told()).toEqual([
      ['0x9', NEW, 2],
      ['0x1', MARKET, 2],
    ]);
    pass(11_000);
    expect(told()).toEqual([['0x9', NEW, 2]]);
  });

  it('is asked about by the next load', () => {
    const { told, listed, wire, pass } = follow({ rest: held });
    listed.ids = [MARKET, NEW];
    wire().lose();
    pass(5_000);
    expect(told()).toEqual([['0x9', NEW, 2]]);
  });
});

describe('what comes late', () => {
  it('does not open an order again that has closed, not after a reload either', () => {
    const { wire, told, pass } = follow();
    wire().receive(orders(order('0x1', of(MARKET))), orders(order('0x1', ',"close":true')));
    wire().receive(orders(order('0x1', of(MARKET))));
    expect(told()).toEqual([]);
    wire().receive('{');
    // So soon after it became live, it is loaded again after a pause.
    pass(2_000);
    wire().receive(orders(order('0x1', of(MARKET))));
    expect(told()).toEqual([]);
  });

  it('is put right where the load knew better, and nothing else will tell', () => {
    const { wire, told, pass, events } = follow();
    // Its end was in a frame that could not be read.
    wire().receive('{');
    // So soon after it became live, it is loaded again after a pause.
    pass(2_000);
    wire().receive(orders(order('0x1', of(MARKET))));
    expect(told()).toEqual([['0x1', MARKET, 2]]);
    pass(10_000);
    expect(told()).toEqual([]);
    expect(events.at(-1)?.type).toBe('snapshot');
  });

  it.each([3_600_000, -3_600_000])('is put right, though the clock is set by %d ms meanwhile', (ms) => {
    const { wire, told, pass, adjust } = follow();
    wire().receive('{');
    // So soon after it became live, it is loaded again after a pause.
    pass(2_000);
    adjust(ms);
    wire().receive(orders(order('0x1', of(MARKET))));
    expect(told()).toEqual([['0x1', MARKET, 2]]);
    pass(10_000);
    expect(told()).toEqual([]);
  });

  describe('of loads that failed for long', () => {
    /** An order is told open and its end lost; the load that comes in long afterwards does not have it. */
    function late(market: string, seconds: number, ...told: readonly string[]) {
      let isDown = true;
      const it = follow({ rest: (path) => (path.startsWith('/v1/orders') && isDown ? 'Error: later' : undefined) });
      it.wire().receive(orders(...told, order('0x1', of(market))));
      it.pass(seconds * 1_000);
      isDown = false;
      for (let waited = 0; waited < 9_000 && it.told() === 'syncing'; waited += 50) it.pass(50);
      return it;
    }

    it('opens no order whose end was lost long before what was loaded in the end', () => {
      const { told, events } = late(MARKET, 30);
      expect(told()).toEqual([]);
      expect(events.filter(({ type }) => type === 'event')).toHaveLength(1);
    });

    it('nor one that was told without its market first', () => {
      expect(late(MARKET, 30, order('0x1')).told()).toEqual([]);
    });

    it('nor one that was told without its market until it ended', () => {
      const { told } = late(MARKET, 30, order('0x2'), order('0x2', `${of(MARKET)},"close":true`));
      expect(told()).toEqual([]);
    });

    it('opens one that may have been placed since, and one that no load asked for', () => {
      expect(late(MARKET, 1).told()).toEqual([['0x1', MARKET, 2]]);
      expect(late(NEW, 30).told()).toEqual([['0x1', undefined, undefined]]);
    });

    it('nor one whose end was lost while the load waited for the end of a ban', () => {
      let [isFirst, isBanned] = [true, false];
      const { wire, told, pass } = follow({
        rest: (path) => {
          if (path.startsWith('/v1/balance') && !isBanned) {
            isBanned = true;
            return response('{}', { status: 429, headers: { 'retry-after': '30' } });
          }
          if (!path.startsWith('/v1/orders') || !isFirst) return undefined;
          isFirst = false;
          return 'Error: later';
        },
      });
      wire().receive(orders(order('0x1', of(MARKET))));
      for (let waited = 0; waited < 60_000 && told() === 'syncing'; waited += 50) pass(50);
      expect([isFirst, isBanned, told()]).toEqual([false, true, []]);
    });

    it('undoes no balance', () => {
      let [isDown, locked] = [true, '0'];
      const { wire, balances, pass } = follow({
        rest: (path) =>
          path.startsWith('/v1/balance') ? (isDown ? 'Error: later' : `{${amounts(locked)}}`) : undefined,
      });
      wire().receive(
        `{"action":"subscribe_balances","balance":[{"identity":{"ContractId":"${ACCOUNT}"},"asset_id":"${BASE}",${amounts('1')}}]}`,
      );
      pass(30_000);
      [isDown, locked] = [false, '2'];
      for (let waited = 0; waited < 9_000 && balances.at(-1)?.status === 'syncing'; waited += 50) pass(50);
      const last = balances.at(-1);
      expect(last?.status === 'live' && last.value.map(({ units }) => units.locked)).toEqual(['2', '2']);
    });
  });

  it('does not undo a newer balance, unless the venue’s clock was set back', () => {
    const { wire, balances } = follow();
    const told = (): unknown => {
      const last = balances.at(-1);
      return last?.status === 'live' ? last.value.find(({ assetId }) => assetId === BASE)?.units.locked : last?.status;
    };
    const balance = (locked: string, seen: string): string =>
      `{"action":"subscribe_balances","balance":[{"identity":{"ContractId":"${ACCOUNT}"},"asset_id":"${BASE}",${amounts(locked)}}],"seen_timestamp":"${seen}"}`;
    wire().receive(balance('1', '1774483200000000000'), balance('2', '1774483202000000000'));
    wire().receive(balance('1', '1774483200000000000'));
    expect(told()).toBe('2');
    wire().receive(balance('3', '1774479600000000000'));
    expect(told()).toBe('3');
    expect(QUOTE).not.toBe(BASE);
  });

  it('takes one that does not say when, and has what it may have undone loaded again', () => {
    let [locked, loads] = ['0', 0];
    const { wire, balances, pass, faults } = follow({
      rest: (path) => {
        if (!path.startsWith('/v1/balance')) return undefined;
        loads += 1;
        return `{${amounts(locked)}}`;
      },
    });
    const told = (): unknown => {
      const last = balances.at(-1);
      return last?.status === 'live' ? last.value.find(({ assetId }) => assetId === BASE)?.units.locked : last?.status;
    };
    const before = loads;
    const balance = (amount: string, seen: string): string =>
      `{"action":"subscribe_balances","balance":[{"identity":{"ContractId":"${ACCOUNT}"},"asset_id":"${BASE}",${amounts(amount)}}],"seen_timestamp":${seen}}`;
    locked = '2';
    wire().receive(balance('2', '"1774483202000000000"'), balance('1', '{}'));
    expect(told()).toBe('1');
    expect(faults).toMatchObject([{ type: 'decode', path: expect.stringContaining('seen_timestamp') }]);
    pass(11_000);
    expect([loads > before, told()]).toEqual([true, '2']);
  });
});

describe('a nonce', () => {
  const frame = (nonce: string, seen: string): string =>
    `{"action":"subscribe_nonce","contract_id":"${ACCOUNT}","nonce":${nonce},"seen_timestamp":"${seen}"}`;

  it('is passed over where a load overtook it, and taken where the venue counts anew', () => {
    const { wire, nonce, pass } = follow();
    const told = (): unknown => {
      const last = nonce.at(-1);
      return last?.status === 'live' ? last.value.nonce : last?.status;
    };
    wire().receive(frame('"99"', '1774483200000000000'));
    expect(told()).toBe('100');
    wire().receive(frame('"101"', '1774483201000000000'));
    wire().receive(frame('"1"', '1774483202000000000'));
    expect(told()).toBe('1');
    wire().receive(frame('"2"', '1774483203000000000'), frame('"1"', '1774483202000000000'));
    expect(told()).toBe('2');
    wire().lose();
    pass(30_000);
    expect(told()).toBe('100');
    wire(1).receive(frame('"3"', '1774483300000000000'));
    expect(told()).toBe('3');
  });

  it.each([-3_600_000, 0, 3_600_000])('is taken where the venue counts anew, the clock set by %d ms', (wrong) => {
    const { wire, nonce, pass, adjust } = follow();
    const untimed = (text: string): string =>
      `{"action":"subscribe_nonce","contract_id":"${ACCOUNT}","nonce":${text},"seen_timestamp":null}`;
    const told = (): unknown => {
      const last = nonce.at(-1);
      return last?.status === 'live' ? last.value.nonce : last?.status;
    };
    pass(20_000);
    wire().receive(untimed('"101"'));
    adjust(wrong);
    pass(4_000);
    wire().receive(untimed('"1"'));
    expect(told()).toBe('101');
    pass(20_000);
    wire().receive(untimed('"1"'));
    expect(told()).toBe('1');
  });

  it('that comes late and does not say when stands until the account is loaded again', () => {
    let [present, loads] = ['100', 0];
    const { wire, nonce, pass, faults } = follow({
      rest: (path) => {
        if (!path.startsWith('/v1/accounts')) return undefined;
        loads += 1;
        return `{"trade_account":{"nonce":"${present}"}}`;
      },
    });
    present = '105';
    wire().receive(`{"action":"subscribe_nonce","contract_id":"${ACCOUNT}","nonce":"103","seen_timestamp":{}}`);
    expect(nonce.at(-1)).toMatchObject({ status: 'live', value: { nonce: '103', venueTime: undefined } });
    expect(faults).toMatchObject([{ type: 'decode', path: expect.stringContaining('seen_timestamp') }]);
    pass(11_000);
    expect([loads, nonce.at(-1)]).toMatchObject([2, { status: 'live', value: { nonce: '105' } }]);
  });

  it.each([
    ['"0100"', '100'],
    ['"0X64"', '100'],
    [`"0x${'64'.padStart(64, '0')}"`, '100'],
    ['100', '100'],
  ])('is read as the venue’s own clients read it: %s', (text, value) => {
    const { nonce } = follow({
      rest: (path) => (path.startsWith('/v1/accounts') ? `{"trade_account":{"nonce":${text}}}` : undefined),
    });
    expect(nonce.at(-1)).toMatchObject({ status: 'live', value: { nonce: value } });
  });

  it('of an account that does not exist yet is waited for, and that is told', () => {
    const bodies = ['{"trade_account_id":null,"trade_account":null,"session":null}'];
    const { nonce, pass, faults } = follow({
      rest: (path) => (path.startsWith('/v1/accounts') ? bodies.shift() : undefined),
    });
    expect(faults).toMatchObject([
      { type: 'snapshot', message: expect.stringContaining('there is no such trading account') },
    ]);
    pass(5_000);
    expect(nonce.at(-1)).toMatchObject({ status: 'live', value: { nonce: '100' } });
  });
});

describe('a pong that does not come', () => {
  it('has the wire given up: the next, taken for it, would confirm what is not subscribed yet', () => {
    let isSwallowed = true;
    const { exchange, network, pass, said, connection } = rig({
      rest: () => '{"orders":[]}',
      pongs: () => !isSwallowed,
    });
    const states: string[] = [];
    exchange.openOrders(ACCOUNT).subscribe(({ status }) => states.push(status));
    pass(9_000);
    isSwallowed = false;
    expect([network.wires.length, states]).toEqual([1, ['syncing']]);
    pass(2_000);
    expect(connection.find(({ status }) => status === 'lost')).toMatchObject({ reason: 'silent' });
    pass(5_000);
    expect(said(1)).toEqual(['subscribe_orders', 'PING']);
    expect(states).toEqual(['syncing', 'live']);
  });
});

const many = (text: string, size: number): string =>
  Array.from({ length: Math.floor(size / (text.length + 1)) }, () => text).join();
const UNREADABLE = '{"order_id":"0x1","side":"buy","quantity":"1","price":"1","owner":5}';

describe('what can not be read', () => {
  const paths = (faults: readonly { readonly type: string }[]): readonly unknown[] =>
    faults.filter(({ type }) => type === 'decode').map((fault) => ('path' in fault ? fault.path : fault));

  it.each([
    ['order_type', '5', 'OrderType'],
    ['price_fill', '{}', 'U64'],
    ['timestamp', '[]', 'U128'],
    ['desired_quantity', '{"Base":{"remaining_quantity":-1}}', 'DesiredQuantity'],
    ['owner', '{"Wallet":"0x1"}', 'Identity'],
  ])('of an order costs its field %s, in a load and in an update', (field, value) => {
    const bad = order('0x1', of(MARKET))
      .replace(/,"timestamp":"\d+"/, '')
      .replace('}', `,"${field}":${value}}`);
    const { told, wire, faults } = follow({
      rest: (path) => (path.startsWith('/v1/orders') ? `{"orders":[${bad},${order('0x2')}]}` : undefined),
    });
    wire().receive(orders(bad.replace('0x1', '0x3')));
    expect(told()).toEqual(['0x2', '0x1', '0x3'].map((id) => [id, MARKET, 2]));
    expect(paths(faults)).toHaveLength(2);
    expect(paths(faults)[0]).toContain(`o2.OrdersAnswer/orders: Orders/0: o2.Order/${field}: `);
  });

  it('costs an order of a load, and not the account', () => {
    const { told, faults } = follow({
      rest: (path) => (path.startsWith('/v1/orders') ? `{"orders":[{"order_id":"0x1"},${order('0x2')}]}` : undefined),
    });
    expect(told()).toEqual(['unreadable', ['0x2', MARKET, 2]]);
    expect(paths(faults)).toEqual(['o2.OrdersAnswer/orders: Orders/0: o2.Order/side: Side']);
  });

  it('costs a balance of a load, and not the others; what is no balance is asked for again', () => {
    let isBusy = true;
    const { balances, faults, pass } = follow({
      rest: (path) => {
        if (!path.startsWith('/v1/balance')) return undefined;
        if (path.includes(QUOTE)) return `{${amounts('no')}}`;
        return isBusy ? '{"code":1000,"message":"Internal error"}' : `{${amounts('7')}}`;
      },
    });
    expect(balances.at(-1)?.status).toBe('syncing');
    isBusy = false;
    pass(10_000);
    expect(balances.at(-1)).toMatchObject({
      status: 'stale',
      reason: 'unreadable',
      value: [{ assetId: BASE, units: { locked: '7' } }],
    });
    expect(paths(faults)).toContain('o2.BalanceAnswer/total_locked: U128');
  });

  it('is asked for again: what could not be read once is not missing for good', () => {
    let isBad = true;
    const { told, balances, pass, wire } = follow({
      rest: (path) => {
        if (path.startsWith('/v1/orders')) return `{"orders":[${isBad ? '{}' : order('0x1')},${order('0x2')}]}`;
        return path.includes(QUOTE) ? `{${amounts(isBad ? 'no' : '5')}}` : undefined;
      },
    });
    expect(told()).toEqual(['unreadable', ['0x2', MARKET, 2]]);
    wire().receive(orders(order('0x2', `${of(MARKET)},"close":true`)));
    expect(told()).toEqual(['unreadable']);
    pass(3_000);
    expect(balances.at(-1)?.status).toBe('stale');
    isBad = false;
    pass(11_000);
    expect(told()).toEqual([['0x1', MARKET, 2]]);
    const last = balances.at(-1);
    expect(last?.status === 'live' && last.value.map(({ units }) => units.locked)).toEqual(['0', '5']);
  });

  it('costs a market of the list, one of so many decimals too, and not the others', () => {
    const markets = marketsBody([MARKET, NEW]).replace(/"decimals":9/, '"decimals":400000000');
    const { exchange, pass, faults } = rig({ markets: undefined, rest: () => markets });
    const found: string[] = [];
    exchange.markets().subscribe((all) => found.push(...all.map(({ id }) => id)));
    // The list is asked for once more: it may have been an accident.
    pass(1_000);
    expect(found).toEqual([NEW]);
    const path = 'o2.MarketsAnswer/markets: Markets/0: o2.Market/base: o2.Asset/decimals: Int';
    expect(paths(faults)).toEqual([path, path]);
  });

  it('costs a trade, and not those beside it', () => {
    const { exchange, pass, wire, faults } = rig();
    const ids: string[] = [];
    exchange.trades(MARKET).subscribe(({ id }) => ids.push(id));
    pass(100);
    const trade = (id: string, side: string): string =>
      `{"trade_id":"${id}","side":"${side}","price":"1","quantity":"1","timestamp":1}`;
    wire().receive(
      `{"action":"subscribe_trades","market_id":"${MARKET}","seen_timestamp":{},"trades":[${trade('1', 'buy')},${trade('2', 'up')},${trade('3', 'sell')}]}`,
    );
    expect(ids).toEqual(['1', '3']);
    expect(paths(faults)).toEqual(['o2.Trades/trades: Trades/1: o2.Trade/side: Side']);
  });

  it('lets an order through whose type nobody knew', () => {
    const { wire, open, faults } = follow();
    wire().receive(orders(order('0x1', `${of(MARKET)},"order_type":{"Trigger":{"price":"1"}}`)));
    expect(open.at(-1)).toMatchObject({ status: 'live', value: [{ id: '0x1', type: 'Trigger' }] });
    expect(faults).toEqual([]);
  });

  it.each<[string, (size: number) => string]>([
    [
      'trades of nothing',
      (size) => `{"action":"subscribe_trades","market_id":"${MARKET}","trades":[${many('{}', size)}]}`,
    ],
    ['orders', (size) => `{"action":"subscribe_orders","orders":[${many(UNREADABLE, size)}]}`],
    [
      'zeros',
      (size) =>
        `{"action":"subscribe_orders","orders":[{"order_id":"0x1","side":"buy","quantity":"${'0'.repeat(size)}","price":"1"}]}`,
    ],
    [
      'nines',
      (size) =>
        `{"action":"subscribe_depth","market_id":"${MARKET}","view":{"buys":[{"price":"${'9'.repeat(size)}","quantity":"1"}]}}`,
    ],
    ['a nonce', (size) => `{"action":"subscribe_nonce","nonce":"0x${'0'.repeat(size)}","contract_id":"${ACCOUNT}"}`],
    [
      'lists',
      (size) =>
        `{"action":"subscribe_depth","market_id":"${MARKET}","view":${'['.repeat(size / 2)}${']'.repeat(size / 2)}}`,
    ],
  ])('costs work that grows no faster than the frame: %s', (_, frameOf) => {
    expectLinear(60_000, (size) => {
      const { exchange, pass, wire } = rig();
      exchange.trades(MARKET).subscribe();
      exchange.orders(ACCOUNT).subscribe();
      exchange.book(MARKET).subscribe();
      pass(100);
      const text = frameOf(size);
      return () => {
        wire().receive(text);
      };
    });
  });
});

describe('open orders of more than one page', () => {
  const pageFrom = (first: number, count: number): string =>
    `{"orders":[${Array.from({ length: count }, (_, index) => order(`0x${first + index}`)).join()}]}`;

  it('are asked for until a page is short', () => {
    const rest = (path: string) =>
      path.startsWith('/v1/orders')
        ? path.includes('start_order_id=0x199')
          ? pageFrom(199, 50)
          : pageFrom(0, 200)
        : undefined;
    const { open } = follow({ rest });

    const last = open.at(-1);
    expect(last?.status === 'live' && last.value.length).toBe(249);
  });

  it('are never taken for whole where the pages repeat, nor asked for without a pause', () => {
    let asked = 0;
    const rest = (path: string) => {
      if (!path.startsWith('/v1/orders')) return undefined;
      asked += 1;
      if (asked > 100) throw new Error('asked without an end');
      return pageFrom(0, 200);
    };
    const { open, faults, pass } = follow({ rest });
    pass(20_000);

    expect(open.at(-1)).toMatchObject({ status: 'syncing' });
    expect(asked).toBeLessThan(20);
    expect(faults.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('the pages of orders repeat after 200 orders'),
    );
  });
});

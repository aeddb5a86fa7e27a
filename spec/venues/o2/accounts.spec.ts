import type { AccountEvent, AccountState } from '../../../lib/index.js';
import { response } from '../../../lib/testing/index.js';
import type { O2Balance, O2Nonce, O2Order } from '../../../lib/venues/o2/index.js';
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
    return last?.status === 'live' ? last.value.map(({ id, market, price }) => [id, market?.id, price]) : last?.status;
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
    pass(100);
    wire().receive(orders(order('0x1', of(MARKET))));
    expect(told()).toEqual([]);
  });

  it('is put right where the load knew better, and nothing else will tell', () => {
    const { wire, told, pass, events } = follow();
    // Its end was in a frame that could not be read.
    wire().receive('{');
    pass(100);
    wire().receive(orders(order('0x1', of(MARKET))));
    expect(told()).toEqual([['0x1', MARKET, 2]]);
    pass(10_000);
    expect(told()).toEqual([]);
    expect(events.at(-1)?.type).toBe('snapshot');
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

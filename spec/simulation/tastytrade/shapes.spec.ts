import { VirtualTimeScheduler } from 'rxjs';
import { simulatedTastytrade } from '../../../lib/simulation/index.js';
import { captured, type Captured, strangeIn } from '../shapes.js';
import {
  balanceKeys,
  chainKeys,
  computedKeys,
  nodeKeys,
  positionKeys,
  statusKeys,
  transactionKeys,
  yearGainKeys,
} from './keys.js';

// Orders and replies as the venue sent them; all else by the keys of captured answers, and by what its documents say of the
// values: money is text, time has an offset.

type Json = Readonly<Record<string, unknown>>;
const START = Date.UTC(2026, 7, 12);
const ACCOUNT = '5WT00000';
const LOGIN =
  '{"refresh_token":"simulated-refresh-token","client_secret":"simulated-client-secret","scope":"read trade","grant_type":"refresh_token"}';
const REQUESTS = ['balances', 'positions', 'orders/live', 'trading-status'].map(
  (path) => `/accounts/${ACCOUNT}/${path}`,
);

/** What the stream and requests say within a minute, by what it is. */
function traded() {
  const scheduler = new VirtualTimeScheduler(undefined, START);
  scheduler.frame = START;
  const venue = simulatedTastytrade({
    scheduler,
    seed: 1,
    latency: 0,
    accounts: [ACCOUNT],
    activity: 20,
    stepEvery: 25,
  });
  const all = new Map<string, unknown[]>();
  const note = (name: string, value: unknown): void => {
    all.set(name, [...(all.get(name) ?? []), value]);
  };
  const ask = (path: string, headers: Readonly<Record<string, string>> = {}, body?: string): Json => {
    let answer: unknown;
    const method = body === undefined ? 'GET' : 'POST';
    venue.network
      .request({ method, url: `https://venue${path}`, headers, ...(body !== undefined && { body }) })
      .subscribe((response) => (answer = JSON.parse(response.body)));
    scheduler.flush();
    return answer as Json;
  };
  const token = `Bearer ${String(ask('/oauth/token', {}, LOGIN)['access_token'])}`;
  venue.network.open({ url: 'wss://streamer' }).subscribe((wire) => {
    wire.messages.subscribe((text) => {
      const { type, status, data, ...reply } = JSON.parse(text) as Json & { readonly type?: string };
      const { status: standing, 'order-type': kind } = (data ?? {}) as Json;
      const state = type === 'Order' ? ` ${String(standing)}${kind === 'Stop' ? ', a stop' : ''}` : '';
      note(
        type === undefined ? `reply ${String(status)}` : `${type}${state}`,
        type === undefined ? { status, ...reply } : data,
      );
      if (type !== undefined) note('envelope', { type, ...reply });
    });
    const say = (message: Json): void => wire.send(JSON.stringify({ ...message, 'auth-token': token }));
    say({ action: 'quote-alerts-subscribe', 'request-id': 1 });
    say({ action: 'connect', value: [ACCOUNT], 'request-id': 2 });
    say({ action: 'quote-alerts-subscribe', 'request-id': 3 });
  });
  scheduler.maxFrames = START + 40_000;
  scheduler.flush();
  for (const path of REQUESTS) note(path, ask(path, { Authorization: token }));
  return all;
}

const routed =
  '{"id":507349840,"account-number":"5WY00000","cancellable":false,"editable":false,"edited":false,"global-request-id":"2d125a3388db9cabb7b824d3fdab707f","leg-count":1,"order-type":"Limit","price":"10.51","price-effect":"Debit","received-at":"2026-09-17T18:32:28.393+00:00","size":1,"source":"WB2;0.174.2","status":"Routed","time-in-force":"Day","underlying-instrument-type":"Equity","underlying-symbol":"NOK","updated-at":1789669948413,"legs":[{"action":"Buy to Open","instrument-type":"Equity","quantity":1,"remaining-quantity":1,"symbol":"NOK","fills":[]}]}';
const live =
  '{"id":507349840,"account-number":"5WY00000","cancellable":true,"editable":true,"edited":false,"ext-client-order-id":"JAAAC1DXlca8hLdo0w","global-request-id":"2d125a3388db9cabb7b824d3fdab707f","leg-count":1,"order-type":"Limit","price":"10.51","price-effect":"Debit","received-at":"2026-09-17T18:32:28.393+00:00","size":1,"source":"WB2;0.174.2","status":"Live","time-in-force":"Day","underlying-instrument-type":"Equity","underlying-symbol":"NOK","updated-at":1789669948464,"legs":[{"action":"Buy to Open","instrument-type":"Equity","quantity":1,"remaining-quantity":0,"symbol":"NOK","fills":[{"destination-venue":"SUSQUEHANNA_EQUITIES_B","fill-id":"2609179990014993642","fill-price":"10.505","filled-at":"2026-09-17T18:32:28.435+00:00","quantity":1}]}]}';
const filled =
  '{"id":507349840,"account-number":"5WY00000","cancellable":false,"editable":false,"edited":false,"ext-client-order-id":"JAAAC1DXlca8hLdo0w","global-request-id":"2d125a3388db9cabb7b824d3fdab707f","leg-count":1,"order-type":"Limit","price":"10.51","price-effect":"Debit","received-at":"2026-09-17T18:32:28.393+00:00","size":1,"source":"WB2;0.174.2","status":"Filled","terminal-at":"2026-09-17T18:32:28.468+00:00","time-in-force":"Day","underlying-instrument-type":"Equity","underlying-symbol":"NOK","updated-at":1789669948471,"legs":[{"action":"Buy to Open","instrument-type":"Equity","quantity":1,"remaining-quantity":0,"symbol":"NOK","fills":[{"destination-venue":"SUSQUEHANNA_EQUITIES_B","fill-id":"2609179990014993642","fill-price":"10.505","filled-at":"2026-09-17T18:32:28.435+00:00","quantity":1}]}]}';
const cancelled =
  '{"id":507358650,"account-number":"5WY00000","cancellable":false,"cancelled-at":"2026-09-17T18:52:28.046+00:00","cancelled-size":"1.0","editable":false,"edited":true,"ext-client-order-id":"JAAAC1DjaMXU2XYwWC","global-request-id":"6b561ad90ef9c93d6811049d56720fed","leg-count":1,"order-type":"Limit","price":"10.29","price-effect":"Debit","received-at":"2026-09-17T18:51:59.992+00:00","replacing-order-id":507358867,"size":1,"source":"QuantConnect","status":"Cancelled","terminal-at":"2026-09-17T18:52:28.065+00:00","time-in-force":"GTC","underlying-instrument-type":"Equity","underlying-symbol":"NOK","updated-at":1789671148078,"legs":[{"action":"Buy to Open","instrument-type":"Equity","quantity":1,"remaining-quantity":1,"symbol":"NOK","fills":[]}]}';

/** As `order.py` of tastyware/tastytrade has it: what triggers it in the place of a price. */
const stop = (frame: string): string =>
  frame
    .replace(/"price":"[^"]*","price-effect":"Debit"/, '"stop-trigger":"9.50"')
    .replace('"Limit"', '"Stop"')
    .replace('"legs"', '"complex-order-id":77001,"complex-order-tag":"OCO::stop","legs"');

/** What any order may have, with the kinds that the venue's documents give it. */
const ofAnyOrder: Readonly<Record<string, readonly string[]>> = {
  'replaces-order-id': ['integer'],
  'replacing-order-id': ['integer'],
  'complex-order-id': ['integer'],
  'complex-order-tag': ['text'],
  // Ids are opaque.
  'ext-client-order-id': ['text'],
  'legs[].fills[]': ['object'],
  'legs[].fills[].destination-venue': ['text'],
  'legs[].fills[].fill-id': ['text'],
  'legs[].fills[].fill-price': ['decimal as text'],
  'legs[].fills[].filled-at': ['time with +00:00'],
  'legs[].fills[].quantity': ['integer'],
};
const within = (path: string, kinds: Readonly<Record<string, readonly string[]>>) =>
  Object.fromEntries(Object.entries(kinds).map(([key, value]) => [`${path}${key}`, value]));
const order = (frame: string): Omit<Captured, 'frames'> => {
  const isWithId = frame.includes('ext-client-order-id');
  const documented = Object.entries(ofAnyOrder).filter(([key]) => isWithId || key !== 'ext-client-order-id');
  const optional = Object.keys(ofAnyOrder).filter((key) => key !== 'ext-client-order-id');
  return { optional: [...optional, 'legs[].fills[]'], documented: Object.fromEntries(documented) };
};

/** Of keys, a value of the kind that each name tells of. */
function valueOf(key: string): unknown {
  if (
    /^(quantity|restricted-quantity|day-trade-count|cmta-override|roll-count|lite-nodes-sizes|order-fill-count)$/.test(
      key,
    )
  )
    return 1;
  if (/^(open|roll|winner-.*|is-.*|are-.*|has-.*|short-calls-enabled)$/.test(key)) return false;
  if (/(-date|^snapshot-date)$/.test(key)) return '2026-09-17';
  if (key.endsWith('-at')) return '2026-09-17T18:32:28.500+00:00';
  if (
    /(-effect|-direction|-type|-number|-name|symbol|-level|-identifier|^(id|currency|year|direction|state|source))$/.test(
      key,
    )
  )
    return 'text';
  if (/^(description|disbursement-type|ext-transfer-id|transfer-method|time-of-day)$/.test(key)) return 'text';
  return '0.5';
}
const sampled = (keys: readonly string[], own: Json = {}): string =>
  JSON.stringify({ ...Object.fromEntries(keys.map((key) => [key, valueOf(key)])), ...own });

const balance = sampled(balanceKeys);
const position = sampled(positionKeys);
const status = sampled(statusKeys, { id: 15 });
const statusMore = Object.fromEntries(
  [
    ...['autotrade-account-type', 'clearing-account-number', 'clearing-aggregation-identifier'].map(
      (key) => [key, ['text']] as const,
    ),
    ...['is-cryptocurrency-closing-only', 'is-portfolio-margin-enabled', 'is-risk-reducing-only'].map(
      (key) => [key, ['boolean']] as const,
    ),
    ['cmta-override', ['integer']] as const,
  ].map(([key, kinds]) => [key, kinds]),
);
const entry =
  '{"symbol":"RUT   260320P02050000","instrument-type":"Equity Option","quantity":"1","quantity-type":"Short","quantity-numeric":"-1"}';
const legOfNode =
  '{"symbol":"NOK","instrument-type":"Equity","action":"Sell to Open","fill-quantity":"1","order-quantity":"1"}';
/** Its times have no colon. */
const old = '2026-03-07T15:30:00.000+0000';
const costs = ['total-closing-cost', 'total-cost', 'realized-gain-with-fees'].flatMap((key) => [key, `${key}-effect`]);
const winners = ['winner-realized', 'winner-realized-and-closed', 'winner-realized-with-fees'];
const chain = sampled(chainKeys, {
  id: '12345',
  'lite-nodes-sizes': 1,
  'computed-data': {
    ...(JSON.parse(sampled([...computedKeys, ...costs, ...winners])) as Json),
    'opened-at': old,
    'last-occurred-at': old,
    'open-entries': [JSON.parse(entry)],
  },
  'lite-nodes': [
    {
      ...(JSON.parse(
        sampled([...nodeKeys, 'total-fees', 'total-fees-effect', 'total-fill-cost', 'total-fill-cost-effect']),
      ) as Json),
      id: 'node-1',
      'occurred-at': old,
      'gcd-quantity': '1',
      legs: [JSON.parse(legOfNode)],
      entries: [],
    },
  ],
});

const cases: readonly (readonly [name: string, frames: readonly string[], more?: Omit<Captured, 'frames'>])[] = [
  [
    'reply ok',
    [
      '{"status":"ok","action":"connect","web-socket-session-id":"c8531fa0","value":["abc"],"request-id":1}',
      '{"status":"ok","action":"heartbeat","web-socket-session-id":"13ec76b6","request-id":3}',
    ],
  ],
  [
    'reply error',
    [
      '{"status":"error","action":"quote-alerts-subscribe","web-socket-session-id":"5b6e2799","message":"connect-not-completed","request-id":1}',
      '{"status":"error","action":"connect","web-socket-session-id":"423f58ac","message":"failed"}',
    ],
    { optional: ['request-id'] },
  ],
  ['envelope', ['{"type":"Order","timestamp":1789669948424,"ws-sequence":2}']],
  ['Order Routed', [routed], order(routed)],
  ['Order Live', [live, live.replace('JAAAC1DXlca8hLdo0w', '4c60e5')], order(live)],
  ['Order Filled', [filled], order(filled)],
  ['Order Cancelled', [cancelled], order(cancelled)],
  ['Order Routed, a stop', [stop(routed)], order(routed)],
  ['Order Live, a stop', [stop(live)], order(live)],
  ['Order Filled, a stop', [stop(filled)], order(filled)],
  ['Order Cancelled, a stop', [stop(cancelled)], order(cancelled)],
  [
    'Order Rejected',
    [
      routed
        .replace('"Routed"', '"Rejected","reject-reason":"Insufficient buying power"')
        .replace('"time-in-force"', '"terminal-at":"2026-09-17T19:00:00.100+00:00","time-in-force"'),
    ],
    order(routed),
  ],
  [
    'ComplexOrder',
    [
      `{"id":77001,"account-number":"5WT00000","type":"OCO","orders":[${[routed, live, filled, cancelled].flatMap((one) => [one, stop(one)]).join(',')}]}`,
    ],
    {
      optional: [
        ...Object.keys(ofAnyOrder),
        ...['terminal-at', 'cancelled-at', 'cancelled-size'],
        ...['price', 'price-effect', 'stop-trigger'],
      ].map((key) => `orders[].${key}`),
      documented: { 'terminal-at': ['time with +00:00'], ...within('orders[].', ofAnyOrder) },
    },
  ],
  ['AccountBalance', [balance]],
  ['CurrentPosition', [position]],
  ['TradingStatus', [status], { documented: statusMore }],
  ['UnderlyingYearGainSummary', [sampled(yearGainKeys, { year: '2026' })]],
  ['ExternalTransaction', [sampled(transactionKeys, { id: 9001 })]],
  ['OrderChain', [chain], { optional: ['computed-data.open-entries[]', 'lite-nodes[].entries'] }],
  [
    'QuoteAlert',
    [
      '{"alert-external-id":"alert-1","user-external-id":"SENTINEL-U0001","symbol":"AAPL","dx-symbol":"AAPL","instrument-type":"Equity","field":"Last","operator":">","threshold":"200.00","threshold-numeric":200.0,"provider":"dxfeed","created-at":"2026-08-01T12:00:00.000+00:00","triggered-at":"2026-08-03T14:30:00.000+00:00","completed-at":"2026-08-03T14:30:00.100+00:00","expires-at":1797465600000}',
    ],
  ],
  [REQUESTS[0] ?? '', [`{"data":${balance},"context":"/accounts/5WT00000/balances"}`]],
  [REQUESTS[1] ?? '', [`{"data":{"items":[${position}]},"context":"/accounts/5WT00000/positions"}`]],
  [
    REQUESTS[2] ?? '',
    [`{"data":{"items":[${routed},${live},${stop(live)}]},"context":"/accounts/5WT00000/orders/live"}`],
    {
      optional: ['price', 'price-effect', 'stop-trigger', ...Object.keys(ofAnyOrder)].map(
        (key) => `data.items[].${key}`,
      ),
      documented: within('data.items[].', ofAnyOrder),
    },
  ],
  [
    REQUESTS[3] ?? '',
    [`{"data":${status},"context":"/accounts/5WT00000/trading-status"}`],
    { documented: within('data.', statusMore) },
  ],
];

describe('what a simulated tastytrade sends', () => {
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
});

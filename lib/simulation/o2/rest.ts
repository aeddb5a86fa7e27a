import { defer, of, type Observable, type SchedulerLike } from 'rxjs';
import type { HttpRequest, HttpResponse } from '../../network/network.js';
import type { AccountOrder, SimulatedAccount } from '../accounts/simulatedAccount.js';
import { answerWhenDue } from '../faults/answerWhenDue.js';
import type { FaultSchedule } from '../faults/faultSchedule.js';
import { jsonAnswer } from '../jsonAnswer.js';
import { parseUrl } from '../parseUrl.js';
import { SlidingWindow } from '../slidingWindow.js';
import { DepthAt } from './depth.js';
import { amountsText, orderText, tradeText } from './frames.js';
import { idOf } from './ids.js';
import type { O2Limits } from './limits.js';
import { hexId, type VenueAsset, type VenueMarket } from './venueMarket.js';

export interface RestConfig {
  readonly markets: readonly VenueMarket[];
  readonly assets: readonly VenueAsset[];
  /** By contract id. */
  readonly accounts: ReadonlyMap<string, SimulatedAccount>;
  readonly limits: O2Limits;
  readonly faults: FaultSchedule;
  readonly scheduler: SchedulerLike;
  readonly now: () => number;
  readonly requested: (path: string) => void;
  readonly violated: (limit: keyof O2Limits) => void;
}

/** The requests that go with the streams: markets, depth, trades, orders, balances, accounts. */
export function rest(config: RestConfig): (request: HttpRequest) => Observable<HttpResponse> {
  const { markets, accounts, limits, faults, scheduler, now } = config;
  const pace = new SlidingWindow(limits.requestsPerSecond, 1_000);
  const marketOf = (query: URLSearchParams): VenueMarket | undefined => {
    const id = idOf(query.get('market_id') ?? '');
    return markets.find((market) => market.id === id);
  };

  const body = (path: string, query: URLSearchParams): string | undefined => {
    switch (path) {
      case '/v1/markets':
        return marketsBody(markets.filter(({ pair }) => faults.take('unknownSymbol', pair) === undefined));
      case '/v1/depth': {
        const market = marketOf(query);
        if (market === undefined) return undefined;
        const { buys, sells } = new DepthAt(market, BigInt(query.get('precision') ?? '10'), 'absolute').whole;
        const side = (levels: typeof buys): string =>
          levels.map(([price, quantity]) => `{"price":"${price}","quantity":"${quantity}"}`).join(',');
        return `{"action":"depth","orders":{"buys":[${side(buys)}],"sells":[${side(sells)}]},"market_id":"${market.id}"}`;
      }
      case '/v1/trades': {
        const market = marketOf(query);
        if (market === undefined) return undefined;
        const count = Math.min(50, Number(query.get('count') ?? '50'));
        const trades = market.instrument.tape.tradesAfter(0).slice(-count);
        return `[${trades.map((trade) => tradeText(market, trade)).join(',')}]`;
      }
      case '/v1/orders':
        return ordersBody(query, marketOf(query));
      case '/v1/balance': {
        const account = accounts.get(idOf(query.get('contract') ?? ''));
        const balance = account?.balances.get(idOf(query.get('asset_id') ?? '')) ?? { free: 0n, locked: 0n };
        return `{"order_books":{},${amountsText(balance)}}`;
      }
      case '/v1/accounts': {
        const id = idOf(query.get('trade_account_id') ?? '');
        const account = accounts.get(id);
        if (account === undefined) return '{"trade_account_id":null,"trade_account":null,"session":null}';
        const owner = hexId(`owner ${id}`);
        return (
          `{"trade_account_id":"${id}","trade_account":{"last_modification":1,"nonce":"0x${account.nonce.toString(16)}"` +
          `,"owner":{"Address":"${owner}"}},"session":null}`
        );
      }
      default:
        return undefined;
    }
  };

  /** Open orders of one account and market, a page of them from the newest; ids without `0x`. */
  const ordersBody = (query: URLSearchParams, market: VenueMarket | undefined): string | undefined => {
    const id = idOf(query.get('contract') ?? '');
    const account = accounts.get(id);
    if (market === undefined) return undefined;
    const count = Math.min(200, Number(query.get('count') ?? '20'));
    const of$ = (order: AccountOrder): boolean => order.symbol === market.instrument.spec.symbol;
    const newest = [...(account?.openOrders ?? [])].filter(of$).sort((a, b) => b.number - a.number);
    const from = newest.findIndex((order) =>
      orderText(id, market, order, false).includes(query.get('start_order_id') ?? '-'),
    );
    const page = newest.slice(from + 1, from + 1 + count).map((order) => orderText(id, market, order, true));
    return `{"identity":{"ContractId":"${id}"},"market_id":"${market.id.slice(2)}","orders":[${page.join(',')}]}`;
  };

  return (request) =>
    defer(() => {
      const location = parseUrl(request.url);
      const path = location?.pathname ?? '';
      config.requested(path);
      if (!pace.admits(now())) {
        config.violated('requestsPerSecond');
        return of(refusal(429, 1003, 'Rate limit exceeded'));
      }
      if (request.method !== 'GET') return of(refusal(405, 1001, 'Invalid request'));
      const failing = faults.take('failingSnapshot', path);
      const slow = faults.take('slowSnapshot', path);
      const answer = (): HttpResponse => {
        const status = failing?.status ?? (failing === undefined ? 200 : 500);
        if (status === 429) return refusal(429, 1003, 'Rate limit exceeded');
        if (status !== 200) return refusal(status, 1000, 'Internal error');
        const text = body(path, location?.searchParams ?? new URLSearchParams());
        return text === undefined ? refusal(404, 2000, 'Market not found') : jsonAnswer(200, text);
      };
      return answerWhenDue(slow, scheduler, answer);
    });
}

function marketsBody(markets: readonly VenueMarket[]): string {
  const asset = ({ id, symbol, decimals }: VenueAsset): string =>
    `{"symbol":"${symbol}","asset":"${id}","decimals":${decimals},"max_precision":${decimals}}`;
  const one = (market: VenueMarket): string =>
    `{"contract_id":"${market.contractId}","market_id":"${market.id}","maker_fee":"0","taker_fee":"100"` +
    `,"min_order":"1","dust":"0","price_window":0,"base":${asset(market.baseAsset)},"quote":${asset(market.quoteAsset)}}`;
  return (
    `{"books_registry_id":"${hexId('books')}","accounts_registry_id":"${hexId('accounts')}"` +
    `,"trade_account_oracle_id":"${hexId('oracle')}","chain_id":"0x0","base_asset_id":"${hexId('base')}"` +
    `,"markets":[${markets.map(one).join(',')}]}`
  );
}

const refusal = (status: number, code: number, message: string): HttpResponse =>
  jsonAnswer(status, JSON.stringify({ code, message }), status === 429 ? { 'retry-after': '1' } : {});

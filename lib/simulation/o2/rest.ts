import { defer, of, type Observable, type SchedulerLike } from 'rxjs';
import type { HttpRequest, HttpResponse } from '../../network/network.js';
import type { SimulatedAccount } from '../accounts/simulatedAccount.js';
import { answerWhenDue } from '../faults/answerWhenDue.js';
import type { FaultSchedule } from '../faults/faultSchedule.js';
import { jsonAnswer } from '../jsonAnswer.js';
import type { TapeTrade } from '../market/tape.js';
import { Parameters } from '../parameters.js';
import { parseUrl } from '../parseUrl.js';
import { SlidingWindow } from '../slidingWindow.js';
import { DepthAt } from './depth.js';
import { holdingsText, orderId, orderText, tradeText } from './frames.js';
import { idOf } from './ids.js';
import { ordersPage, tradesPage } from './pages.js';
import { statisticsText } from './statistics.js';
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
  const { limits, faults, scheduler, now } = config;
  const pace = new SlidingWindow(limits.requestsPerSecond, 1_000);
  const bodies = new Bodies(config);

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
        const parameters = new Parameters(location?.searchParams ?? new URLSearchParams());
        const text = bodies.of(path, parameters);
        if (parameters.wrong !== undefined) return refusal(400, 1001, parameters.wrong.message);
        return text === undefined ? refusal(404, 2000, 'Market not found') : jsonAnswer(200, text);
      };
      return answerWhenDue(slow, scheduler, answer);
    });
}

/** What is answered where nothing is wrong. */
class Bodies {
  constructor(private readonly config: RestConfig) {}

  of(path: string, parameters: Parameters): string | undefined {
    switch (path) {
      case '/v1/markets':
        return this.#markets();
      case '/v1/balance':
        return this.#balance(parameters);
      case '/v1/accounts':
        return this.#account(idOf(parameters.text('trade_account_id') ?? ''));
      default: {
        const id = idOf(parameters.text('market_id') ?? '');
        const market = this.config.markets.find((one) => one.id === id);
        return market && this.#ofMarket(path, market, parameters);
      }
    }
  }

  #ofMarket(path: string, market: VenueMarket, parameters: Parameters): string | undefined {
    switch (path) {
      case '/v1/depth':
        return depthBody(market, parameters);
      case '/v1/trades':
        return tradesText(market, tradesPage(parameters, market.instrument.tape.tradesAfter(0)));
      case '/v1/trades_by_account': {
        const account = this.config.accounts.get(idOf(parameters.text('contract') ?? ''));
        return tradesText(market, tradesPage(parameters, account?.fillsOf(market.instrument.spec.symbol) ?? []));
      }
      case '/v1/orders':
        return this.#orders(market, parameters);
      case '/v1/bars':
      case '/v1/markets/ticker':
      case '/v1/markets/summary':
        return statisticsText(path, market, parameters, this.config.now());
      default:
        return undefined;
    }
  }

  #markets(): string {
    const { markets, faults } = this.config;
    return marketsBody(markets.filter(({ pair }) => faults.take('unknownSymbol', pair) === undefined));
  }

  #balance(parameters: Parameters): string {
    const { accounts, assets, markets } = this.config;
    const account = accounts.get(idOf(parameters.text('contract') ?? ''));
    const asset = assets.find(({ id }) => id === idOf(parameters.text('asset_id') ?? ''));
    return account === undefined || asset === undefined ? NOTHING : `{${holdingsText(account, asset, markets)}}`;
  }

  #account(id: string): string {
    const account = this.config.accounts.get(id);
    if (account === undefined) return '{"trade_account_id":null,"trade_account":null,"session":null}';
    const owner = hexId(`owner ${id}`);
    return (
      `{"trade_account_id":"${id}","trade_account":{"last_modification":1,"nonce":"${account.nonce}"` +
      `,"owner":{"Address":"${owner}"}},"session":null}`
    );
  }

  /** Orders of one account and market, a page of them; ids without `0x`. */
  #orders(market: VenueMarket, parameters: Parameters): string {
    const id = idOf(parameters.text('contract') ?? '');
    const account = this.config.accounts.get(id);
    const page = ordersPage(parameters, account, market.instrument.spec.symbol, ({ number }) => orderId(id, number));
    const texts = page.map((order) => orderText(id, market, order, true));
    return `{"identity":{"ContractId":"${id}"},"market_id":"${market.id.slice(2)}","orders":[${texts.join(',')}]}`;
  }
}

const tradesText = (market: VenueMarket, trades: readonly TapeTrade[]): string =>
  `[${trades.map((trade) => tradeText(market, trade)).join(',')}]`;

/** `limit` is passed over, as the venue may do. */
function depthBody(market: VenueMarket, parameters: Parameters): string {
  const precision = parameters.text('precision') ?? '10';
  const isPower = /^10{0,9}$/.test(precision);
  if (!isPower) parameters.refuse('precision', 'precision is a power of ten');
  const { buys, sells } = new DepthAt(market, isPower ? BigInt(precision) : 1n, 'absolute').whole;
  const side = (levels: typeof buys): string =>
    levels.map(([price, quantity]) => `{"price":"${price}","quantity":"${quantity}"}`).join(',');
  return `{"action":"depth","orders":{"buys":[${side(buys)}],"sells":[${side(sells)}]},"market_id":"${market.id}"}`;
}

/** The balance of whatever is not known. */
const NOTHING = '{"order_books":{},"total_locked":"0","total_unlocked":"0","trading_account_balance":"0"}';

function marketsBody(markets: readonly VenueMarket[]): string {
  const asset = ({ id, symbol, decimals }: VenueAsset, precision: number): string =>
    `{"symbol":"${symbol}","asset":"${id}","decimals":${decimals},"max_precision":${precision}}`;
  const one = ({ id, contractId, baseAsset, quoteAsset, instrument: { units } }: VenueMarket): string =>
    `{"contract_id":"${contractId}","market_id":"${id}","maker_fee":"0","taker_fee":"100"` +
    `,"min_order":"1","dust":"0","price_window":0,"base":${asset(baseAsset, units.sizeDecimals)}` +
    `,"quote":${asset(quoteAsset, units.priceDecimals)}}`;
  return (
    `{"books_registry_id":"${hexId('books')}","accounts_registry_id":"${hexId('accounts')}"` +
    `,"trade_account_oracle_id":"${hexId('oracle')}","chain_id":"0x0","base_asset_id":"${hexId('base')}"` +
    `,"markets":[${markets.map(one).join(',')}]}`
  );
}

const refusal = (status: number, code: number, message: string): HttpResponse =>
  jsonAnswer(status, JSON.stringify({ code, message }), status === 429 ? { 'retry-after': '1' } : {});

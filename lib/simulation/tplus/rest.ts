import { type Observable, type SchedulerLike, defer, of } from 'rxjs';
import type { HttpRequest, HttpResponse } from '../../network/network.js';
import { answerWhenDue } from '../faults/answerWhenDue.js';
import type { FaultSchedule } from '../faults/faultSchedule.js';
import { jsonAnswer } from '../jsonAnswer.js';
import { lowerCased } from '../lowerCased.js';
import { Parameters } from '../parameters.js';
import { parseUrl } from '../parseUrl.js';
import type { SimulatedMarket } from '../market/simulatedMarket.js';
import { refusal } from './refusal.js';
import type { Asset } from './assets.js';
import type { Auth } from './auth.js';
import type { Numbering } from './numbering.js';
import { klinesAnswer } from './klines.js';
import { type ListForm, itemsAnswer, pageOf } from './pages.js';
import { tickerText } from './statisticsBroadcasts.js';
import { outcomeOf, tradeText } from './tradeBroadcasts.js';
import type { UserDesk } from './userDesk.js';

export interface RestConfig {
  readonly source: SimulatedMarket;
  readonly assets: ReadonlyMap<string, Asset>;
  readonly numbering: Numbering;
  readonly faults: FaultSchedule;
  readonly auth: Auth;
  readonly scheduler: SchedulerLike;
  readonly seed: number;
  readonly settleAfter: number;
  readonly lists: ListForm;
  readonly requested: (path: string) => void;
  /** The desk of a user who has signed in. */
  readonly deskOf: (user: string) => UserDesk | undefined;
}

/** The venue's requests, both services on one host. */
export function rest(config: RestConfig): (request: HttpRequest) => Observable<HttpResponse> {
  const requests = new Requests(config);
  return (request) =>
    defer(() => {
      const location = parseUrl(request.url);
      if (location === undefined) return of(refusal(404, 'NOT_FOUND'));
      config.requested(location.pathname);
      return requests.answer(request, location);
    });
}

class Requests {
  constructor(private readonly config: RestConfig) {}

  answer(request: HttpRequest, location: URL): Observable<HttpResponse> {
    const { method } = request;
    const [, root = '', first = ''] = location.pathname.split('/');
    if (method === 'POST') return of(this.#posted(root, request));
    if (method !== 'GET') return of(refusal(405, 'METHOD_NOT_ALLOWED'));
    if (root === 'marketdepth') return this.#depth(first);
    const isOfUser = first === 'user' && (root === 'orders' || root === 'trades');
    const parameters = new Parameters(location.searchParams);
    const answer = isOfUser ? this.#ofUser(root, request, location, parameters) : this.#of(root, first, parameters);
    return of(parameters.wrong === undefined ? answer : refusal(400, 'INVALID_REQUEST'));
  }

  #posted(root: string, { headers, body }: HttpRequest): HttpResponse {
    const { auth } = this.config;
    if (root === 'auth') return auth.token(body);
    return root === 'logout' ? auth.logout(lowerCased(headers)) : refusal(404, 'NOT_FOUND');
  }

  #ofUser(key: 'orders' | 'trades', { headers }: HttpRequest, location: URL, parameters: Parameters): HttpResponse {
    const [, , , user = '', asset = ''] = location.pathname.split('/');
    if (this.config.auth.userOf(lowerCased(headers)) !== user) return refusal(401, 'UNAUTHORIZED');
    const desk = this.config.deskOf(user);
    if (desk === undefined) return refusal(404, key === 'orders' ? 'ORDERS_NOT_FOUND' : 'TRADES_NOT_FOUND');
    return rowsOf(desk, key, parameters, asset === '' ? undefined : asset);
  }

  #of(root: string, first: string, parameters: Parameters): HttpResponse {
    const { source, assets, auth, lists } = this.config;
    const all = [...assets.values()];
    switch (root) {
      case 'nonce':
        return auth.nonce(first);
      case 'trades':
        return this.#trades(parameters, first === '' ? undefined : first);
      case 'klines':
        return this.#ofAsset(first, (asset) => klinesAnswer(asset, parameters, source.now(), lists));
      case 'market':
        return this.#ofAsset(first, (asset) => jsonAnswer(200, marketText(asset)));
      case 'markets':
        return itemsAnswer(all.map(marketText), pageOf(parameters), lists);
      case 'ticker':
        return this.#ofAsset(first, (asset) => jsonAnswer(200, tickerText(asset, source.now())));
      case 'tickers':
        return jsonAnswer(200, `[${all.map((asset) => tickerText(asset, source.now())).join()}]`);
      default:
        return refusal(404, 'NOT_FOUND');
    }
  }

  #assetAt(id: string): Asset | undefined {
    const { faults, assets } = this.config;
    return faults.take('unknownSymbol', id) === undefined ? assets.get(id) : undefined;
  }

  #ofAsset(id: string, answer: (asset: Asset) => HttpResponse): HttpResponse {
    const asset = this.#assetAt(id);
    return asset === undefined ? refusal(404, 'MARKET_NOT_FOUND') : answer(asset);
  }

  #depth(id: string): Observable<HttpResponse> {
    const { faults, scheduler } = this.config;
    const asset = this.#assetAt(id);
    if (asset === undefined) return of(refusal(404, 'MARKET_NOT_FOUND'));
    const failing = faults.take('failingSnapshot', id);
    const slow = faults.take('slowSnapshot', id);
    const answer = (): HttpResponse => {
      if (failing !== undefined) return failure(failing.status ?? 500);
      const stale = faults.take('staleSnapshot', id);
      return jsonAnswer(200, this.#snapshotText(asset, stale === undefined ? 0 : (stale.delay ?? 5_000)));
    };
    return answerWhenDue(slow, scheduler, answer);
  }

  /** Sides as sorted maps give them: lowest price first, bids too. */
  #snapshotText({ instrument: { book, spec } }: Asset, age: number): string {
    const { source, numbering } = this.config;
    const served = age === 0 ? book.sequence : book.sequenceAt(source.now() - age);
    // What was before a restart is gone.
    const sequence = numbering.numberOf(spec.symbol, served) < 1 ? book.sequence : served;
    const { bids = [], asks = [], sequence: at = sequence } = book.trueBook(sequence) ?? {};
    const sequence_number = numbering.numberOf(spec.symbol, at);
    return JSON.stringify({ asks, bids: [...bids].reverse(), sequence_number });
  }

  #trades(parameters: Parameters, id: string | undefined): HttpResponse {
    const { assets } = this.config;
    const asset = id === undefined ? undefined : assets.get(id);
    if (id !== undefined && asset === undefined) return refusal(404, 'MARKET_NOT_FOUND');
    const all = (asset === undefined ? [...assets.values()] : [asset]).flatMap((one) => this.#finalTrades(one));
    const { page, limit } = pageOf(parameters);
    const rows = all.sort((a, b) => b.at - a.at || b.id - a.id).slice(page * limit, (page + 1) * limit);
    return jsonAnswer(200, `[${rows.map(({ text }) => text).join()}]`);
  }

  #finalTrades(asset: Asset): readonly FinalTrade[] {
    const { seed, settleAfter, source } = this.config;
    const { tape, spec } = asset.instrument;
    return tape
      .tradesAfter(0)
      .filter(({ id, at }) => at + settleAfter <= source.now() && outcomeOf(seed, spec.symbol, id) === 'Confirmed')
      .map((trade) => ({ at: trade.at, id: trade.id, text: tradeText(asset, trade, 'Confirmed') }));
  }
}

interface FinalTrade {
  readonly at: number;
  readonly id: number;
  readonly text: string;
}

/** A page of a user's orders or trades. */
function rowsOf(
  desk: UserDesk,
  key: 'orders' | 'trades',
  parameters: Parameters,
  asset: string | undefined,
): HttpResponse {
  const { page, limit } = pageOf(parameters);
  const filter = { asset, isOpen: parameters.flag('open_only', false) };
  const [rows, total] = key === 'orders' ? desk.orderRows(page, limit, filter) : desk.tradeRows(page, limit, filter);
  const hasNext = (page + 1) * limit < total;
  return jsonAnswer(
    200,
    `{"${key}":[${rows.join()}],"page":${page},"limit":${limit},"total_${key}":${total}` +
      `,"total_pages":${Math.ceil(total / limit)},"cursor_size":${rows.length},"has_next_page":${hasNext}` +
      `,"next_page":${hasNext ? page + 1 : 'null'}}`,
  );
}

/** Fees by the models of tpluspy v0.6: rates in millionths of what is traded. */
const FEES = {
  fee_account: '0'.repeat(64),
  global: [
    { min_rolling_volume_usd: 0, taker_fee_rate: 500, maker_fee_rate: 100, maker_rebate_rate_of_taker_fee: null },
  ],
  per_asset: [],
};
const marketText = ({ id, priceDecimals, quantityDecimals, instrument }: Asset): string =>
  JSON.stringify({
    asset_id: id,
    book_price_decimals: priceDecimals,
    book_quantity_decimals: quantityDecimals,
    max_leverage: null,
    current_long_max_leverage: null,
    current_short_max_leverage: null,
    isolated_only: false,
    min_order_size: instrument.units.sizeText(1),
    tick_size: instrument.units.changeText(1),
    fee_schedule: FEES,
  });

const failure = (status: number): HttpResponse =>
  status === 429 ? refusal(429, 'RATE_LIMITED', { 'retry-after': '1' }) : refusal(status, 'INTERNAL_ERROR');

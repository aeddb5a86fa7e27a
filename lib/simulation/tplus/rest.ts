import { type Observable, type SchedulerLike, defer, of } from 'rxjs';
import type { HttpRequest, HttpResponse } from '../../network/network.js';
import { answerWhenDue } from '../faults/answerWhenDue.js';
import type { FaultSchedule } from '../faults/faultSchedule.js';
import { jsonAnswer } from '../jsonAnswer.js';
import { lowerCased } from '../lowerCased.js';
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
  const { source, assets, numbering, faults, auth, scheduler } = config;

  const assetAt = (id: string): Asset | undefined =>
    faults.take('unknownSymbol', id) === undefined ? assets.get(id) : undefined;

  const depth = (id: string): Observable<HttpResponse> => {
    const asset = assetAt(id);
    if (asset === undefined) return of(refusal(404, 'MARKET_NOT_FOUND'));
    const failing = faults.take('failingSnapshot', id);
    const slow = faults.take('slowSnapshot', id);
    const answer = (): HttpResponse => {
      if (failing !== undefined) return failure(failing.status ?? 500);
      const stale = faults.take('staleSnapshot', id);
      return jsonAnswer(200, snapshotText(asset, stale === undefined ? 0 : (stale.delay ?? 5_000)));
    };
    return answerWhenDue(slow, scheduler, answer);
  };

  /** Sides as sorted maps give them: lowest price first, bids too. */
  const snapshotText = ({ instrument }: Asset, age: number): string => {
    const { book, spec } = instrument;
    const told = age === 0 ? book.sequence : book.sequenceAt(source.now() - age);
    // What was before a restart is gone.
    const sequence = numbering.numberOf(spec.symbol, told) < 1 ? book.sequence : told;
    const { bids = [], asks = [], sequence: at = sequence } = book.trueBook(sequence) ?? {};
    const sequence_number = numbering.numberOf(spec.symbol, at);
    return JSON.stringify({ asks, bids: [...bids].reverse(), sequence_number });
  };

  const trades = ({ searchParams }: URL, id: string | undefined): HttpResponse => {
    const chosen = id === undefined ? [...assets.values()] : [assets.get(id)];
    const all = chosen.flatMap((asset) => {
      if (asset === undefined) return [];
      const { tape, spec } = asset.instrument;
      return tape
        .tradesAfter(0)
        .filter(
          ({ id: trade, at }) =>
            at + config.settleAfter <= source.now() && outcomeOf(config.seed, spec.symbol, trade) === 'Confirmed',
        )
        .map((trade) => ({ at: trade.at, text: tradeText(asset, trade, 'Confirmed') }));
    });
    if (id !== undefined && chosen[0] === undefined) return refusal(404, 'MARKET_NOT_FOUND');
    const { page, limit } = pageOf(searchParams);
    const rows = all.sort((a, b) => b.at - a.at).slice(page * limit, (page + 1) * limit);
    return jsonAnswer(200, `[${rows.map(({ text }) => text).join()}]`);
  };

  const listOf = (key: 'orders' | 'trades', location: URL, user: string, asset: string): HttpResponse => {
    const desk = config.deskOf(user);
    if (desk === undefined) return refusal(404, key === 'orders' ? 'ORDERS_NOT_FOUND' : 'TRADES_NOT_FOUND');
    const { page, limit } = pageOf(location.searchParams);
    const filter = {
      asset: asset === '' ? undefined : asset,
      isOpen: location.searchParams.get('open_only')?.toLowerCase() === 'true',
    };
    const [rows, total] = key === 'orders' ? desk.orderRows(page, limit, filter) : desk.tradeRows(page, limit, filter);
    const hasNext = (page + 1) * limit < total;
    return jsonAnswer(
      200,
      `{"${key}":[${rows.join()}],"page":${page},"limit":${limit},"total_${key}":${total}` +
        `,"total_pages":${Math.ceil(total / limit)},"cursor_size":${rows.length},"has_next_page":${hasNext}` +
        `,"next_page":${hasNext ? page + 1 : 'null'}}`,
    );
  };

  const marketOf = (id: string): HttpResponse => {
    const asset = assetAt(id);
    return asset === undefined ? refusal(404, 'MARKET_NOT_FOUND') : jsonAnswer(200, marketText(asset));
  };

  const answer = (request: HttpRequest, location: URL): Observable<HttpResponse> => {
    const headers = lowerCased(request.headers);
    const [, root = '', first = '', second = '', third = ''] = location.pathname.split('/');
    if (request.method === 'POST') {
      if (root === 'auth') return of(auth.token(request.body));
      return of(root === 'logout' ? auth.logout(headers) : refusal(404, 'NOT_FOUND'));
    }
    if (request.method !== 'GET') return of(refusal(405, 'METHOD_NOT_ALLOWED'));
    if (first === 'user' && (root === 'orders' || root === 'trades')) {
      return of(auth.userOf(headers) === second ? listOf(root, location, second, third) : refusal(401, 'UNAUTHORIZED'));
    }
    switch (root) {
      case 'nonce':
        return of(auth.nonce(first));
      case 'marketdepth':
        return depth(first);
      case 'trades':
        return of(trades(location, first === '' ? undefined : first));
      case 'klines': {
        const asset = assetAt(first);
        return of(
          asset === undefined
            ? refusal(404, 'MARKET_NOT_FOUND')
            : klinesAnswer(asset, location.searchParams, source.now(), config.lists),
        );
      }
      case 'market':
        return of(marketOf(first));
      case 'markets':
        return of(itemsAnswer([...assets.values()].map(marketText), pageOf(location.searchParams), config.lists));
      case 'ticker': {
        const asset = assetAt(first);
        return of(
          asset === undefined ? refusal(404, 'MARKET_NOT_FOUND') : jsonAnswer(200, tickerText(asset, source.now())),
        );
      }
      case 'tickers':
        return of(jsonAnswer(200, `[${[...assets.values()].map((asset) => tickerText(asset, source.now())).join()}]`));
      default:
        return of(refusal(404, 'NOT_FOUND'));
    }
  };

  return (request) =>
    defer(() => {
      const location = parseUrl(request.url);
      if (location === undefined) return of(refusal(404, 'NOT_FOUND'));
      config.requested(location.pathname);
      return answer(request, location);
    });
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

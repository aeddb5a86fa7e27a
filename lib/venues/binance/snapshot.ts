import { type Observable, type SchedulerLike, catchError, map, throwError } from 'rxjs';
import { pathOf } from '../../codec/path.js';
import { RequestFailedError } from '../../errors/requestFailedError.js';
import { SubscriptionRefusedError } from '../../errors/subscriptionRefusedError.js';
import type { Requests } from '../../feed/requests.js';
import type { DepthSnapshot } from '../../model/depthEvent.js';
import { checkWhole } from './checks.js';
import { toSnapshot } from './depth.js';
import { type BinanceMarket, markets } from './endpoint.js';
import { RestError, WholeDepth } from './frames.js';

export interface SnapshotConfig {
  readonly market: BinanceMarket;
  readonly restUrl: string;
  readonly requests: Requests;
  readonly scheduler: SchedulerLike;
}

/** `Invalid symbol.` (errors.md of the spot docs; USD-M the same). */
const INVALID_SYMBOL = -1121;

/**
 * The REST snapshot of one book.
 *
 * @param levels How many levels a side are wanted; the venue's next larger size is asked for.
 * @throws (on the stream) SubscriptionRefusedError where there is no such symbol; RequestFailedError for anything else.
 */
export function depthSnapshot(config: SnapshotConfig, symbol: string, levels: number): Observable<DepthSnapshot> {
  const { market, restUrl, requests, scheduler } = config;
  const [limit, weight] = snapshotSize(market, levels);
  const url = `${restUrl}${markets[market].depthPath}?symbol=${encodeURIComponent(symbol)}&limit=${limit}`;
  return requests.send({ method: 'GET', url }, [1, weight]).pipe(
    map(({ body }) => readAnswer(body, symbol, scheduler.now())),
    catchError((error: unknown) => throwError(() => refusalOf(error, symbol) ?? error)),
  );
}

/** The venue's next size, in levels a side, and its weight. */
export function snapshotSize(market: BinanceMarket, levels: number): readonly [levels: number, weight: number] {
  const { snapshots } = markets[market];
  checkWhole('depth', Math.max(...snapshots.map(([most]) => most)), levels);
  return snapshots.find(([most]) => most >= levels) ?? [levels, 0];
}

function readAnswer(body: string, instrument: string, at: number): DepthSnapshot {
  const result = WholeDepth.decode(parse(body));
  if (result._tag === 'Left') throw new RequestFailedError(`unreadable: ${pathOf(result.left)}`);
  return toSnapshot(instrument, result.right, at);
}

function refusalOf(error: unknown, symbol: string): SubscriptionRefusedError | undefined {
  if (!(error instanceof RequestFailedError) || error.status !== 400) return undefined;
  const answer = RestError.decode(parse(error.text));
  if (answer._tag === 'Left' || answer.right.code !== INVALID_SYMBOL) return undefined;
  return new SubscriptionRefusedError('binance', symbol, answer.right.msg);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

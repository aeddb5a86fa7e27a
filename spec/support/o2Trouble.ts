import { Observable, defer, map, of, switchMap, throwError, timer, type SchedulerLike } from 'rxjs';
import { RequestFailedError } from '../../lib/errors/requestFailedError.js';
import type { HttpResponse, Network, Wire } from '../../lib/network/network.js';
import type { Random } from '../../lib/simulation/random.js';
import { between, pick } from './chaosDraw.js';

export interface O2TroubleConfig {
  readonly network: Network;
  readonly scheduler: SchedulerLike;
  readonly draw: Random;
  /** When trouble ends, in ms. */
  readonly until: number;
  /** A market that the venue lists only later: its id, and when it does, in ms. */
  readonly listing: { readonly id: string; readonly at: number };
  /** Whether a frame may come after one that was sent later. */
  readonly outOfOrder: boolean;
}

const account = /"action":"(?:subscribe_)?(?:orders|balances|nonce)"/;
const STAMPED = /"seen_timestamp":"\d+"/;
const UNKNOWN = `0x${'d'.repeat(64)}`;

/**
 * What can befall the frames and answers of O2 accounts between venue and client: answers that are slow, of another
 * shape, errors, or never come; wires that lag; frames doubled, late, of wrong types at any depth, of markets that nobody
 * lists, and of a market that is listed later; pongs that are lost or late.
 */
export function troubledO2({ network, scheduler, draw, until, listing, outOfOrder }: O2TroubleConfig): Network {
  const now = (): number => scheduler.now();
  const troubled = (share: number): boolean => now() < until && draw() < share;
  const later = <T>(ms: number, value$: Observable<T>): Observable<T> =>
    ms === 0 ? value$ : timer(ms, scheduler).pipe(switchMap(() => value$));

  const listed = (response: HttpResponse): HttpResponse => {
    if (now() >= listing.at || !response.body.includes('"books_registry_id"')) return response;
    const answer = JSON.parse(response.body) as { readonly markets: readonly { readonly market_id: string }[] };
    const markets = answer.markets.filter(({ market_id }) => market_id !== listing.id);
    return { ...response, body: JSON.stringify({ ...answer, markets }) };
  };
  const spoiled = (response: HttpResponse): HttpResponse => {
    const { headers } = response;
    return pick(draw, [
      { status: 500, headers, body: '{"code":1000,"message":"Internal error"}' },
      { status: 503, headers, body: '<html>busy</html>' },
      { status: 429, headers: { 'retry-after': '1' }, body: '{"code":1003,"message":"Rate limit exceeded"}' },
      { status: 200, headers, body: '{"code":1000,"message":"Internal error"}' },
      { status: 200, headers, body: '<html>busy</html>' },
      { status: 200, headers, body: wronglyTyped(response.body, draw) },
    ]);
  };

  const request: Network['request'] = (asked) =>
    defer(() => {
      // As the live network does for what never comes.
      if (troubled(0.03))
        return later(
          10_000,
          throwError(() => new RequestFailedError('no answer within 10000 ms')),
        );
      const answer$ = later(troubled(0.3) ? between(draw, 0, 7_000) : 0, network.request(asked)).pipe(
        map(listed),
        map((response) => (troubled(0.15) ? spoiled(response) : response)),
      );
      return answer$.pipe(switchMap((response) => later(troubled(0.3) ? between(draw, 0, 7_000) : 0, of(response))));
    });

  /** The texts that a text of the venue becomes. */
  const befallen = (text: string): readonly string[] => {
    if (now() >= until) return [text];
    if (text === 'PONG') return troubled(0.01) ? [] : [text];
    if (!account.test(text)) return [text];
    const told = troubled(0.06) ? wronglyTyped(text, draw) : text;
    if (troubled(0.03)) return [told, text];
    if (troubled(0.04)) return [orderOfNobody(draw), told];
    return [told];
  };

  const troubledWire = (wire: Wire): Wire => {
    let free = 0;
    const lag = pick(draw, [0, 0, 0, 3_000, 12_000]);
    const messages = wire.messages.pipe(
      untilTheEnd((text) => {
        const texts = befallen(text);
        if (outOfOrder && account.test(text) && troubled(0.06)) {
          // That it was overtaken is told by its stamp alone: one whose stamp is garbled keeps it.
          const stamped = texts.map((one) => (one.includes(UNKNOWN) || STAMPED.test(one) ? one : text));
          return later(between(draw, 1, 4_000), of(...stamped));
        }
        free = Math.max(free, now() + (troubled(0.02) ? between(draw, 0, lag) : 0));
        return free <= now() ? of(...texts) : later(free - now(), of(...texts));
      }),
    );
    return { ...wire, messages };
  };

  return { open: (endpoint) => network.open(endpoint).pipe(map(troubledWire)), request };
}

/** Each text's own stream of texts, all heard until the wire's end. */
const untilTheEnd =
  (project: (text: string) => Observable<string>) =>
  (texts$: Observable<string>): Observable<string> =>
    new Observable((subscriber) => {
      subscriber.add(
        texts$.subscribe((text) => {
          subscriber.add(project(text).subscribe((told) => subscriber.next(told)));
        }),
      );
    });

/** An order of a market that the venue never lists; closed, so that it is not among the open ones. */
const orderOfNobody = (draw: Random): string =>
  `{"action":"subscribe_orders","orders":[{"order_id":"0x${'e'.repeat(60)}${between(draw, 1_000, 9_999)}","side":"buy"` +
  `,"quantity":"1","price":"1","market_id":"${UNKNOWN}","close":true,"cancel":true}]}`;

/** The text with one value, at any depth, turned into what no venue sends there. */
export function wronglyTyped(text: string, draw: Random): string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return '{}';
  }
  const places: { readonly holder: Record<string, unknown>; readonly key: string }[] = [];
  const visit = (holder: Record<string, unknown>): void => {
    for (const [key, inner] of Object.entries(holder)) {
      if (key === 'action') continue;
      places.push({ holder, key });
      if (typeof inner === 'object' && inner !== null) visit(inner as Record<string, unknown>);
    }
  };
  if (typeof value === 'object' && value !== null) visit(value as Record<string, unknown>);
  if (places.length === 0) return '{}';
  const { holder, key } = pick(draw, places);
  const isScalar = typeof holder[key] !== 'object' || holder[key] === null;
  holder[key] = pick<unknown>(draw, isScalar ? [{ wrong: true }, [1]] : ['wrong', -1.5, true]);
  return JSON.stringify(value);
}

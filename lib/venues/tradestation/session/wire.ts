import { type Observable, type SchedulerLike, EMPTY } from 'rxjs';
import { catchError, concat, defer, ignoreElements, map, switchMap, throwError } from 'rxjs';
import { RequestFailedError } from '../../../errors/requestFailedError.js';
import { SubscriptionRefusedError } from '../../../errors/subscriptionRefusedError.js';
import { WireLostError } from '../../../errors/wireLostError.js';
import { isPage } from '../../../feed/isPage.js';
import type { Credentials } from '../../../feed/credentials.js';
import type { Network, Wire } from '../../../network/network.js';
import type { Link, WirePlan } from '../../../socket/plan.js';
import { type StreamReader, streamDialect } from './dialect.js';
import { type TradestationResource, SPREAD, TOO_MANY, quoteLimits, streamLimits } from '../endpoint.js';
import { makeGuard } from './guard.js';
import { lostWhenSilent } from './lostWhenSilent.js';
import type { OwnEndpoint } from './network.js';
import { quoteDialect } from './quoteDialect.js';
import { quoteWire } from './quoteWire.js';
import type { StreamQuota } from './streamQuota.js';
import { type TradestationStreamRequest, quotesRequest } from '../topics.js';
import type { TradestationStreamTransport } from './transport.js';

export interface WiresConfig {
  readonly network: Network;
  readonly transport: TradestationStreamTransport;
  readonly baseUrl: string;
  readonly quota: StreamQuota;
  readonly credentials: Credentials<string>;
  readonly scheduler: SchedulerLike;
  readonly random: () => number;
  /** How long changes of quoted symbols are gathered, in ms. */
  readonly gather: number;
}

/** A stream about one thing, and how its frames are read. */
export interface StreamSpec {
  readonly request: TradestationStreamRequest;
  readonly reader: (link: Link) => StreamReader;
}

/** How each kind of wire of this venue is had. */
export interface Wires {
  readonly quotes: () => WirePlan;
  readonly stream: (spec: StreamSpec) => WirePlan;
}

export function makeWires(config: WiresConfig): Wires {
  const { network, transport, baseUrl, quota, credentials, scheduler, random } = config;

  /** Runs beside each session, so that a token is renewed ahead of its end; the session does not depend on it. */
  const alongside = (): Observable<never> =>
    credentials.kept$.pipe(
      ignoreElements(),
      catchError(() => EMPTY),
    );

  const open = (request: TradestationStreamRequest, token: string): Observable<Wire> =>
    lostWhenSilent(transport(request, { network, baseUrl, token }), scheduler).pipe(
      catchError((error: unknown) => throwError(() => meaningOf(error, request))),
    );

  /** What a refused opening means: an end for good, or that everybody of the resource has to wait. */
  const meaningOf = (error: unknown, { key, resource }: TradestationStreamRequest): unknown => {
    if (!(error instanceof WireLostError)) return error;
    const { code, cause } = error;
    const answer = cause instanceof RequestFailedError ? cause : undefined;
    if (code === 429) quota.pause(resource, (answer?.retryAfter ?? TOO_MANY) + random() * SPREAD);
    const text = answer?.text ?? error.text;
    if ((code !== 400 && code !== 403 && code !== 404) || isPage(text)) return error;
    return new SubscriptionRefusedError('tradestation', key, `status ${code}: ${text}`);
  };

  const taken = (key: string, resource: TradestationResource, returns: boolean): Observable<unknown> =>
    quota.take({ key, resource, returns });

  return {
    stream: ({ request, reader }) => {
      const { key, resource } = request;
      const watch = makeGuard({ credentials, scheduler, random });
      return {
        limits: streamLimits,
        admission: (attempt) =>
          watch.pause(attempt).pipe(switchMap(() => taken(key, resource, attempt.lost !== undefined))),
        endpoint: (attempt) =>
          defer(() => {
            watch.check(attempt);
            return watch.token();
          }).pipe(map((token): OwnEndpoint => ({ url: baseUrl, start: () => open(request, token) }))),
        dialect: (link) => {
          watch.opened();
          return streamDialect({
            keys: () => [key],
            link,
            reader: reader(link),
            watch,
            alongside,
          });
        },
      };
    },
    quotes: () => {
      const watch = makeGuard({ credentials, scheduler, random });
      const opening = (symbols: readonly string[], returns: boolean): Observable<Wire> =>
        taken('quotes', 'quotes', returns).pipe(
          switchMap(() => watch.token()),
          switchMap((token) =>
            concat(
              open(quotesRequest(symbols), token),
              throwError(() => new WireLostError('closed', 'the stream ended')),
            ),
          ),
          map((wire) => {
            watch.opened();
            return wire;
          }),
        );
      return {
        limits: quoteLimits,
        admission: watch.pause,
        endpoint: (attempt) => {
          watch.check(attempt);
          const start = (): Observable<Wire> =>
            quoteWire({
              open: opening,
              isFree: () => quota.isFree('quotes'),
              gather: config.gather,
              scheduler: scheduler,
              returns: attempt.lost !== undefined,
            });
          return [{ url: baseUrl, start }];
        },
        dialect: (link) => quoteDialect({ link, watch, alongside }),
      };
    },
  };
}

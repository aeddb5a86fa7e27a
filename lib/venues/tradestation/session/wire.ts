import { type Observable, type SchedulerLike, EMPTY } from 'rxjs';
import { catchError, concat, defer, ignoreElements, map, switchMap, tap, throwError } from 'rxjs';
import { RequestFailedError } from '../../../errors/requestFailedError.js';
import { SubscriptionRefusedError } from '../../../errors/subscriptionRefusedError.js';
import { WireLostError } from '../../../errors/wireLostError.js';
import { isForGood } from '../../../feed/isPage.js';
import type { Credentials } from '../../../feed/credentials.js';
import type { Network, Wire } from '../../../network/network.js';
import { within } from '../../../network/within.js';
import type { Link, WirePlan } from '../../../socket/plan.js';
import { StreamDialect, type StreamReader } from './dialect.js';
import { type TradestationResource, SPREAD, TOO_MANY, quoteLimits, streamLimits } from '../endpoint.js';
import { Guard } from './guard.js';
import { lostWhenSilent } from './lostWhenSilent.js';
import type { OwnEndpoint } from './network.js';
import { QuoteDialect } from './quoteDialect.js';
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
  /** How long the opening of a stream of quotes may take, in ms: the core knows only of the wire that they make. */
  readonly opensWithin: number;
}

/** A stream about one thing, and how its frames are read. */
export interface StreamSpec {
  readonly request: TradestationStreamRequest;
  readonly reader: (link: Link) => StreamReader;
}

/** How each kind of wire of this venue is had. */
export class Wires {
  constructor(private readonly config: WiresConfig) {}

  /** A stream about one thing. */
  stream({ request, reader }: StreamSpec): WirePlan {
    const { key, resource } = request;
    const { baseUrl } = this.config;
    const guard = new Guard(this.config);
    return {
      limits: streamLimits,
      admission: (attempt) =>
        guard.pause(attempt).pipe(switchMap(() => this.#taken(key, resource, attempt.lost !== undefined))),
      endpoint: (attempt) =>
        defer(() => {
          guard.check(attempt);
          return guard.token();
        }).pipe(map((token): OwnEndpoint => ({ url: baseUrl, start: () => this.#open(request, token) }))),
      dialect: (link) => {
        guard.opened();
        const alongside = (): Observable<never> => this.#renewal();
        return new StreamDialect({ keys: () => [key], link, reader: reader(link), watch: guard, alongside });
      },
    };
  }

  /** All quotes. */
  quotes(): WirePlan {
    const { baseUrl, quota, gather, scheduler } = this.config;
    const guard = new Guard(this.config);
    return {
      limits: quoteLimits,
      admission: (attempt) => guard.pause(attempt),
      endpoint: (attempt) => {
        guard.check(attempt);
        const start = (): Observable<Wire> =>
          quoteWire({
            open: (symbols, returns) => this.#openQuotes(guard, symbols, returns),
            isFree: () => quota.isFree('quotes'),
            gather,
            scheduler,
            returns: attempt.lost !== undefined,
          });
        return [{ url: baseUrl, start }];
      },
      dialect: (link) => new QuoteDialect({ link, watch: guard, alongside: () => this.#renewal() }),
    };
  }

  #openQuotes(guard: Guard, symbols: readonly string[], returns: boolean): Observable<Wire> {
    const { opensWithin, scheduler } = this.config;
    const late = (): WireLostError => new WireLostError('handshake', `quotes: not open within ${opensWithin} ms`);
    return this.#taken('quotes', 'quotes', returns).pipe(
      switchMap(() => guard.token()),
      switchMap((token) =>
        concat(
          this.#open(quotesRequest(symbols), token).pipe(within(opensWithin, { scheduler }, late)),
          throwError(() => new WireLostError('closed', 'the stream ended')),
        ),
      ),
      tap(() => {
        guard.opened();
      }),
    );
  }

  #open(request: TradestationStreamRequest, token: string): Observable<Wire> {
    const { transport, network, baseUrl, scheduler } = this.config;
    return lostWhenSilent(transport(request, { network, baseUrl, token }), scheduler).pipe(
      catchError((error: unknown) => throwError(() => this.#meaningOf(error, request))),
    );
  }

  #taken(key: string, resource: TradestationResource, returns: boolean): Observable<unknown> {
    return this.config.quota.take({ key, resource, returns });
  }

  /** Runs beside each session, so that a token is renewed ahead of its end; the session does not depend on it. */
  #renewal(): Observable<never> {
    return this.config.credentials.kept$.pipe(
      ignoreElements(),
      catchError(() => EMPTY),
    );
  }

  /** What a refused opening means: an end for good, or that everybody of the resource has to wait. */
  #meaningOf(error: unknown, { key, resource }: TradestationStreamRequest): unknown {
    if (!(error instanceof WireLostError)) return error;
    const { quota, random } = this.config;
    const { code, cause } = error;
    const answer = cause instanceof RequestFailedError ? cause : undefined;
    if (code === 429) quota.pause(resource, (answer?.retryAfter ?? TOO_MANY) + random() * SPREAD);
    const text = answer?.text ?? error.text;
    if (code !== 400 && code !== 403 && code !== 404) return error;
    // What no answer is shown of may well be the venue's.
    if (answer !== undefined && !isForGood(answer)) return error;
    return new SubscriptionRefusedError('tradestation', key, `status ${code}: ${text}`);
  }
}

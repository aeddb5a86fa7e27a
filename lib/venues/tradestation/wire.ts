import {
  type Observable,
  EMPTY,
  catchError,
  concat,
  defer,
  ignoreElements,
  map,
  of,
  switchMap,
  throwError,
  timer,
} from 'rxjs';
import { RequestFailedError } from '../../errors/requestFailedError.js';
import { SubscriptionRefusedError } from '../../errors/subscriptionRefusedError.js';
import { WireLostError } from '../../errors/wireLostError.js';
import type { Credentials } from '../../feed/credentials.js';
import type { Endpoint, Network, Wire } from '../../network/network.js';
import type { SchedulerLike } from 'rxjs';
import type { Attempt, Link, WirePlan } from '../../socket/plan.js';
import { DUAL_LOGON, QUOTA, type Resource, SPREAD, quoteLimits, streamLimits } from './endpoint.js';
import { type StreamReader, streamDialect } from './dialect.js';
import { quoteDialect } from './quoteDialect.js';
import { quoteWire } from './quoteWire.js';
import { type StreamRequest, quotesRequest } from './request.js';
import type { Slots } from './slots.js';
import type { StreamTransport } from './transport.js';
import { watched } from './watched.js';

export interface WiresConfig {
  readonly network: Network;
  readonly transport: StreamTransport;
  readonly baseUrl: string;
  readonly slots: Slots;
  readonly credentials: Credentials<string>;
  readonly scheduler: SchedulerLike;
  readonly random: () => number;
  /** How long changes of quoted symbols are gathered, in ms. */
  readonly gather: number;
}

/** A stream about one thing, and how its frames are read. */
export interface StreamSpec {
  readonly request: StreamRequest;
  readonly reader: (link: Link) => StreamReader;
}

/** Where the wires of this venue are opened: an endpoint that brings its own way. */
interface OwnEndpoint extends Endpoint {
  readonly start: () => Observable<Wire>;
}

/** The network that the core opens its wires on: each endpoint knows how it is opened. Requests go as they are. */
export const networkOf = (network: Network): Network => ({
  ...network,
  open: (endpoint) => (isOwn(endpoint) ? endpoint.start() : network.open(endpoint)),
  // What other venues call Retry-After.
  request: (request) =>
    network.request(request).pipe(
      map((response) => {
        const reset = response.headers['x-ratelimit-reset'];
        const isAsked = response.status === 429 && response.headers['retry-after'] === undefined;
        return isAsked && reset !== undefined
          ? { ...response, headers: { ...response.headers, 'retry-after': reset } }
          : response;
      }),
    ),
});
const isOwn = (endpoint: Endpoint): endpoint is OwnEndpoint => 'start' in endpoint;

/** How each kind of wire of this venue is had. */
export interface Wires {
  readonly quotes: () => WirePlan;
  readonly stream: (spec: StreamSpec) => WirePlan;
}

export function makeWires(config: WiresConfig): Wires {
  const { network, transport, baseUrl, slots, credentials, scheduler, random } = config;

  /** Runs beside each session, so that a token is renewed ahead of its end; the session does not depend on it. */
  const alongside = (): Observable<never> =>
    credentials.kept$.pipe(
      ignoreElements(),
      catchError(() => EMPTY),
    );

  const open = (request: StreamRequest, token: string): Observable<Wire> =>
    watched(transport(request, { network, baseUrl, token }), scheduler).pipe(
      catchError((error: unknown) => throwError(() => told(error, request))),
    );

  /** What a refused opening means: an end for good, or that everybody of the resource has to wait. */
  const told = (error: unknown, { key, resource }: StreamRequest): unknown => {
    if (!(error instanceof WireLostError)) return error;
    const { code, cause } = error;
    const answer = cause instanceof RequestFailedError ? cause : undefined;
    if (code === 429) slots.pause(resource, (answer?.retryAfter ?? QUOTA) + random() * SPREAD);
    if (code !== 400 && code !== 403 && code !== 404) return error;
    return new SubscriptionRefusedError('tradestation', key, `status ${code}: ${answer?.text ?? error.text}`);
  };

  /** What one wire remembers from attempt to attempt. */
  const guard = (key: string) => {
    let used: string | undefined;
    let isRefused = false;
    let notBefore = 0;
    return {
      dualLogon: (): void => {
        notBefore = scheduler.now() + DUAL_LOGON;
      },
      /** Waits where the venue threw us out, and a little where it threw everybody out. */
      pause: ({ lost }: Attempt): Observable<unknown> => {
        const isExpected = lost instanceof WireLostError && (lost.reason === 'shutdown' || lost.reason === 'closed');
        const wait = Math.max(notBefore - scheduler.now(), isExpected ? random() * SPREAD : 0);
        return wait > 0 ? timer(wait, scheduler) : of(0);
      },
      /** One token that is refused is asked for anew; a second one means that it is not the token. */
      check: ({ lost }: Attempt): void => {
        if (!(lost instanceof WireLostError) || lost.code !== 401) return;
        if (isRefused) {
          const text = 'status 401, with a new token too: the program may lack the scope';
          throw new SubscriptionRefusedError('tradestation', key, text);
        }
        if (used !== undefined) credentials.refuse(used);
        isRefused = true;
      },
      token: (): Observable<string> =>
        defer(() => credentials.get()).pipe(
          map((token) => {
            used = token;
            return token;
          }),
        ),
      opened: (): void => {
        isRefused = false;
      },
    };
  };

  const taken = (key: string, resource: Resource, returns: boolean): Observable<unknown> =>
    slots.take({ key, resource, returns });

  return {
    stream: ({ request, reader }) => {
      const { key, resource } = request;
      const watch = guard(key);
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
            dualLogon: watch.dualLogon,
            alongside,
          });
        },
      };
    },
    quotes: () => {
      const watch = guard('quotes');
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
              isFree: () => slots.isFree('quotes'),
              gather: config.gather,
              scheduler: scheduler,
              returns: attempt.lost !== undefined,
            });
          return [{ url: baseUrl, start }];
        },
        dialect: (link) => quoteDialect({ link, dualLogon: watch.dualLogon, alongside }),
      };
    },
  };
}

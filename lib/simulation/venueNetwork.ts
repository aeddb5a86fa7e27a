import { asyncScheduler, defer, delay, Observable, Subject, switchMap, timer, type SchedulerLike } from 'rxjs';
import { aNumber, aScheduler, anything, checkOptions } from '../errors/optionRules.js';
import { WireLostError } from '../errors/wireLostError.js';
import { lineSplitter } from '../network/lines.js';
import type { Network, Wire } from '../network/network.js';
import { refusedStream } from '../network/refusedStream.js';
import { secretsOf } from '../network/secrets.js';
import { checkLatency } from './checkVenueConfig.js';
import { delayLine } from './delayLine.js';
import { between, random, seedFor } from './random.js';
import type { Refusal, ServerSide, SimulatedVenue } from './simulatedVenue.js';

/** How long one way through the network takes, in ms. */
export interface Latency {
  readonly least: number;
  readonly most: number;
}

/** How long the way between a client and a simulated venue takes, and by which time and randomness. */
export interface VenueNetworkConfig {
  /** Default: 1. */
  readonly seed?: number;
  /** Default: `asyncScheduler`. */
  readonly scheduler?: SchedulerLike;
  /** Default: 5 to 30 ms. */
  readonly latency?: number | Latency;
}

type Downward =
  | { readonly type: 'answer' }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'ping' | 'pong' }
  | { readonly type: 'end'; readonly code: number; readonly reason: string }
  | { readonly type: 'goodbye' };
type Upward =
  { readonly type: 'connect' } | { readonly type: 'text'; readonly text: string } | { readonly type: 'pong' };

/**
 * The way to a simulated venue within the process. Frames of one connection stay in order; each takes its own time
 * down. The way up takes the same time for all messages of a connection, so that a client that keeps the venue's pace
 * is not found guilty by the network's moods. Unsubscribing ends a connection at once: what was under way to the venue
 * still arrives, and no timer stays behind.
 */
export function venueNetwork(venue: Pick<SimulatedVenue, 'accept' | 'http'>, config: VenueNetworkConfig = {}): Network {
  checkOptions('config', config, { seed: aNumber, scheduler: aScheduler, latency: anything });
  if (config.latency !== undefined) checkLatency(config.latency);
  const { seed = 1, scheduler = asyncScheduler, latency = { least: 5, most: 30 } } = config;
  const { least, most } = typeof latency === 'number' ? { least: latency, most: latency } : latency;
  const requestTime = random(seedFor(seed, 'requests'));
  let opened = 0;

  const open = (url: string, headers: Readonly<Record<string, string>>): Observable<Wire> =>
    new Observable<Wire>((subscriber) => {
      opened += 1;
      const draw = random(seedFor(seed, `wire ${opened}`));
      const upTime = between(draw, least, most);
      const messages = new Subject<string>();
      const activity = new Subject<'ping' | 'pong'>();
      let side: ServerSide | undefined;
      let refused: Refusal | undefined;
      let leaving = false;
      const lines = lineSplitter(Infinity, (line) => {
        messages.next(line);
      });
      /** A stream by HTTP comes in pieces that mean nothing. */
      const receive = (text: string): void => {
        if (!isHttp(url)) messages.next(text);
        else {
          activity.next('ping');
          lines.push(text);
        }
      };

      const down = delayLine<Downward>(
        scheduler,
        () => between(draw, least, most),
        (item) => {
          switch (item.type) {
            case 'answer':
              if (refused === undefined) subscriber.next(wire);
              else subscriber.error(refusalOf(refused, url, headers));
              return;
            case 'text':
              receive(item.text);
              return;
            case 'ping':
              activity.next('ping');
              up.push({ type: 'pong' });
              return;
            case 'pong':
              activity.next('pong');
              return;
            case 'end':
              subscriber.error(new WireLostError('closed', `${where(url)}: ${item.reason}`, item.code));
              return;
            case 'goodbye':
              subscriber.complete();
          }
        },
      );
      const push = (item: Downward): void => {
        if (!leaving) down.push(item);
      };
      const up = delayLine<Upward>(
        scheduler,
        () => upTime,
        (item) => {
          if (item.type === 'text') side?.receive(item.text);
          else if (item.type === 'pong') side?.control?.('pong');
          else connect();
        },
      );
      const connect = (): void => {
        push({ type: 'answer' });
        const answer = venue.accept(
          { url, headers },
          {
            send: (text) => {
              push({ type: 'text', text });
            },
            close: (code, reason = '') => {
              push({ type: 'end', code, reason });
            },
            terminate: () => {
              push({ type: 'end', code: 1006, reason: 'broke without a closing handshake' });
            },
            ping: () => {
              push({ type: 'ping' });
            },
            pong: () => {
              push({ type: 'pong' });
            },
          },
        );
        if ('receive' in answer) side = answer;
        else refused = answer;
      };
      const leave = (): void => {
        if (leaving) return;
        leaving = true;
        if (side === undefined) up.clear();
        else up.flush();
        up.clear();
        down.clear();
        side?.closed();
      };
      const wire: Wire = {
        messages: messages.asObservable(),
        activity: activity.asObservable(),
        send: (text) => {
          if (!leaving) up.push({ type: 'text', text });
        },
        close: () => {
          if (leaving) return;
          leave();
          down.push({ type: 'goodbye' });
        },
      };

      up.push({ type: 'connect' });
      return () => {
        leave();
        down.clear();
        messages.complete();
        activity.complete();
      };
    });

  return {
    open: ({ url, headers = {} }) => open(url, headers),
    request: (request) =>
      defer(() => {
        const up = between(requestTime, least, most);
        const down = between(requestTime, least, most);
        return timer(up, scheduler).pipe(
          switchMap(() => venue.http(request)),
          delay(down, scheduler),
        );
      }),
  };
}

/** A URL for people: without its query, which may hold secrets. */
const where = (url: string): string => url.split('?')[0] ?? '';

const isHttp = (url: string): boolean => /^https?:/.test(url);

/** As a network of sockets tells it, or as one of streams does. */
function refusalOf(
  { refuse: status, headers: answered = {}, body = '' }: Refusal,
  url: string,
  headers: Readonly<Record<string, string>>,
): WireLostError {
  if (isHttp(url)) return refusedStream({ status, headers: answered, body }, secretsOf(url, headers));
  return new WireLostError('failed', `${where(url)} refused the connection`, status);
}

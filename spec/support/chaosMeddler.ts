import {
  type SchedulerLike,
  type Subscription,
  Observable,
  Subject,
  defer,
  delay,
  of,
  switchMap,
  throwError,
  timer,
} from 'rxjs';
import { RequestFailedError } from '../../lib/errors/requestFailedError.js';
import { WireLostError } from '../../lib/errors/wireLostError.js';
import type { HttpRequest, HttpResponse, Network, Wire } from '../../lib/network/network.js';
import type { Random } from '../../lib/simulation/random.js';
import { pick } from './chaosDraw.js';
import { oddly } from './chaosOddly.js';
import { lineChunks } from './chaosChunks.js';
import type { Spell, Spells } from './chaosMeddling.js';

/** As much of a venue's language as it takes to meddle. */
export interface Tongue {
  /**
   * Whose frame it is, so that it stays in order with its like; `undefined` for an answer to subscribing.
   *
   * @param url Of the connection.
   */
  streamOf(text: string, url: string): string | undefined;
  /** What belongs to no stream and comes in order with all else: an answer, which may be lost, or news, which nothing else tells. */
  ordered?(text: string): 'answer' | 'news' | undefined;
  /** How a request is refused; `undefined` for what is no request to subscribe. */
  refusal?(request: string): Refused | undefined;
  readonly rubbish?: readonly string[];
  /** Addresses whose refusal by 401 is the venue's last word: there it is 503. */
  readonly lastWord?: string;
}

export interface Refused {
  /** What the request was about. */
  readonly topics: readonly string[];
  /** The venue's words, in its stead. */
  readonly text?: string;
  /** A request that the venue itself refuses, for where the order of its answers counts. */
  readonly instead?: string;
}

export interface MeddlerConfig {
  readonly spells: Spells;
  readonly scheduler: SchedulerLike;
  readonly draw: Random;
  readonly tongue: Tongue;
  /** A request was refused in the venue's stead: these were asked for. */
  readonly refused?: (topics: readonly string[]) => void;
}

const RUBBISH: readonly string[] = [
  ...['', ' ', 'null', '[]', '{}', '42', '"text"', 'true', '<html><body>502 Bad Gateway</body></html>', '{"id":null}'],
  ...['{"data":null}', '{"stream":7,"data":[]}', '[null,{}]', '\u0000', '{"type":"","channel":"x"}', '{"error":null}'],
  '['.repeat(20_000),
  '{"a":'.repeat(5_000) + '1' + '}'.repeat(5_000),
];

const PADDING: readonly string[] = ['\ufeff', ' ', '\n', '\r\n\t '];
/** What a 200 may say that answers nothing. An empty list would be an answer. */
const ODD: readonly string[] = [
  ...['', 'null', '[null]', '42', '"OK"', 'true', '<html><body>maintenance</body></html>', '{"error":"unavailable"}'],
  ...['{"code":-1000,"msg":"An unknown error occurred"}', '{"Error":"InternalServerError","Message":"failed"}'],
];

/** Stands between a client and its network, and meddles with what passes. */
export function meddled(network: Network, config: MeddlerConfig): Network {
  const { spells, scheduler } = config;
  return {
    ...network,
    open: (endpoint) =>
      defer(() => {
        const refusal = spells.take('refusedOpenings', endpoint.url);
        if (refusal !== undefined) {
          const status = refusal.status === 401 ? 401 : 503;
          const lost = (): WireLostError => new WireLostError('failed', 'meddled with', status);
          return timer(5, scheduler).pipe(switchMap(() => throwError(lost)));
        }
        const opened$ = new Observable<Wire>((subscriber) => {
          const { wire, deliver, stop } = meddledWire(endpoint.url, config);
          subscriber.add(stop);
          subscriber.add(
            network.open(endpoint).subscribe({
              next: (inner) => {
                subscriber.add(inner.messages.subscribe(deliver));
                subscriber.next(wire(inner));
              },
              error: (error: unknown) => subscriber.error(error),
              complete: () => subscriber.complete(),
            }),
          );
        });
        const hung = spells.take('hungOpenings', endpoint.url);
        return hung === undefined ? opened$ : timer(hung.delay, scheduler).pipe(switchMap(() => opened$));
      }),
    request: meddledRequests(network, config),
  };
}

interface MeddledWire {
  readonly wire: (inner: Wire) => Wire;
  readonly deliver: (text: string) => void;
  readonly stop: () => void;
}

function meddledWire(url: string, { spells, scheduler, draw, tongue, refused }: MeddlerConfig): MeddledWire {
  const messages = new Subject<string>();
  const isOfLines = url.startsWith('http');
  const lines$ = isOfLines ? lineChunks(messages, { url, spells, scheduler, draw }) : messages;
  const timers = new Set<Subscription>();
  /** What is under way of each stream, and when the last of it comes. */
  const lines = new Map<string, { due: number; readonly texts: string[] }>();
  let swapped: string | undefined;

  const after = (ms: number, act: () => void): void => {
    const one = scheduler.schedule(() => {
      timers.delete(one);
      act();
    }, ms);
    timers.add(one);
  };
  /** In line behind what is under way of the same stream: timers of one moment need not go off in their order. */
  const queue = (name: string, ms: number, text: string): void => {
    const line = lines.get(name) ?? { due: 0, texts: [] };
    lines.set(name, line);
    line.due = Math.max(scheduler.now() + ms, line.due);
    line.texts.push(text);
    const next = (): void => {
      const due = line.texts.shift();
      if (due !== undefined) messages.next(due);
    };
    if (line.texts.length === 1 && line.due <= scheduler.now()) next();
    else after(line.due - scheduler.now(), next);
  };
  /** All that is under way comes now. */
  const hurry = (): void => {
    for (const { texts } of lines.values()) for (const text of texts.splice(0)) messages.next(text);
  };
  const answer = (text: string): void => {
    if (spells.take('lostAnswers', text) !== undefined) return;
    const doubled = spells.take('doubledAnswers', text);
    if (doubled !== undefined) after(doubled.delay, () => messages.next(text));
    const late = spells.take('lateAnswers', text);
    if (late !== undefined) after(late.delay, () => messages.next(text));
    else if (swapped === undefined && spells.take('swappedAnswers', text) !== undefined) swapped = text;
    else {
      messages.next(text);
      const held = swapped;
      swapped = undefined;
      if (held !== undefined) messages.next(held);
    }
  };
  const deliver = (text: string): void => {
    if (spells.take('rubbish', url) !== undefined) messages.next(pick(draw, [...RUBBISH, ...(tongue.rubbish ?? [])]));
    const stream = tongue.streamOf(text, url);
    const order = tongue.ordered?.(text);
    if (order === 'news' || (order === 'answer' && spells.take('lostAnswers', text) === undefined)) messages.next(text);
    else if (order !== undefined) return;
    // Whose it was, the venue has cut off: it may have been a frame's, which keeps its place.
    else if (text.startsWith('{') && !text.endsWith('}')) {
      hurry();
      messages.next(text);
    } else if (stream === undefined) answer(text);
    else frame(stream, text);
  };
  const frame = (stream: string, text: string): void => {
    if (spells.take('lostFrames', stream) !== undefined) return;
    const pad = spells.take('padded', stream) === undefined ? '' : pick(draw, PADDING);
    const odd = spells.take('oddFrames', stream) === undefined ? text : oddly(text, draw);
    const cut = spells.take('cutFrames', stream) === undefined ? odd : odd.slice(0, Math.floor(draw() * odd.length));
    queue(stream, spells.take('lateFrames', stream)?.delay ?? 0, `${pad}${cut}${pad.trim()}`);
  };
  const wire = (inner: Wire): Wire => ({
    ...inner,
    messages: lines$,
    send: (text) => {
      const refusal = tongue.refusal?.(text);
      const guilty = (target: string): boolean => refusal?.topics.some((topic) => topic.includes(target)) === true;
      const spell = refusal && spells.take('refusals', '', guilty);
      if (refusal === undefined || spell === undefined) {
        inner.send(text);
        return;
      }
      refused?.(refusal.topics);
      const { text: words, instead } = refusal;
      if (instead !== undefined) inner.send(instead);
      if (words !== undefined) after(spell.delay, () => messages.next(words));
    },
  });
  const stop = (): void => {
    for (const one of timers) one.unsubscribe();
    timers.clear();
    messages.complete();
  };
  return { wire, deliver, stop };
}

function meddledRequests(
  network: Network,
  { spells, scheduler, draw, tongue: { lastWord } }: MeddlerConfig,
): (request: HttpRequest) => Observable<HttpResponse> {
  const answered = new Map<string, HttpResponse[]>();
  const bodyOf = ({ status, body }: HttpResponse, url: string): string => {
    if (spells.take('cutRequests', url) !== undefined) return body.slice(0, Math.floor(draw() * body.length));
    if (spells.take('paddedRequests', url) !== undefined) return `${pick(draw, PADDING)}${body}\n`;
    return status === 200 && spells.take('oddRequests', url) !== undefined ? pick(draw, ODD) : body;
  };
  return (request) =>
    defer(() => {
      const { url } = request;
      const key = `${request.method} ${url} ${request.body ?? ''}`;
      const hung = spells.take('hungRequests', url);
      if (hung !== undefined) {
        const failed = (): RequestFailedError => new RequestFailedError('the connection broke');
        return timer(hung.delay * 3, scheduler).pipe(switchMap(() => throwError(failed)));
      }
      const refusal = spells.take('refusedRequests', url);
      if (refusal !== undefined) {
        const isLast = lastWord !== undefined && url.includes(lastWord) && refusal.status === 401;
        return of(refusalOf(isLast ? { ...refusal, status: 503 } : refusal, draw)).pipe(delay(5, scheduler));
      }
      const cached = spells.take('cachedRequests', url);
      const before = answered.get(key);
      if (cached !== undefined && before !== undefined) return of(pick(draw, before)).pipe(delay(5, scheduler));
      const slow = spells.take('slowRequests', url);
      const passed$ = network.request(request).pipe(
        switchMap((response) => {
          answered.set(key, [...(before ?? []).slice(-5), response]);
          return of({ ...response, body: bodyOf(response, url) });
        }),
      );
      return slow === undefined ? passed$ : passed$.pipe(delay(slow.delay, scheduler));
    });
}

function refusalOf({ status, delay: wait }: Spell, draw: Random): HttpResponse {
  const isTooMuch = status === 429;
  const retryAfter = String(Math.ceil(wait / 1_000));
  const html = '<html><body><h1>Service Unavailable</h1></body></html>';
  return {
    status,
    headers: isTooMuch ? { 'retry-after': retryAfter } : {},
    body: pick(draw, ['', html, '{"code":-1,"msg":"not now"}', '{"error":"unavailable"}', 'unauthorized']),
  };
}

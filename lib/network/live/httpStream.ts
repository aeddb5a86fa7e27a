import { Observable, Subject } from 'rxjs';
import { WireLostError } from '../../errors/wireLostError.js';
import { FrameSubject } from '../frameSubject.js';
import { LineTooLongError, lineSplitter } from '../lines.js';
import type { Endpoint, HttpResponse, Wire } from '../network.js';
import { refusedStream } from '../refusedStream.js';
import { secretsOf } from '../secrets.js';
import { type Fetch, LedElsewhereError, fetchHere, ownFetch } from './fetchHere.js';
import type { LiveLimits } from './liveLimits.js';
import { within } from '../within.js';

/** How wires are made of the lines of an HTTP answer. */
export interface HttpStreamsOptions extends Pick<LiveLimits, 'scheduler'> {
  /** Default: the platform's own. */
  readonly fetch?: Fetch;
  /** The longest line taken, in characters. Default: 67,108,864 (64 Mi). */
  readonly maxFrame?: number;
  /** How long the head of an answer may take, in ms. Default: 10,000. */
  readonly openWithin?: number;
}

/** The code of a frame too big to take (RFC 6455, 7.4.1). */
const TOO_BIG = 1009;
/** How much of a refusal is read, in characters. */
const LONGEST_REFUSAL = 4_096;

/**
 * A wire out of the body of one GET, which may go on for days: each line is a frame, blank ones are left out. The body is
 * cut into chunks anywhere, in the midst of a letter too. Chunks are the wire's `activity`. What is sent goes nowhere.
 *
 * The wire is open when the head of a 2xx answer is there. Any other status is told as {@link refusedStream} says. The end
 * of the body is a loss with reason `closed`; what stood behind the last line end is a frame still.
 */
export function httpStream({ url, headers = {} }: Endpoint, options: HttpStreamsOptions): Observable<Wire> {
  const { fetch = ownFetch, maxFrame = 2 ** 26, openWithin = 10_000 } = options;
  const secrets = secretsOf(url, headers);
  const failed = (text: string, code?: number, cause?: unknown): WireLostError =>
    new WireLostError('failed', `${secrets.place}: ${text}`, code, secrets.cause(cause));

  return new Observable<Wire>((subscriber) => {
    const aborting = new AbortController();
    const messages = new FrameSubject<string>();
    const activity = new Subject<void>();
    const wire: Wire = {
      messages,
      activity,
      send: () => undefined,
      close: () => {
        subscriber.complete();
      },
    };
    const read = async (): Promise<void> => {
      const init = { method: 'GET', cache: 'no-store', headers, signal: aborting.signal } as const;
      const response = await fetchHere(fetch, url, init);
      if (!response.ok) {
        subscriber.error(refusedStream(await refusalOf(response), secrets));
        return;
      }
      subscriber.next(wire);
      const splitter = lineSplitter(maxFrame, (text) => {
        if (!subscriber.closed) messages.next(text);
      });
      for await (const piece of textsOf(response)) {
        if (subscriber.closed) return;
        activity.next();
        splitter.push(piece);
      }
      splitter.end();
      subscriber.error(new WireLostError('closed', `${secrets.place}: the other side ended the answer`));
    };

    subscriber.add(() => {
      aborting.abort();
    });
    // What is told after a close or an abort of ours is told to nobody.
    read().catch((error: unknown) => {
      if (error instanceof LineTooLongError) subscriber.error(failed(error.message, TOO_BIG));
      else if (error instanceof LedElsewhereError) subscriber.error(failed(error.message, error.status));
      else subscriber.error(failed('broke, or did not open', undefined, error));
    });
  }).pipe(within(openWithin, options, () => failed(`no answer within ${openWithin} ms`)));
}

/** The body as text, whole letters only; the cut ones wait for the next chunk. */
async function* textsOf({ body }: Response): AsyncGenerator<string> {
  const reader = body?.getReader();
  if (reader === undefined) return;
  const utf8 = new TextDecoder();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      yield utf8.decode(value, { stream: true });
    }
    yield utf8.decode();
  } finally {
    // Whoever reads no further wants nothing more of it; that it broke is told already.
    reader.cancel().catch(() => undefined);
  }
}

async function refusalOf(response: Response): Promise<HttpResponse> {
  let body = '';
  for await (const piece of textsOf(response)) {
    body += piece;
    if (body.length > LONGEST_REFUSAL) break;
  }
  return { status: response.status, headers: Object.fromEntries(response.headers), body };
}

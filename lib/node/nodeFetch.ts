import { type IncomingMessage, request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import { Readable } from 'node:stream';
import type { Fetch } from '../network/live/fetchHere.js';
import type { Dial } from './dial.js';
import { plainHeaders } from './plainHeaders.js';
import { whenRefused } from './proxyRefusedError.js';

/** As many redirects as browsers follow (Fetch, "HTTP-redirect fetch"). */
const MOST = 20;
/** Statuses whose answers have no body (Fetch, "null body status"). */
const BODYLESS: readonly number[] = [101, 103, 204, 205, 304];

/**
 * A `fetch` on the requests of Node, which take an agent and authorities where the platform's own does not. Of it there is what
 * `fetchHere` asks for: method, headers, a text as body, a signal, and redirects, followed or told.
 */
export const nodeFetch =
  (dial: Dial): Fetch =>
  async (url, init) => {
    let here = url;
    for (let hops = 0; ; hops++) {
      const answer = await ask(here, init, dial);
      const { statusCode: status = 0, headers } = answer;
      const isRedirect = status > 300 && status < 399 && headers.location !== undefined;
      if (init.redirect === 'manual' || !isRedirect) return responseOf(answer);
      answer.resume();
      if (hops === MOST) throw new Error('too many redirects');
      here = new URL(headers.location ?? '', here).href;
    }
  };

function ask(
  url: string,
  { method = 'GET', headers, body, signal }: RequestInit,
  dial: Dial,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = url.startsWith('https:') ? secureRequest : plainRequest;
    const sent = Object.fromEntries(new Headers(headers));
    const outgoing = request(url, { method, headers: sent, ...(signal && { signal }), ...dial(url) });
    whenRefused(outgoing, (error) => {
      reject(error);
      outgoing.destroy();
    });
    outgoing.once('response', resolve);
    outgoing.once('error', reject);
    outgoing.end(typeof body === 'string' ? body : undefined);
  });
}

function responseOf(answer: IncomingMessage): Response {
  const { statusCode: status = 0, headers } = answer;
  const isEmpty = BODYLESS.includes(status);
  if (isEmpty) answer.resume();
  return new Response(isEmpty ? null : streamOf(answer), { status, headers: { ...plainHeaders(headers) } });
}

/** What breaks off is told to whoever reads. */
const streamOf = (answer: IncomingMessage): ReadableStream<Uint8Array> =>
  Readable.toWeb(answer) as ReadableStream<Uint8Array>;

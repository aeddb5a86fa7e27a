import { isHarmlessHeader } from '../secretNames.js';
import { originOf } from '../redirectOf.js';
import { secretsOf } from '../secrets.js';

/** The part of the WHATWG `fetch` that is used. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** The platform's own, whatever it is at that moment. */
export const ownFetch: Fetch = (url, init) => fetch(url, init);

/** What is fetched, with its headers as a record. */
export interface FetchInit extends Omit<RequestInit, 'headers' | 'body' | 'redirect'> {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** An answer led to another address, and what the request carries must not go there. */
export class LedElsewhereError extends Error {
  override readonly name = 'LedElsewhereError';
  constructor(
    readonly status: number,
    /** Scheme, host and path; empty where the platform does not say. */
    readonly place: string,
  ) {
    super(`a redirect${place === '' ? '' : ` to ${place}`} was not followed: the request carries secrets`);
  }
}

/** As many as browsers follow (Fetch, "HTTP-redirect fetch"). */
const MOST = 20;

/**
 * Fetches, and takes nothing that is secret elsewhere: what has a body is led nowhere, what has headers of its own or a user
 * part only within its origin. A browser does not say where it would be led, so there it is led nowhere either. Anything
 * else is fetched as the platform does it.
 *
 * @throws (rejects) LedElsewhereError.
 */
export async function fetchHere(fetch: Fetch, url: string, init: FetchInit): Promise<Response> {
  if (!carriesSecrets(url, init)) return fetch(url, { ...init });
  let here = url;
  for (let hops = 0; ; hops++) {
    const response = await fetch(here, { ...init, redirect: 'manual' });
    const { status, type } = response;
    const location = response.headers.get('location');
    if (type === 'opaqueredirect') throw new LedElsewhereError(status, '');
    if (status < 300 || status > 399 || location === null) return response;
    if (originOf(location, here) === '') throw new LedElsewhereError(status, '');
    const there = new URL(location, here);
    const isSame = there.origin === new URL(here).origin;
    if (!isSame || hops === MOST || init.body !== undefined || init.method !== 'GET') {
      throw new LedElsewhereError(status, secretsOf(url, init.headers).scrub(secretsOf(there.href).place));
    }
    await response.body?.cancel();
    here = there.href;
  }
}

/** A query is none of it: what stands there leads its own way, by the redirect alone. */
const carriesSecrets = (url: string, { headers = {}, body }: FetchInit): boolean =>
  body !== undefined || /^\w+:\/\/[^/?#]*@/.test(url) || !Object.keys(headers).every(isHarmlessHeader);

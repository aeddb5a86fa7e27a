import type { HttpResponse } from '../../network/network.js';
import type { Verdict } from './weightBudget.js';

/** An answer, with the weight used so far. */
export function reply(status: number, { used }: Verdict, body: string, type = 'application/json'): HttpResponse {
  return { status, body, headers: { 'content-type': `${type};charset=UTF-8`, 'x-mbx-used-weight-1m': String(used) } };
}

/** What is refused has a code and a text. */
export const refusal = (status: number, verdict: Verdict, code: number, msg: string): HttpResponse =>
  reply(status, verdict, JSON.stringify({ code, msg }));

/** Too much weight was used, or the address is banned for it. */
export function tooMuch(verdict: Verdict, now: number): HttpResponse {
  const banned = verdict.status === 418;
  const msg = banned
    ? `Way too much request weight used; IP banned until ${verdict.until}. Please use WebSocket Streams for live updates to avoid bans.`
    : `Too much request weight used; current limit is reached. Please use WebSocket Streams for live updates to avoid polling the API.`;
  const response = refusal(verdict.status, verdict, -1003, msg);
  const retryAfter = String(Math.max(1, Math.ceil((verdict.until - now) / 1_000)));
  return { ...response, headers: { ...response.headers, 'retry-after': retryAfter } };
}

/** What a `failingSnapshot` is answered with. */
export function failure(status: number, verdict: Verdict, now: number): HttpResponse {
  if (status === 429 || status === 418) return tooMuch({ ...verdict, status, until: now + 1_000 }, now);
  return refusal(status, verdict, -1000, 'An unknown error occurred while processing the request.');
}

export const missing = (name: string): string =>
  `Mandatory parameter '${name}' was not sent, was empty/null, or malformed.`;

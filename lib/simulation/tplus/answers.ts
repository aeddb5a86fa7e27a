import type { HttpResponse } from '../../network/network.js';

export const json = (status: number, body: string, headers: Readonly<Record<string, string>> = {}): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body,
});

/** An answer to what is refused, as v0.6 writes it. */
export const refusal = (status: number, code: string, headers: Readonly<Record<string, string>> = {}): HttpResponse =>
  json(
    status,
    JSON.stringify({ error: { code, message: code.toLowerCase(), details: null, retryable: status >= 429 } }),
    headers,
  );

import type { HttpResponse } from '../network/network.js';

/** An answer to a request, whose body is JSON text. */
export const jsonAnswer = (
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): HttpResponse => ({ status, headers: { 'content-type': 'application/json', ...headers }, body });

import type { HttpResponse } from '../../network/network.js';
import { jsonAnswer } from '../jsonAnswer.js';

/** An answer to what is refused, as v0.6 writes it. */
export const refusal = (status: number, code: string, headers: Readonly<Record<string, string>> = {}): HttpResponse =>
  jsonAnswer(
    status,
    JSON.stringify({ error: { code, message: code.toLowerCase(), details: null, retryable: status >= 429 } }),
    headers,
  );

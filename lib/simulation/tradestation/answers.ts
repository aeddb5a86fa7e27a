import type { HttpResponse } from '../../network/network.js';
import { jsonAnswer } from '../jsonAnswer.js';
import type { Refused } from './refused.js';

/** An answer that says by its status, and in words, that there is none. */
export const errorAnswer = (
  status: number,
  headers: Readonly<Record<string, string>> = {},
  message?: string,
): HttpResponse => {
  const names: Readonly<Record<number, string>> = {
    400: 'BadRequest',
    401: 'Unauthorized',
    403: 'Forbidden',
    404: 'NotFound',
    429: 'TooManyRequests',
    503: 'ServiceUnavailable',
    504: 'GatewayTimeout',
  };
  const Error = names[status] ?? 'InternalServerError';
  const Message = message ?? (status === 429 ? 'Rate quota exceeded' : Error);
  return { status, headers, body: JSON.stringify({ Error, Message }) };
};

export const refusedAnswer = ({ status, message }: Refused): HttpResponse => errorAnswer(status, {}, message);

export const json = (value: unknown): HttpResponse => jsonAnswer(200, JSON.stringify(value));

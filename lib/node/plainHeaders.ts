import type { IncomingHttpHeaders } from 'node:http';

/** Headers as a venue takes them: a text each, names in lower case. */
export const plainHeaders = (headers: IncomingHttpHeaders): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );

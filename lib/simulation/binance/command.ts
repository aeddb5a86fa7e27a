import { parseRecord } from '../parseRecord.js';

/** What a client asks of its connection, or how its text failed to ask. `id` is JSON text, echoed digit for digit. */
export type Command =
  | { readonly type: 'subscribe' | 'unsubscribe'; readonly streams: readonly string[]; readonly id: string }
  | { readonly type: 'list'; readonly id: string }
  | { readonly type: 'setCombined'; readonly combined: boolean; readonly id: string }
  | { readonly type: 'getCombined'; readonly id: string }
  | { readonly type: 'error'; readonly code: number; readonly msg: string; readonly id: string | undefined };

const METHODS = '`SUBSCRIBE`, `UNSUBSCRIBE`, `LIST_SUBSCRIPTIONS`, `SET_PROPERTY`, `GET_PROPERTY`';

/** Reads a control frame. Source of methods, codes and texts: the venue's "WebSocket streams" page, mid-2026. */
export function commandOf(text: string): Command {
  const frame = parseRecord(text);
  if (frame === undefined) {
    return { type: 'error', code: 3, msg: 'Invalid JSON: expected value at line 1 column 1', id: undefined };
  }
  const id = idOf(text, frame['id']);
  const invalid = (msg: string): Command => ({ type: 'error', code: 2, msg: `Invalid request: ${msg}`, id });
  if (id === undefined) return invalid('request ID must be an integer, a string of up to 36 characters, or null');
  const method = frame['method'];
  const params = frame['params'];
  switch (method) {
    case 'SUBSCRIBE':
    case 'UNSUBSCRIBE':
      if (!isTexts(params)) return invalid('params must be an array of stream names');
      if (params.length === 0) return invalid('params is empty');
      return { type: method === 'SUBSCRIBE' ? 'subscribe' : 'unsubscribe', streams: params, id };
    case 'LIST_SUBSCRIPTIONS':
      return { type: 'list', id };
    case 'SET_PROPERTY':
    case 'GET_PROPERTY': {
      const [property, value] = Array.isArray(params) ? (params as readonly unknown[]) : [];
      if (typeof property !== 'string') return invalid('property name must be a string');
      if (property !== 'combined') return { type: 'error', code: 0, msg: 'Unknown property', id };
      if (method === 'GET_PROPERTY') return { type: 'getCombined', id };
      if (typeof value === 'boolean') return { type: 'setCombined', combined: value, id };
      return { type: 'error', code: 1, msg: 'Invalid value type: expected Boolean', id };
    }
    case undefined:
      return invalid('missing field `method`');
    default:
      return invalid(`unknown variant \`${String(method)}\`, expected one of ${METHODS}`);
  }
}

/** An id may be any 64-bit integer, more than a double holds: its digits are taken from the text. */
function idOf(text: string, id: unknown): string | undefined {
  if (id === undefined || id === null) return 'null';
  if (typeof id === 'string') return id.length <= 36 ? JSON.stringify(id) : undefined;
  if (typeof id !== 'number' || !Number.isInteger(id)) return undefined;
  return Number.isSafeInteger(id) ? String(id) : /"id"\s*:\s*(-?\d+)/.exec(text)?.[1];
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

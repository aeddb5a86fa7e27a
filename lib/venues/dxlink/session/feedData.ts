import { type JsonObject, isJsonObject } from '../../../codec/jsonObject.js';

/** One event as the venue sent it: its type, and its values by the library's names of fields. */
export interface Row {
  readonly type: string;
  readonly values: JsonObject;
}

/** Field names by which rows are read, in the library's spelling: `VWAP` and `vwap` have both been seen. */
export const fieldName = (name: string): string => (name.toLowerCase() === 'vwap' ? 'vwap' : name);

/**
 * The events of one FEED_DATA, in order. FULL is a list of objects; COMPACT alternates type names and flat lists of
 * values, of which each row is as wide as the fields granted for its type; a type may be announced with its fields
 * (`["Quote",[…]]`), as it once was. A frame may hold several types: each is told by itself, so that what is wrong with
 * one does not cost the others.
 *
 * @param fieldsOf The fields of a type's rows, in their order; `undefined` for a type that nobody knows.
 * @param take Told of each row; once, without values, of a type that nobody knows.
 * @param fail Told of each part that can't be read.
 */
export function readFeedData(
  data: unknown,
  fieldsOf: (type: string) => readonly string[] | undefined,
  take: (row: Row) => void,
  fail: (text: string) => void,
): void {
  if (!Array.isArray(data)) {
    fail('data is no list');
    return;
  }
  const list = data as readonly unknown[];
  if (isJsonObject(list[0])) {
    for (const row of list) readFull(row, take, fail);
    return;
  }
  for (let i = 0; i < list.length; i += 2) readCompact(list[i], list[i + 1], fieldsOf, take, fail);
}

/** Told by the frame already, and a time that is 0 unless enabled. */
const isKept = (field: string): boolean => field === 'eventType' || field === 'eventTime';

function readFull(row: unknown, take: (row: Row) => void, fail: (text: string) => void): void {
  const type = isJsonObject(row) ? row['eventType'] : undefined;
  if (!isJsonObject(row) || typeof type !== 'string' || type === '') {
    fail('an event without a type');
    return;
  }
  const values: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(row)) if (!isKept(name)) values[fieldName(name)] = value;
  take({ type, values });
}

function readCompact(
  head: unknown,
  values: unknown,
  fieldsOf: (type: string) => readonly string[] | undefined,
  take: (row: Row) => void,
  fail: (text: string) => void,
): void {
  const [type, types] = Array.isArray(head) ? (head as readonly unknown[]) : [head];
  if (typeof type !== 'string' || type === '' || !Array.isArray(values)) {
    fail('neither a type nor its values');
    return;
  }
  const fields = isTexts(types) ? types.map(fieldName) : fieldsOf(type);
  if (fields === undefined) {
    // Nobody knows it, so nobody waits for it.
    take({ type, values: {} });
    return;
  }
  if (fields.length === 0 || values.length % fields.length !== 0) {
    fail(`${values.length} values of ${type} don't make rows of ${fields.length}`);
    return;
  }
  const width = fields.length;
  for (let start = 0; start < values.length; start += width) {
    const row: Record<string, unknown> = {};
    for (let i = 0; i < width; i++) {
      const field = fields[i] as string;
      if (!isKept(field)) row[field] = values[start + i];
    }
    take({ type, values: row });
  }
}

const isTexts = (u: unknown): u is readonly string[] => Array.isArray(u) && u.every((one) => typeof one === 'string');

import { InvalidArgumentError } from '../../errors/invalidArgumentError.js';
import { isJsonObject } from '../../codec/jsonObject.js';
import { PlainLevel } from '../../model/plainLevel.js';

/** What a text is sent as, where it is not to be sent as it is. */
export type Renaming = (text: string) => string;

/** An object with this key is a value that JSON has no form for: `map`, `set`, `bigint`, `number`, `none`, or `object`. */
const TAG = '$';
const tagged = (tag: string, value?: unknown): object => ({ [TAG]: tag, v: value });
const asItIs: Renaming = (text) => text;

/** An object of fields: what is made by a class is none, but for a level, which has nothing that its fields don't say. */
export const isFields = (value: unknown): value is Readonly<Record<string, unknown>> => {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || value instanceof PlainLevel;
};

/** The fields that say something. */
export const fieldsOf = (value: Readonly<Record<string, unknown>>): readonly (readonly [string, unknown])[] =>
  Object.entries(value).filter(([, one]) => one !== undefined);

/**
 * Plain data as JSON has it, maps and whole numbers beyond its own included; a field that is `undefined` is absent.
 *
 * @throws InvalidArgumentError for what is more than data: a function says nothing to another process.
 */
export function encoded(value: unknown, rename: Renaming = asItIs): unknown {
  switch (typeof value) {
    case 'string':
      return rename(value);
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : tagged('number', Object.is(value, -0) ? '-0' : String(value));
    case 'bigint':
      return tagged('bigint', String(value));
    case 'undefined':
      return tagged('none');
    default:
      return encodedObject(value, rename);
  }
}

function encodedObject(value: unknown, rename: Renaming): unknown {
  const each = (one: unknown): unknown => encoded(one, rename);
  if (value === null) return null;
  if (Array.isArray(value)) return value.map(each);
  if (value instanceof Map)
    return tagged(
      'map',
      Array.from(value, (pair: readonly unknown[]) => pair.map(each)),
    );
  if (value instanceof Set) return tagged('set', Array.from(value, each));
  if (!isFields(value)) throw new InvalidArgumentError('value', 'plain data', typeof value);
  const fields = fieldsOf(value).map(([key, one]) => [rename(key), each(one)] as const);
  return TAG in value ? tagged('object', fields) : Object.fromEntries(fields);
}

type Pairs = readonly (readonly [unknown, unknown])[];
const isPairs = (u: unknown): u is Pairs =>
  Array.isArray(u) && u.every((one) => Array.isArray(one) && one.length === 2);

/** What was {@link encoded}. Of no form that it could have, a value is taken as it is. */
export function decoded(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(decoded);
  if (!isJsonObject(json)) return json;
  const { v: value } = json;
  switch (json[TAG]) {
    case 'map':
      return isPairs(value) ? new Map(value.map(([key, one]) => [decoded(key), decoded(one)])) : json;
    case 'set':
      return Array.isArray(value) ? new Set(value.map(decoded)) : json;
    case 'object':
      return isPairs(value) ? Object.fromEntries(value.map(([key, one]) => [String(key), decoded(one)])) : json;
    case 'bigint':
      return /^-?\d+$/.test(String(value)) ? BigInt(String(value)) : json;
    case 'number':
      return Number(value);
    case 'none':
      return undefined;
    default:
      return Object.fromEntries(Object.entries(json).map(([key, one]) => [key, decoded(one)]));
  }
}

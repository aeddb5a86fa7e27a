const WIDTH = 100;

/**
 * A value as text, for comparing and for reading: two values are the same to the testing kit exactly when this text is
 * the same. Only what a value holds counts, not its class nor the order of its fields: a side of a book is its levels,
 * an error its name, message and fields, and a field that is `undefined` is as good as absent.
 */
export function show(value: unknown, within: readonly unknown[] = []): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function') return `[function ${value.name}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  if (within.includes(value)) return '[circular]';
  const inside = [...within, value];
  if (value instanceof Date) return `Date ${value.getTime()}`;
  if (isIterable(value)) {
    return block(
      `${value instanceof Map ? 'Map ' : value instanceof Set ? 'Set ' : ''}[`,
      [...value].map((item) => show(item, inside)),
      ']',
    );
  }
  const fields = Object.entries(value)
    .filter(([key, field]) => field !== undefined && !(value instanceof Error && key === 'name'))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, field]) => `${/^\w+$/.test(key) ? key : JSON.stringify(key)}: ${show(field, inside)}`);
  if (!(value instanceof Error)) return block('{', fields, '}');
  return `${value.name} ${JSON.stringify(value.message)}${fields.length === 0 ? '' : ` ${block('{', fields, '}')}`}`;
}

const isIterable = (value: object): value is Iterable<unknown> =>
  Symbol.iterator in value && typeof value[Symbol.iterator] === 'function';

function block(open: string, parts: readonly string[], close: string): string {
  const line = `${open}${parts.join(', ')}${close}`;
  if (line.length <= WIDTH && !line.includes('\n')) return line;
  return `${open}\n${parts.map((part) => `  ${part.replaceAll('\n', '\n  ')},\n`).join('')}${close}`;
}

/** How much of a frame is told where it is told at all. */
const SHOWN = 200;

/**
 * The beginning of a value as JSON, for faults: at most 200 characters. Takes work for what it shows only, so that neither
 * megabytes nor ten thousand lists within one another cost anything; `JSON.stringify` runs out of stack at those.
 */
export function excerptOf(value: unknown): string {
  const text = { written: '' };
  write(value, text);
  return text.written.slice(0, SHOWN);
}

/** Each step inwards writes at least one character, so the stack can't grow beyond what is shown. */
function write(value: unknown, text: { written: string }): void {
  if (text.written.length >= SHOWN) return;
  if (typeof value !== 'object' || value === null) text.written += plain(value);
  else if (Array.isArray(value)) {
    text.written += '[';
    for (const [index, item] of value.entries()) {
      if (text.written.length >= SHOWN) return;
      if (index > 0) text.written += ',';
      write(item, text);
    }
    text.written += ']';
  } else if (hasOwnJson(value)) write(value.toJSON(), text);
  else writeFields(value, text);
}

function writeFields(value: object, text: { written: string }): void {
  text.written += '{';
  let separator = '';
  for (const [key, field] of Object.entries(value)) {
    if (text.written.length >= SHOWN) return;
    text.written += `${separator}${plain(key)}:`;
    separator = ',';
    write(field, text);
  }
  text.written += '}';
}

/** A long text is cut before it is quoted: quoting only makes it longer. What JSON has no word for is `null`. */
function plain(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value.slice(0, SHOWN));
    case 'number':
    case 'boolean':
    case 'bigint':
      return String(value);
    default:
      return 'null';
  }
}

const hasOwnJson = (value: object): value is { toJSON(): unknown } =>
  'toJSON' in value && typeof value.toJSON === 'function';

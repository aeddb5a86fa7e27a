import type { Random } from '../../lib/simulation/index.js';
import { pick } from './chaosDraw.js';

/** As functions, since one of them is nothing. A text for a text would be another name, and true. */
const ODD = [null, { wrong: true }, [1], true, '', undefined].map((value: unknown) => () => value);

/** Numbers are to keep their digits. */
const NUMBER = /([:,[])(-?\d[\d.eE+-]*)(?=[,\]}])/g;

/** The text with one value, at any depth, turned into what no venue sends there, or gone. */
export function oddly(text: string, draw: Random): string {
  const value = parsed(text);
  const places: { readonly holder: Record<string, unknown>; readonly key: string }[] = [];
  const visit = (holder: Record<string, unknown>): void => {
    for (const [key, inner] of Object.entries(holder)) {
      places.push({ holder, key });
      if (typeof inner === 'object' && inner !== null) visit(inner as Record<string, unknown>);
    }
  };
  if (typeof value === 'object' && value !== null) visit(value as Record<string, unknown>);
  if (places.length === 0) return 'null';
  const { holder, key } = pick(draw, places);
  const odd = pick(draw, ODD)();
  holder[key] = typeof holder[key] === 'boolean' && odd === true ? null : odd;
  return JSON.stringify(value).replace(/"#([^"#]*)#"/g, '$1');
}

/** With numbers as marked texts; nothing where it is no JSON, as of another fault. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(NUMBER, '$1"#$2#"'));
  } catch {
    return undefined;
  }
}

import type { Random } from '../../lib/simulation/random.js';
import { pick } from './chaosDraw.js';

/** A text for a text would be another name, and true; and what is not there may be meant to be absent. */
const ODD: readonly unknown[] = [{ wrong: true }, [1], true, '', 7];

/** Numbers are to keep their digits. */
const NUMBER = /([:,[])(-?\d[\d.eE+-]*)(?=[,\]}])/g;

/** The text with one value, at any depth, turned into what no venue sends there. */
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
  const { [key]: right } = holder;
  // Numbers are texts here, and a number may stand for the text of one.
  const isText = typeof right === 'string';
  holder[key] = pick(draw, isText ? ODD.slice(0, 3) : ODD.filter((odd) => typeof odd !== typeof right));
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

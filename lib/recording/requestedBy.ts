/** Steps of a path that say nothing about what is asked for. */
const FRAME = /^(api|rest|public|v?\d+(\.\d+)?)$/;
/** How much of it, not of what. */
const NUMBER = /^\d+$/;

/**
 * What a URL asks for: the words of its path and of its query's values, in lower case. Host, version, limits and the
 * names of parameters are left out, because they change over the years: `…/api/v1/depth?symbol=BTCUSDT&limit=1000` and
 * `…/api/v3/depth?limit=5000&symbol=btcusdt` ask for the same.
 */
export function requestedBy(url: string): ReadonlySet<string> {
  const [place = '', query = ''] = url.toLowerCase().split('?');
  const path = place.replace(/^\w+:\/\/[^/]*/, '').split('/');
  // At its end a number is a name: `/marketdepth/200`.
  const last = path.pop() ?? '';
  const values = query.split('&').flatMap((pair) => words(pair.slice(pair.indexOf('=') + 1)));
  const steps = path.flatMap(words).filter((step) => !FRAME.test(step));
  const before = [...steps, ...values].filter((word) => !NUMBER.test(word));
  return new Set([...before, ...words(last)].filter((word) => word !== ''));
}

/**
 * Which recorded answers serve a request: those to just what it asks for; where there are none, those to a broader
 * request, such as the whole instrument list for a part of it.
 *
 * @returns Their places in `recorded`, in order.
 */
export function answersTo(requested: ReadonlySet<string>, recorded: readonly ReadonlySet<string>[]): readonly number[] {
  const within = recorded.flatMap((words, i) => (words.size > 0 && isSubset(words, requested) ? [i] : []));
  const most = Math.max(...within.map((i) => recorded[i]?.size ?? 0));
  return within.filter((i) => recorded[i]?.size === most);
}

/**
 * How much of it a URL asks for: the numbers of its query. Among answers to the same, those to just so much are meant, as the
 * two of a book by price and by order are (`?group=1`, `?group=2`).
 */
export function amountsIn(url: string): string {
  const [, query = ''] = url.split('?');
  return words(query.replace(/[^=&]*=/g, '='))
    .filter((word) => NUMBER.test(word))
    .sort()
    .join();
}

const isSubset = (some: ReadonlySet<string>, all: ReadonlySet<string>): boolean =>
  [...some].every((word) => all.has(word));

/** Lists stand in queries in many ways: `A,B`, `["A","B"]`, percent-encoded or not. */
function words(text: string): readonly string[] {
  return decoded(text).split(/[^\w.:-]+/);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

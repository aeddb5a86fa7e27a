import { jsonOf } from './readAnswer.js';
import { type RefusalIn, UNSAID } from './requests.js';

/** A refusal says why in a line; nothing longer is looked into. */
const LONGEST = 1_000;

/**
 * Of a venue that says no in JSON, also with status 200.
 *
 * @param isRefusal Whether an answer is one; of a list its items are named `0`, `1`, ….
 * @param tooMuch What stands in one that asks to stay away.
 * @param wait For how long, in ms. Default: a minute.
 */
export const refusalsWith =
  (isRefusal: (answer: Readonly<Record<string, unknown>>) => boolean, tooMuch: RegExp, wait = UNSAID): RefusalIn =>
  ({ body }) => {
    if (body.length > LONGEST || !isRefusal(Object(jsonOf(body)) as Readonly<Record<string, unknown>>))
      return undefined;
    return tooMuch.test(body) ? wait : 0;
  };

import type { RefusalIn } from '../../feed/requests.js';

/** Bans grow from 2 minutes to 3 days (spot rest-api.md, "IP limits"): a longer one is a clock of ours that is wrong, in ms. */
const LONGEST = 259_200_000;

/** How long a ban lasts yet: `…IP banned until 1659146400000…` is all that a page can read, without the headers. */
export const bannedFor: RefusalIn = ({ status, body }, now) => {
  if (status !== 418 && status !== 429) return undefined;
  const until = Number(/banned until (\d{13})\b/.exec(body)?.[1] ?? 0);
  return Math.min(Math.max(0, until - now), LONGEST);
};

import type { RecordedSocket } from './format.js';

/** Numbers of requests are those of a session, whatever it asks for. */
const REQUEST_ID = /"(?:req_?)?id"\s*:\s*(?:"[^"]*"|\d+)/gi;
const BETWEEN_WORDS = /[\s"',&=[\]{}()]+/;

/** What a client asks for on a socket: the words of its address's query, and of the texts that it sent. */
export function askedOn(url: string, sent: readonly string[]): ReadonlySet<string> {
  const [, query = ''] = url.split('?');
  return new Set([query, ...sent].flatMap((text) => text.replace(REQUEST_ID, '').split(BETWEEN_WORDS)));
}

/** How much of it both ask for. */
export function inCommon(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  return [...one].filter((word) => other.has(word)).length;
}

/** What the recorded client asked for on it, all in all. */
export const askedOf = ({ url, sent }: RecordedSocket): ReadonlySet<string> =>
  askedOn(
    url,
    sent.map(({ data }) => data),
  );

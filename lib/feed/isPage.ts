import { RequestFailedError } from '../errors/requestFailedError.js';

/**
 * Whether an answer is a page for people. What stands before a venue (a firewall, a proxy) says no by one, now and then, and
 * lets the next one through: it is no refusal of the venue's, and nothing for good.
 */
export const isPage = (text: string): boolean => /^\s*</.test(text);

/**
 * Whether a refusal is in the words of a venue that says no in JSON. What stands before it says no by a page, in plain words or in
 * none, an empty object too: that is nothing for good, nor an answer to what was asked.
 */
export const isOwnWord = (text: string): boolean => /^\s*\{\s*"/.test(text);

/** Whether what was refused is refused for good, in the words of a venue that says no in JSON: who says when to come back expects us. */
export const isForGood = ({ text, retryAfter = 0 }: RequestFailedError): boolean => isOwnWord(text) && retryAfter <= 0;

/** Whether the venue itself, which says no in JSON, answered with one of these statuses. */
export const isRefusedWith = (error: unknown, ...statuses: readonly number[]): error is RequestFailedError =>
  error instanceof RequestFailedError && statuses.includes(error.status ?? 0) && isForGood(error);

import { RequestFailedError } from '../errors/requestFailedError.js';

/**
 * Whether an answer is a page for people. What stands before a venue (a firewall, a proxy) says no by one, now and then, and
 * lets the next one through: it is no refusal of the venue's, and nothing for good.
 */
export const isPage = (text: string): boolean => /^\s*</.test(text);

/** Whether the venue itself answered with one of these statuses. A page of one says nothing of what was asked for. */
export const isRefusedWith = (error: unknown, ...statuses: readonly number[]): error is RequestFailedError =>
  error instanceof RequestFailedError && statuses.includes(error.status ?? 0) && !isPage(error.text);

/**
 * Whether an answer is a page for people. What stands before a venue (a firewall, a proxy) says no by one, now and then, and
 * lets the next one through: it is no refusal of the venue's, and nothing for good.
 */
export const isPage = (text: string): boolean => /^\s*</.test(text);

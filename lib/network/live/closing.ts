/** A close frame has room for 123 bytes of reason (RFC 6455, 5.5), and a letter takes up to three. */
const LONGEST = 41;

/** As much of a reason for closing as fits into a close frame in any case. */
export const bounded = (reason: string): string => reason.slice(0, LONGEST);

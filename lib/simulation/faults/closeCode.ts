/** What a server may put into a close frame, for people. */
export const CLOSE_CODES = 'a close code: 1000 to 1003, 1007 to 1014, or 3000 to 4999';

/** Whether a server may put it into a close frame (RFC 6455, 7.4): transports throw for any other. */
export const isCloseCode = (code: unknown): boolean =>
  Number.isInteger(code) &&
  [
    [1000, 1003],
    [1007, 1014],
    [3000, 4999],
  ].some(([least = 0, most = 0]) => Number(code) >= least && Number(code) <= most);

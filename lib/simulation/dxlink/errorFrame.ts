/** What the venue says of a message that it can't follow; channel 0 is the connection itself. */
export const errorFrame = (channel: number, error: string, message: string): object => ({
  type: 'ERROR',
  channel,
  error,
  message,
});

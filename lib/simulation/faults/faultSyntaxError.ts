/** A text names no fault plan. Met by whoever typed it: the message says what was wrong and what is accepted. */
export class FaultSyntaxError extends Error {
  override readonly name = 'FaultSyntaxError';
  constructor(
    /** The part of the text that was not understood. */
    readonly part: string,
    /** What was wrong with it. */
    readonly wrong: string,
    /** What is accepted instead. */
    readonly accepted: string,
  ) {
    super(`fault "${part}": ${wrong}; accepted: ${accepted}`);
  }
}

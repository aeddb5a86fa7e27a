/** How much of an answer is told in one line, in characters. */
const TOLD = 200;

/** A request got no usable answer: none at all (`status` absent), or one the caller can't accept. */
export class RequestFailedError extends Error {
  override readonly name = 'RequestFailedError';
  /** The origin of a redirect that was not followed; empty where nobody says to which. Absent: it was none. */
  readonly ledTo: string | undefined;
  /** What was asked for, method and address, without query and secrets. Absent: nobody says. */
  readonly asked: string | undefined;
  constructor(
    /** What was answered, at most 1,000 characters; the message has the first 200 of it. Without secrets. */
    readonly text: string,
    readonly status?: number,
    /** How long the venue asks us to stay away, in ms. */
    readonly retryAfter?: number,
    options?: ErrorOptions & {
      readonly asked?: string | undefined;
      readonly ledTo?: string | undefined;
    },
  ) {
    const { asked, ledTo } = options ?? {};
    const what = status === undefined ? '' : ` with status ${status}`;
    super(`request failed${what}${asked === undefined ? '' : ` (${asked})`}: ${text.slice(0, TOLD)}`, options);
    this.ledTo = ledTo;
    this.asked = asked;
  }
}

/**
 * Errors by which the venue says that a request is wrong, so that the same one will fare no better (`asyncapi.yml`,
 * ERROR). An ERROR by itself says nothing yet: the channel it stands on is refused where the venue closes that before it
 * was open. The venue's own client asks for such a channel no more. `TIMEOUT`, `UNKNOWN` and whatever has no name there
 * may pass.
 */
const FINAL: readonly string[] = ['BAD_ACTION', 'INVALID_MESSAGE', 'UNSUPPORTED_PROTOCOL', 'UNAUTHORIZED'];

/**
 * Whether what the venue says on a channel refuses that for good.
 *
 * @param isAuthorised Whether the session has its rights: without them everything is refused, until they are back.
 */
export const isRefusal = (error: string, isAuthorised: boolean): boolean =>
  FINAL.includes(error) && (isAuthorised || error !== 'UNAUTHORIZED');

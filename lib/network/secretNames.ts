/** Names that end so are those of secrets: `accessToken`, `X-MBX-APIKEY`, `authSig`. */
const ENDINGS = /(token|secret|signature|sig|password|passphrase|apikey|listenkey|jwt|authorization|cookie)$/;
/** Names too short to look for at the end of others. */
const NAMES = /^(key|sign|auth|code)$/;

/** A name as names are compared: case, `-`, `_` and `.` don't matter. */
export const plainName = (name: string): string => name.toLowerCase().replace(/[-_.]/g, '');

/** Whether what goes by this name is a secret. */
export function namesSecret(name: string): boolean {
  const plain = plainName(name);
  return NAMES.test(plain) || ENDINGS.test(plain);
}

/** Whether a header of this name says nothing but words that anybody may know. */
export const isHarmlessHeader = (name: string): boolean =>
  /^(accept|accept-.*|user-agent|user-id|content-type|content-length|origin|host|connection)$/i.test(name);

const encoder = new TextEncoder();
/** A close frame has room for so many bytes of reason (RFC 6455, 5.5). */
const REASON_BYTES = 123;

/** As much of a reason for closing as fits into a close frame, in whole letters. */
export function bounded(reason: string): string {
  return reason.slice(0, encoder.encodeInto(reason, new Uint8Array(REASON_BYTES)).read);
}

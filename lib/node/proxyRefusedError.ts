import type { ClientRequest } from 'node:http';
import { type OperatorFunction, catchError, throwError } from 'rxjs';
import { PlatformError } from '../errors/platformError.js';
import { RequestFailedError } from '../errors/requestFailedError.js';
import { WireLostError } from '../errors/wireLostError.js';
import { secretsOf } from '../network/secrets.js';

/** A proxy did not let us through. Waited for like any address that can't be reached. */
export class ProxyRefusedError extends Error {
  override readonly name = 'ProxyRefusedError';
  constructor(readonly status: number) {
    super(`the proxy refused with status ${status}`);
  }
}

/** What a proxy answered to CONNECT, as `https-proxy-agent` tells it. */
interface ProxyAnswer {
  readonly statusCode: number;
}

/**
 * Tells when a proxy did not let a request through. What it answered looks like the venue's own answer otherwise, and a venue's
 * refusal may end a channel for good.
 */
export function whenRefused(request: ClientRequest, refused: (error: ProxyRefusedError) => void): void {
  request.once('proxyConnect', ({ statusCode }: ProxyAnswer) => {
    if (statusCode !== 200) refused(new ProxyRefusedError(statusCode));
  });
}

/** Says in an error what its cause has to say of a proxy: no secret, and more than that nothing came. */
export const namingProxy = <T>({ url }: { readonly url: string }): OperatorFunction<T, T> =>
  catchError((error: unknown) => throwError(() => explained(error, secretsOf(url).place)));

function explained(error: unknown, place: string): unknown {
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  if (cause instanceof PlatformError) return cause;
  if (!(cause instanceof ProxyRefusedError)) return error;
  const text = `${place}: ${cause.message}`;
  return error instanceof WireLostError
    ? new WireLostError('failed', text, undefined, { cause })
    : new RequestFailedError(text, undefined, undefined, { cause });
}

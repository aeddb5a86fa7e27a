import { type Observable, type ObservableInput, catchError, defer, from, map, switchMap, take, throwError } from 'rxjs';
import { millisOfNanos } from '../../codec/integers.js';
import { AuthenticationRefusedError } from '../../errors/authenticationRefusedError.js';
import { check } from '../../errors/checks.js';
import { checkText } from '../../errors/optionRules.js';
import { RequestFailedError } from '../../errors/requestFailedError.js';
import type { Credential } from '../../feed/credentials.js';
import { readAnswer } from '../../feed/readAnswer.js';
import type { Requests } from '../../feed/requests.js';
import { NonceAnswer, TokenAnswer } from './frames.js';
import { errorCodeOf } from './rest.js';

/** Who signs in. */
export interface TplusAccount {
  /** The Ed25519 public key: 64 hex digits in lower case, without `0x`. */
  readonly userId: string;
  /**
   * Signs a message with the private key: Ed25519, 64 bytes. The first value counts. The key never comes near this
   * library; in Node `ed25519Signer` of `millrace/node` makes one of a seed.
   */
  readonly sign: (message: Uint8Array) => ObservableInput<Uint8Array>;
}

const KEY = /^[0-9a-f]{64}$/;

/** @throws InvalidArgumentError where the id is none: it would stand in paths and headers. */
export function checkAccount({ userId, sign }: TplusAccount): void {
  checkText('account.userId', KEY, '64 hex digits in lower case', userId);
  check('account.sign', typeof sign === 'function', 'a function that signs', typeof sign);
}

/** Words of the venue for credentials that no second try makes better; unless it says that one may (`retryable`). */
const FINAL = /^(?:INVALID_SIGNATURE|SIGNER_)/;
const RETRYABLE = /"retryable"\s*:\s*true/;
/** The nonce ran out between the two requests, or was used: another one may do. */
const NONCE = 'NONCE_';

/**
 * Signs in: asks for a nonce, signs its text, and trades it for a token. A refused nonce is asked for anew once.
 *
 *     we                                  T+ order service
 *     GET /nonce/{user_id}           ──▶
 *                                    ◀──  {"value":"…"}
 *     POST /auth                     ──▶  {"user_id","nonce","signature":[64 numbers]}
 *                                    ◀──  {"token":"…","expiry_ns":…}
 *
 * @throws (on the stream) AuthenticationRefusedError where the venue refuses key or signature; RequestFailedError.
 */
export function signIn(orderUrl: string, requests: Requests, account: TplusAccount): Observable<Credential<string>> {
  const once = nonceOf(orderUrl, requests, account.userId).pipe(
    switchMap((nonce) => tokenFor(nonce, orderUrl, requests, account)),
  );
  return once.pipe(
    catchError((error: unknown) => (codeOf(error).startsWith(NONCE) ? once : throwError(() => error))),
    catchError((error: unknown) => {
      return throwError(() => (isFinal(error) ? new AuthenticationRefusedError('tplus', codeOf(error)) : error));
    }),
  );
}

const isFinal = (error: unknown): boolean =>
  error instanceof RequestFailedError &&
  FINAL.test(codeOf(error)) &&
  (error.status ?? 0) < 500 &&
  !RETRYABLE.test(error.text);

const codeOf = (error: unknown): string => (error instanceof RequestFailedError ? (errorCodeOf(error) ?? '') : '');

function nonceOf(orderUrl: string, requests: Requests, userId: string): Observable<string> {
  return requests
    .send({ method: 'GET', url: `${orderUrl}/nonce/${userId}` })
    .pipe(map((response) => readAnswer(NonceAnswer, response).value));
}

function tokenFor(
  nonce: string,
  orderUrl: string,
  requests: Requests,
  { userId, sign }: TplusAccount,
): Observable<Credential<string>> {
  // What is signed is the text itself, not the bytes its digits may stand for; blanks and line ends are left out.
  const message = new TextEncoder().encode(nonce.replace(/[ \r\n]/g, ''));
  return defer(() => from(sign(message))).pipe(
    take(1),
    switchMap((signature) => {
      if (signature.length !== 64) {
        const text = `the signer gave ${signature.length} bytes, an Ed25519 signature has 64`;
        return throwError(() => new AuthenticationRefusedError('tplus', text));
      }
      return requests.send({
        method: 'POST',
        url: `${orderUrl}/auth`,
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ user_id: userId, nonce, signature: [...signature] }),
      });
    }),
    map((response) => {
      const { token, expiry_ns } = readAnswer(TokenAnswer, response);
      return { value: token, expiresAt: millisOfNanos(expiry_ns) };
    }),
  );
}

import { type Observable, type ObservableInput, from, take, tap } from 'rxjs';

/** What was given is no token; what it is instead is never told. */
export class UnusableTokenError extends Error {
  override readonly name = 'UnusableTokenError';
}

/**
 * What a provider of tokens gives, which may be one without types: nothing but a text is presented to a venue, or kept as a
 * secret. The first value counts.
 *
 * @throws (on the stream) UnusableTokenError where its value is no text.
 */
export const tokenOf = <T>(tokens: () => ObservableInput<T>): Observable<T> =>
  from(tokens()).pipe(
    take(1),
    tap((credential) => {
      checkToken(credential);
    }),
  );

/**
 * Holds a credential against what it has to be.
 *
 * @throws UnusableTokenError for what has no text as its value.
 */
export function checkToken(credential: unknown): void {
  const { value } = Object(credential) as { readonly value?: unknown };
  if (typeof value !== 'string' || value === '') throw new UnusableTokenError();
}

/** What there is no stream or answer for: an HTTP status and, where it says more, what is wrong. */
export interface Refused {
  readonly status: number;
  readonly message?: string;
}

export const notFound: Refused = { status: 404 };

export const badRequest = (message: string): Refused => ({ status: 400, message });

export const isRefused = (value: object): value is Refused => 'status' in value;

import { AuthenticationRefusedError } from './authenticationRefusedError.js';
import { PlatformError } from './platformError.js';

/** Whether no retry can help: credentials refused for good, or a platform that can't do it. */
export const isFatal = (error: unknown): boolean =>
  error instanceof AuthenticationRefusedError || error instanceof PlatformError;

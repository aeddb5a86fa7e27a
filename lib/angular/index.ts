/**
 * millrace in Angular: exchanges by dependency injection, their books, quotes and accounts as signals. Holds no decorator, so
 * that no compiler of Angular's is needed for it.
 */
export type { AccountRef } from './injectAccount.js';
export { injectAccount } from './injectAccount.js';
export type { BookRef } from './bookRef.js';
export { type BookExchange, type InjectBookOptions, injectBook } from './injectBook.js';
export { type ConflationConfig, withConflation } from './withConflation.js';
export { type ExchangeSource, type ExchangeToken, exchangeToken } from './exchangeToken.js';
export type { MillraceFeature } from './feature.js';
export { type ConnectionExchange, injectConnection } from './injectConnection.js';
export { injectExchange } from './injectExchange.js';
export { type FaultsExchange, type InjectFaultsOptions, injectFaults } from './injectFaults.js';
export type { InjectOptions } from './injectorOf.js';
export { type QuotesExchange, type QuotesSignal, injectQuotes } from './injectQuotes.js';
export { type InjectStreamOptions, type StreamRef, type StreamStatus, injectStream } from './injectStream.js';
export { provideMillrace } from './provideMillrace.js';
export { type ServerConfig, type ServerMode, withServer } from './withServer.js';
export type { TrustRef, TrustStatus, Trusted } from './trustRef.js';
export { withExchange } from './withExchange.js';

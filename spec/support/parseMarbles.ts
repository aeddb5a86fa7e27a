import { TestScheduler } from 'rxjs/testing';

/** Stands in for `@swirly/parser-rxjs`. */
export const parseMarbles: typeof TestScheduler.parseMarbles = (...args) => TestScheduler.parseMarbles(...args);

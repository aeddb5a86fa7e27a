import { TestScheduler, type RunHelpers } from 'rxjs/testing';
import { aDuration, aFunction, checkKind, checkOptions } from '../errors/optionRules.js';
import { assertEqual, type AssertEqual } from './assertEqual.js';

/** What a marble test is given: the helpers of `TestScheduler.run`, and the scheduler itself. */
export interface MarbleHelpers extends RunHelpers {
  /** Virtual time. `asyncScheduler`, every default of this library included, runs on it as well during the test. */
  readonly scheduler: TestScheduler;
}

/** How a marble test is run. */
export interface MarblesConfig {
  /** Compares what came with what was expected, and throws. Default: {@link assertEqual}; jest's `toEqual` fits too. */
  readonly assert?: AssertEqual;
  /**
   * Where virtual time ends, in ms. What repeats for ever (a heartbeat, a reconnect) is followed up to here; what was
   * emitted until then is compared. Default: 86,400,000 (a day).
   */
  readonly until?: number;
}

/**
 * A marble test, for any test runner: `it('…', marbles(({ hot, expectObservable }) => { … }))`. One character is 1 ms,
 * `10s` ten seconds; nothing waits.
 *
 * @returns What the runner runs. It throws when an expectation isn't met.
 */
export function marbles(test: (helpers: MarbleHelpers) => void, config: MarblesConfig = {}): () => void {
  checkKind('test', aFunction, test);
  checkOptions('config', config, { assert: aFunction, until: aDuration });
  const { assert = assertEqual, until = 86_400_000 } = config;
  return () => {
    const scheduler = new TestScheduler(assert);
    scheduler.run((helpers) => {
      scheduler.maxFrames = until;
      test({ ...helpers, scheduler });
    });
  };
}

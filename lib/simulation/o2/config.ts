import { aBoolean, anObject, checkOptions, oneOf } from '../../errors/optionRules.js';
import { aFraction, checkVenueConfig, howMany } from '../checkVenueConfig.js';
import { o2Limits, type O2Limits } from './limits.js';
import type { SimulatedVenueConfig } from '../simulatedVenueConfig.js';

/** What a simulated O2 is like: its markets, its accounts, its forms of frames, its faults. */
export interface SimulatedO2Config extends SimulatedVenueConfig {
  /** Default: as {@link O2Limits} says. */
  readonly limits?: Partial<O2Limits>;
  /** What the sizes of depth updates are. Default: `signed-change`. */
  readonly sizes?: 'signed-change' | 'absolute';
  /** How it writes what its sources disagree on. */
  readonly forms?: {
    /** What holds the sides of depth. `types`: `view` and `changes`, as in the server's own types. Default: `types`. */
    readonly containers?: 'types' | 'orders' | 'none';
    /** What an error on the socket looks like. Default: `code`. */
    readonly errors?: 'code' | 'error' | 'action';
    /** Whether orders always name market, account and decimals, or leave them out now and then. Default: `sparse`. */
    readonly orders?: 'full' | 'sparse';
  };
  /**
   * Whether pings and pongs of a client below the frames keep its connection from being closed as idle. Not known of the
   * venue; two of its own clients ping in no other way. Default: true.
   */
  readonly pingsCount?: boolean;
  /** How many trading accounts there are. Default: 2. */
  readonly accounts?: number;
  /** How often an account acts in a step, in [0, 1]. Default: 0.2. */
  readonly accountActivity?: number;
}

const formRules = {
  containers: oneOf('types', 'orders', 'none'),
  errors: oneOf('code', 'error', 'action'),
  orders: oneOf('full', 'sparse'),
};
const rules = {
  sizes: oneOf('signed-change', 'absolute'),
  forms: anObject,
  pingsCount: aBoolean,
  accounts: howMany,
  accountActivity: aFraction,
};

/** @throws InvalidArgumentError for what can't be meant. */
export function checkSimulatedO2Config(config: SimulatedO2Config): void {
  checkVenueConfig(config, o2Limits, rules);
  if (config.forms !== undefined) checkOptions('forms', config.forms, formRules);
}

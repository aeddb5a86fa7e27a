import type { DxEventType } from './eventTypes.js';
import type { DxContract } from './topics.js';

/** Types of which only the latest value counts. */
const LASTING: readonly DxEventType[] = [
  ...(['Quote', 'Trade', 'TradeETH', 'Summary', 'Profile', 'Greeks', 'TheoPrice', 'Underlying'] as const),
  'Configuration',
];
const PLAIN: readonly DxEventType[] = ['TimeAndSale', 'OptionSale', 'Message'];

/** Whether a late observer is given the latest event of the type. */
export const isLasting = (type: DxEventType): boolean => LASTING.includes(type);

/** What a type is asked for by where the caller says nothing: one feed channel carries all types of a contract. */
export const contractOf = (type: DxEventType): DxContract =>
  isLasting(type) ? 'TICKER' : PLAIN.includes(type) ? 'STREAM' : 'HISTORY';

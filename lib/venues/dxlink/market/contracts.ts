import type { DxLinkEventType } from '../eventTypes.js';
import type { DxLinkContract } from '../topics.js';

/** Types of which only the latest value counts. */
const LASTING: readonly DxLinkEventType[] = [
  ...(['Quote', 'Trade', 'TradeETH', 'Summary', 'Profile', 'Greeks', 'TheoPrice', 'Underlying'] as const),
  'Configuration',
];
const PLAIN: readonly DxLinkEventType[] = ['TimeAndSale', 'OptionSale', 'Message'];

/** Whether a late observer is given the latest event of the type. */
export const isLasting = (type: DxLinkEventType): boolean => LASTING.includes(type);

/** What a type is asked for by where the caller says nothing: one feed channel carries all types of a contract. */
export const contractOf = (type: DxLinkEventType): DxLinkContract =>
  isLasting(type) ? 'TICKER' : PLAIN.includes(type) ? 'STREAM' : 'HISTORY';

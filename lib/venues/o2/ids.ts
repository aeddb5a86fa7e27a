import { checkText } from '../../errors/optionRules.js';
import { InvalidArgumentError } from '../../errors/invalidArgumentError.js';

/**
 * An id as it is compared: `0x` and lower case. The venue writes ids with and without `0x`. What is no hex is left as it
 * is.
 */
export function idOf(text: string): string {
  // As they mostly come: each frame names a few.
  if (USUAL.test(text)) return text;
  const digits = /^0[xX]/.test(text) ? text.slice(2) : text;
  return /^[0-9a-fA-F]+$/.test(digits) ? `0x${digits.toLowerCase()}` : text;
}

const USUAL = /^0x[0-9a-f]+$/;

/** Whose orders and balances: a trading account's contract id, or spelled out as the venue does. */
export type O2Identity = string | { readonly ContractId: string } | { readonly Address: string };

/** An identity in one form. */
export interface Owner {
  readonly kind: 'ContractId' | 'Address';
  readonly id: string;
}

/** @throws InvalidArgumentError for what is no hex id. */
export function ownerOf(identity: O2Identity): Owner {
  const { ContractId, Address } = Object(identity) as { readonly ContractId?: unknown; readonly Address?: unknown };
  const id: unknown = typeof identity === 'string' ? identity : (ContractId ?? Address);
  checkText('identity', /^(0x)?[0-9a-f]+$/i, 'a hex id such as 0x1a2b…', id);
  const owner: Owner =
    typeof identity === 'string'
      ? { kind: 'ContractId', id: idOf(identity) }
      : 'ContractId' in identity
        ? { kind: 'ContractId', id: idOf(identity.ContractId) }
        : { kind: 'Address', id: idOf(identity.Address) };
  if (/^0x[0-9a-f]+$/.test(owner.id)) return owner;
  throw new InvalidArgumentError('identity', 'a hex id such as 0x1a2b…', owner.id);
}

/** A trading account, which is a contract. @throws InvalidArgumentError for an address. */
export function accountOf(identity: O2Identity): Owner {
  const owner = ownerOf(identity);
  if (owner.kind === 'ContractId') return owner;
  throw new InvalidArgumentError('identity', 'the contract id of a trading account', `Address ${owner.id}`);
}

export const isSame = (a: Owner, b: Owner): boolean => a.kind === b.kind && a.id === b.id;

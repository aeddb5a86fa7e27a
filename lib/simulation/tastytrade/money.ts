/** Decimals of what money is counted in: more than any price is written with. */
const DECIMALS = 18;

/** Money of a text, to the last digit: `10.505`. */
export const moneyOf = (text: string): bigint => {
  const [whole = '0', part = ''] = text.split('.');
  return BigInt(whole + part.padEnd(DECIMALS, '0').slice(0, DECIMALS));
};

/** As the venue writes it: `10.505`, `1489.5`, `0.0`. */
export const moneyText = (money: bigint): string => {
  const digits = String(money < 0n ? -money : money).padStart(DECIMALS + 1, '0');
  const part = digits.slice(-DECIMALS).replace(/(?<=.)0+$/, '');
  return `${digits.slice(0, -DECIMALS)}.${part}`;
};

/** An amount and its effect: never a negative number. */
export const withEffect = (name: string, money: bigint): Readonly<Record<string, string>> => ({
  [name]: moneyText(money),
  [`${name}-effect`]: money === 0n ? 'None' : money < 0n ? 'Debit' : 'Credit',
});

/**
 * An amount whose effect is told of a debt alone: real answers about an account in credit have no effect beside these, and
 * the venue writes no number with a sign.
 */
export const withDebt = (name: string, money: bigint): Readonly<Record<string, string>> =>
  money < 0n ? withEffect(name, money) : { [name]: moneyText(money) };

/** ISO with an offset and ms, `2026-09-17T18:32:28.393+00:00`. */
export const timeText = (ms: number): string => new Date(ms).toISOString().replace('Z', '+00:00');
export const dateText = (ms: number): string => timeText(ms).slice(0, 10);

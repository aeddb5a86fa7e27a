import { decimalText } from '../market/units.js';
import type { Fields } from './streamSource.js';

export interface Balance {
  readonly account: string;
  readonly cash: string;
  readonly power: string;
  /** As the venue tells them, whole. */
  readonly positions: readonly Fields[];
}

/** A balance as the venue tells it: what positions are worth by the last prices, and what they have gained. */
export function balanceRow({ account, cash, power, positions }: Balance): Fields {
  const sumOf = (name: string): string => sum(positions.map((row) => String(row[name])));
  const value = sumOf('MarketValue');
  return {
    AccountID: account,
    AccountType: 'Margin',
    CashBalance: cash,
    BuyingPower: power,
    Equity: sum([cash, value]),
    MarketValue: value,
    TodaysProfitLoss: sumOf('TodaysProfitLoss'),
    UnclearedDeposit: '0',
    BalanceDetail: {
      CostOfPositions: sumOf('TotalCost'),
      DayTrades: '0',
      MaintenanceRate: sumOf('MaintenanceMargin'),
      OptionBuyingPower: power,
      OptionsMarketValue: '0',
      OvernightBuyingPower: power,
      RequiredMargin: sumOf('InitialRequirement'),
      RealizedProfitLoss: '0',
      UnrealizedProfitLoss: sumOf('UnrealizedProfitLoss'),
    },
    Commission: '0',
  };
}

/** The exact sum of decimal texts, with the most decimals among them. */
function sum(texts: readonly string[]): string {
  const decimals = Math.max(0, ...texts.map((text) => decimalsOf(text).length));
  const units = texts.map((text) => BigInt(text.replace('.', '') + '0'.repeat(decimals - decimalsOf(text).length)));
  return decimalText(
    units.reduce((total, one) => total + one, 0n),
    decimals,
  );
}

const decimalsOf = (text: string): string => text.split('.')[1] ?? '';

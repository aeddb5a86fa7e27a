import { SYMBOL, simulatedDay } from './simulatedDay.js';

const HOUR = 3_600_000;

const hours = Number(process.argv[2] ?? 24);
const seed = Number(process.argv[3] ?? 1);
const { commands, fills, ledger, result, spells, blind, largest, faults } = simulatedDay({ seed, lasts: hours * HOUR });
const position = ledger.get(SYMBOL);

const lines = [
  `${String(hours)} hours of ${SYMBOL}, seed ${String(seed)}`,
  `commands ${String(commands)}, fills ${String(fills)}, largest position ${String(largest)}`,
  `position ${position?.size ?? '0'}, realised ${position?.realised ?? '0'}, fees ${position?.fees ?? '0'}`,
  `result at the last mid ${result?.total ?? '0'}`,
  `book not live ${String(spells)} times, orders placed meanwhile ${String(blind)}`,
  `faults ${JSON.stringify(faults)}`,
];
process.stdout.write(`${lines.join('\n')}\n`);

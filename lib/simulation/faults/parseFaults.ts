import { CLOSE_CODES, isCloseCode } from './closeCode.js';
import { check } from '../../errors/checks.js';
import { FaultSyntaxError } from './faultSyntaxError.js';
import { allFaultNames, isFaultName, isMomentary, kindOf, type FaultName } from './faultNames.js';
import type { FaultPlan, PlannedFault } from './plannedFault.js';
import type { FaultDetails } from './faultDetails.js';

const FORM = 'name[=value]@time[+duration][/period][xcount][:target], for instance drop@10s/10s,silent@30s+5s';
const PART = /^([A-Za-z]+)(?:=([^@]*))?@([^+/x:]*)(?:\+([^/x:]*))?(?:\/([^x:]*))?(?:x([^:]*))?(?::(.*))?$/;
const DURATION = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/;
const scale: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/**
 * Reads a plan as it is typed on a command line: faults separated by commas, each
 * `name[=value]@time[+duration][/period][xcount][:target]`.
 *
 * `drop@10s` at 10 s; `closeCleanly@20s/20s` at 20 s and every 20 s; `silent@5s+3s` for 3 s; `drop@1s+1mx5:ethusdt` the
 * first five frames of that minute that are ethusdt's. The value is the HTTP status of `failingSnapshot` and
 * `refuseConnections`, the close code of `closeCleanly` and `acceptAndClose`, the delay of `slowSnapshot` and the age
 * of `staleSnapshot`: `failingSnapshot=429@10s`, `slowSnapshot=2s@10s`.
 *
 * @throws FaultSyntaxError for anything else.
 */
export function parseFaults(text: string): FaultPlan {
  check('text', typeof text === 'string', 'a text such as drop@10s', text);
  if (text.trim() === '') return [];
  return text.split(',').map((part) => parsePart(part.trim()));
}

function parsePart(part: string): PlannedFault {
  const match = PART.exec(part);
  if (match === null) throw new FaultSyntaxError(part, 'not understood', FORM);
  const [, name = '', value, at = '', lasts, every, count, target] = match;
  if (!isFaultName(name)) throw new FaultSyntaxError(part, `there is no fault named ${name}`, allFaultNames.join(', '));
  if (target === '') throw new FaultSyntaxError(part, 'the target is empty', FORM);
  if (lasts !== undefined && isMomentary(name) && name !== 'silent' && name !== 'halfOpen') {
    throw new FaultSyntaxError(part, `${name} happens at one moment and has no duration`, `${name}@time[/period]`);
  }
  return {
    fault: name,
    at: durationOf(part, at),
    ...(lasts === undefined ? {} : { for: positive(part, lasts) }),
    ...(every === undefined ? {} : { every: positive(part, every) }),
    ...(count === undefined ? {} : { count: countOf(part, count) }),
    ...(target === undefined ? {} : { target }),
    ...(value === undefined ? {} : valueOf(part, name, value)),
  };
}

function valueOf(part: string, name: FaultName, value: string): FaultDetails {
  switch (kindOf(name).value) {
    case 'status':
      return { status: numberFrom(part, value, 400, 599, 'an HTTP status from 400 to 599') };
    case 'code':
      return { code: closeCode(part, value) };
    case 'delay':
      return { delay: positive(part, value) };
    default:
      throw new FaultSyntaxError(part, `${name} takes no value`, `${name}@time`);
  }
}

function durationOf(part: string, text: string): number {
  const [, amount = '', unit = ''] = DURATION.exec(text) ?? [];
  const factor = scale[unit];
  if (factor === undefined) {
    throw new FaultSyntaxError(part, `"${text}" is no duration`, 'a number with ms, s, m or h, such as 500ms or 10s');
  }
  return Math.round(Number(amount) * factor);
}

function positive(part: string, text: string): number {
  const duration = durationOf(part, text);
  if (duration === 0) throw new FaultSyntaxError(part, `"${text}" is too short`, 'a duration of at least 1ms');
  return duration;
}

const countOf = (part: string, text: string): number =>
  numberFrom(part, text, 1, 1_000_000, 'a whole number from 1 to 1000000');

function closeCode(part: string, text: string): number {
  const code = numberFrom(part, text, 1000, 4999, CLOSE_CODES);
  if (!isCloseCode(code)) throw new FaultSyntaxError(part, `${text} can't be sent`, CLOSE_CODES);
  return code;
}

function numberFrom(part: string, text: string, least: number, most: number, accepted: string): number {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(number >= least && number <= most)) throw new FaultSyntaxError(part, `"${text}" is not that`, accepted);
  return number;
}

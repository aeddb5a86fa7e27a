import { Parameters } from '../parameters.js';
import { type Refused, badRequest } from './refused.js';

/** The parameters of an address of TradeStation. */
export class TradestationParameters extends Parameters {
  /** The answer to what is wrong, if anything is. */
  get refused(): Refused | undefined {
    return this.wrong && badRequest(this.wrong.message);
  }

  /** `12-17-2021`, `2021-12-17` or with a time, in ms. */
  time(name: string): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const time = Date.parse(text.replace(/^(\d\d)-(\d\d)-(\d{4})$/, '$3-$1-$2'));
    if (Number.isNaN(time)) this.refuse(name, `${name} is no date`);
    return Number.isNaN(time) ? undefined : time;
  }
}

import type { Tongue } from './chaosMeddler.js';

const ACTION = /"action":"(subscribe_[a-z_]+?)(?:_update)?"/;
const MARKET = /"market_id":"([^"]*)"/;

/** Events name their kind; nothing is acknowledged but by the order of pongs, which refusals keep. */
export const o2Tongue: Tongue = {
  streamOf: (text) => {
    const action = ACTION.exec(text)?.[1];
    // An account's news are one stream, whatever markets they name.
    const isOfMarket = action !== undefined && /depth|trades/.test(action);
    return isOfMarket ? `${action} ${MARKET.exec(text)?.[1] ?? ''}` : action;
  },
  // Of no market, or of no kind, by a fault of the venue's own: whose place it should keep is not known, and it is no answer.
  ordered: (text) =>
    (/"subscribe_(depth|trades)/.test(text) && !MARKET.test(text)) || text.includes('"action":{') ? 'news' : undefined,
  refusal: (text) => {
    const action = ACTION.exec(text)?.[1];
    if (action === undefined) return undefined;
    // What is asked in its stead is refused by the venue itself, and so in order.
    return { topics: [action], instead: '{"action":"subscribe_trades","market_id":"0xdead"}' };
  },
  rubbish: [
    ...['{"action":"subscribe_orders","orders":[{}]}', '{"action":"subscribe_orders","orders":[{"order_id":"1"}]}'],
    ...['{"action":"subscribe_depth_update","market_id":"0x0"}', '{"action":"subscribe_balances","balance":{}}'],
    ...['{"action":"subscribe_nonce","nonce":"x"}', '{"action":"subscribe_trades","trades":[7],"market_id":"0x1"}'],
  ],
};

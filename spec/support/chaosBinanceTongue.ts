import type { Tongue } from './chaosMeddler.js';

interface Request {
  readonly method: string;
  readonly params?: readonly string[];
  readonly id: number;
}

const STREAM = /^\{"stream":"([^"]*)"/;

/** Frames name their stream, answers the number of the request. */
export const binanceTongue: Tongue = {
  streamOf: (text) => STREAM.exec(text)?.[1],
  refusal: (text) => {
    const { method, params = [], id } = JSON.parse(text) as Request;
    if (method !== 'SUBSCRIBE') return undefined;
    return { topics: params, text: `{"code":2,"msg":"Invalid request: invalid stream","id":${id}}` };
  },
  rubbish: [
    ...[
      '{"stream":"btcusdt@depth","data":null}',
      '{"stream":"btcusdt@depth@100ms","data":{}}',
      '{"result":null,"id":9e9}',
    ],
    ...['{"stream":"btcusdt@trade","data":{"e":"trade"}}', '{"code":2,"msg":"of nobody","id":-1}', '{"result":null}'],
  ],
};

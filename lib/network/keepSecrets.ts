import { catchError, defer, map, throwError } from 'rxjs';
import type { Endpoint, Network, Wire } from './network.js';
import { namesSecret } from './secretNames.js';
import type { SecretTexts } from './secretTexts.js';
import { withoutSecrets } from './withoutSecrets.js';

const NAMED_TEXT = /"([\w.-]{1,64})"\s*:\s*("(?:[^"\\]|\\.)*")/g;
const PAIR = /(?:^|[?&])([^=&?#]+)=([^&#]*)/g;

/**
 * The same network; what goes out on it under the name of a secret is known from then on: headers, queries, forms, and texts
 * in JSON. Whatever a wire or a request fails by is told without it, and so is what caused that: a venue may repeat it in a
 * reason or an answer, and what is thrown by a client of somebody else's often holds all that it sent.
 */
export function keepSecrets(network: Network, known: SecretTexts): Network {
  const learn = ({ url, headers }: Endpoint): void => {
    known.addHeaders(headers);
    learnPairs(url, known);
  };
  const keeping = (wire: Wire): Wire => ({
    messages: wire.messages,
    activity: wire.activity,
    send: (text) => {
      learnTexts(text, known);
      wire.send(text);
    },
    close: (code, reason) => {
      wire.close(code, reason);
    },
  });
  return {
    ...network,
    open: (endpoint) => {
      learn(endpoint);
      return defer(() => network.open(endpoint)).pipe(
        map(keeping),
        catchError((error: unknown) => throwError(() => withoutSecrets(error, known))),
      );
    },
    request: (request) => {
      learn(request);
      learnTexts(request.body ?? '', known);
      learnPairs(request.body ?? '', known);
      return defer(() => network.request(request)).pipe(
        catchError((error: unknown) => throwError(() => withoutSecrets(error, known))),
      );
    },
  };
}

function learnTexts(text: string, known: SecretTexts): void {
  for (const [, name = '', value = ''] of text.matchAll(NAMED_TEXT)) {
    if (namesSecret(name)) known.add(textOf(value));
  }
}

function learnPairs(text: string, known: SecretTexts): void {
  for (const [pair, name = '', value = ''] of text.matchAll(PAIR)) {
    if (!namesSecret(name)) continue;
    known.add(value);
    // Forms write a blank as `+`, which no other text does.
    for (const meant of new URLSearchParams(pair).values()) known.add(meant);
  }
}

function textOf(json: string): string {
  try {
    return String(JSON.parse(json));
  } catch {
    return json.slice(1, -1);
  }
}

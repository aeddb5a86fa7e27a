import { dirname, relative, resolve, sep } from 'node:path';

/** What every layer that runs streams may use of other packages. */
const STREAMS = ['rxjs'];
const CODECS = ['io-ts', 'fp-ts/lib/'];
/** The client side, all of it but the venues and what is live. */
const CLIENT = ['model', 'errors', 'time', 'book', 'codec', 'network', 'socket', 'feed', 'operators'];

/**
 * Which layers of lib/ (`layers`) and which packages (`packages`, by prefix where it ends in a slash or a colon) a layer
 * may import. Itself always. A layer that is not listed may import nothing. docs/architecture.md draws the same.
 */
const LAYERS = {
  model: { layers: [], packages: [] },
  errors: { layers: ['model'], packages: [] },
  time: { layers: [], packages: STREAMS },
  book: { layers: ['model', 'errors'], packages: [] },
  operators: { layers: ['model', 'errors', 'time', 'book'], packages: STREAMS },
  codec: { layers: ['model', 'errors'], packages: CODECS },
  network: { layers: ['model', 'errors', 'time'], packages: STREAMS },
  'network/live': { layers: ['model', 'errors', 'network'], packages: STREAMS },
  socket: { layers: ['model', 'errors', 'time', 'codec', 'network'], packages: [...STREAMS, ...CODECS] },
  // `#platform` is the network of whoever loads the package.
  feed: {
    layers: ['model', 'errors', 'time', 'book', 'codec', 'network', 'socket'],
    packages: [...STREAMS, ...CODECS, '#platform'],
  },
  venues: {
    layers: ['model', 'errors', 'time', 'book', 'codec', 'network', 'socket', 'feed'],
    packages: [...STREAMS, ...CODECS],
  },
  // The entry point for venues of somebody else's: what ours are built from.
  venue: { layers: ['model', 'errors', 'time', 'book', 'codec', 'network', 'socket', 'feed'], packages: [] },
  relay: {
    layers: ['model', 'errors', 'time', 'book', 'codec', 'network', 'socket', 'feed'],
    packages: [...STREAMS, ...CODECS],
  },
  nats: {
    layers: ['model', 'errors', 'network', 'feed', 'socket', 'relay'],
    packages: [...STREAMS, '@nats-io/transport-node'],
  },
  recording: { layers: ['model', 'errors', 'time', 'network'], packages: STREAMS },
  // The simulated venues share no codec and no fold with the client: they are an independent witness.
  simulation: { layers: ['model', 'errors', 'network'], packages: STREAMS },
  // Exchanges as Angular injects them; its tests build their books as all tests do.
  angular: {
    layers: ['model', 'errors', 'time', 'book', 'operators', 'feed', 'testing'],
    packages: [...STREAMS, '@angular/core'],
  },
  testing: { layers: ['model', 'errors', 'book', 'network'], packages: [...STREAMS, 'rxjs/testing'] },
  node: {
    layers: ['model', 'errors', 'network', 'network/live', 'recording', 'simulation', 'relay'],
    packages: [...STREAMS, 'ws', 'https-proxy-agent', 'http-proxy-agent', 'proxy-from-env', 'node:'],
  },
  index: { layers: [...CLIENT, 'network/live'], packages: STREAMS },
  // The page of `watch --web`; nothing of it is in the library.
  web: { layers: ['model', 'book', 'operators', 'feed', 'relay'], packages: STREAMS },
  cli: {
    layers: [...CLIENT, 'network/live', 'venues', 'recording', 'simulation', 'node', 'relay', 'nats', 'web', 'index'],
    packages: [...STREAMS, 'ws', 'node:', 'commander', 'picocolors', 'asciichart', 'big.js', '@nats-io/transport-node'],
  },
};

/** What one venue may take of another: tastytrade sends its market data over dxLink. */
const VENUES = { tastytrade: ['venues/dxlink/index.js'] };

/** The layer of a path below lib/: its folder, `index` for the files beside the folders. */
function layerOf(path) {
  const [folder, ...rest] = path.split('/');
  if (rest.length === 0) return { layer: 'index', venue: undefined };
  if (folder === 'network' && /^(live|platform)\b/.test(rest[0])) return { layer: 'network/live', venue: undefined };
  return { layer: folder, venue: folder === 'venues' && rest.length > 1 ? rest[0] : undefined };
}

const allows = (names, name) =>
  names.some((allowed) => (/[/:]$/.test(allowed) ? name.startsWith(allowed) : name === allowed));

/** Says what is wrong with an import, or nothing. */
function complaint(path, source) {
  const { layer, venue } = layerOf(path);
  const rules = LAYERS[layer];
  if (rules === undefined) return `${layer}/ is no layer of scripts/eslint/layers.js`;
  if (!source.startsWith('.')) {
    return allows(rules.packages, source) ? undefined : `${layer} may not import ${source}`;
  }
  const target = relative(resolve('lib'), resolve('lib', dirname(path), source))
    .split(sep)
    .join('/');
  if (target.startsWith('..')) return `${layer} may not import from outside lib/`;
  const other = layerOf(target);
  if (other.venue !== venue && other.venue !== undefined && layer === 'venues') {
    if (VENUES[venue]?.includes(target) !== true) return 'venues never import each other';
  }
  if (other.layer === layer || rules.layers.includes(other.layer)) return undefined;
  return `${layer} may not import ${other.layer}`;
}

/** Holds the directions of imports between the folders of lib/. */
export const layers = {
  meta: { type: 'problem', schema: [], messages: { forbidden: '{{complaint}}' } },
  create(context) {
    const path = relative(resolve(context.cwd, 'lib'), context.filename).split(sep).join('/');
    if (path.startsWith('..')) return {};
    const check = ({ source }) => {
      if (source?.type !== 'Literal') return;
      const found = complaint(path, String(source.value));
      if (found !== undefined) context.report({ node: source, messageId: 'forbidden', data: { complaint: found } });
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      TSImportType: check,
    };
  },
};

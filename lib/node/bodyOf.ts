import type { IncomingMessage } from 'node:http';

/** How long the body of a refusal may take, in ms: what has come by then is told. */
const WITHIN = 1_000;

/** Tells the body once, as far as `most` bytes of it, and as far as it has come where it breaks or stands still. */
export function bodyOf(response: IncomingMessage, most: number, told: (body: string) => void): void {
  const chunks: Buffer[] = [];
  let length = 0;
  let isTold = false;
  const tell = (): void => {
    if (isTold) return;
    isTold = true;
    told(Buffer.concat(chunks).subarray(0, most).toString('utf8'));
    response.destroy();
  };
  response.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= most) tell();
  });
  response.setTimeout(WITHIN, tell);
  response.once('error', tell);
  response.once('close', tell);
  response.once('end', tell);
}

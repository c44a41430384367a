import type { ImportKind } from '@ledger/imports';
import type { Language } from '@ledger/kernel';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { CommandRefused } from './import-options';
import type { Counts } from './import-outcome';

export interface RemoteImport {
  readonly url: string;
  readonly kind: ImportKind;
  readonly dryRun: boolean;
  readonly actor: string;
  readonly language: Language;
  readonly signal: AbortSignal;
  readonly onProgress: (bytes: number) => void;
}

export interface RemoteRefusal {
  readonly line: number;
  readonly column: number;
  readonly code: string;
  readonly message: string;
}

export type RemoteAnswer =
  | (Counts & {
      readonly refusals: readonly RemoteRefusal[];
      readonly refusalsLeftOut: number;
    })
  | {
      readonly errors: readonly (Partial<RemoteRefusal> & { rule: string; message: string })[];
      readonly outcome?: Counts;
    };

/**
 * Sends a file to a running server and waits, as long as it takes, for what became of its rows.
 * @throws CommandRefused where there is no server, or none that answers like ours
 */
export async function sendFile(source: Readable, order: RemoteImport): Promise<RemoteAnswer> {
  const { url, kind, dryRun, actor, language, signal, onProgress } = order;
  const address = addressOf(url, `v1/imports/${kind}?dryRun=${dryRun}`);
  const send = address.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise<RemoteAnswer>((resolve, reject) => {
    const failed = (error: Error): void =>
      reject(
        signal.aborted ? error : new CommandRefused(`${address.origin}: ${error.message}`, { cause: error }),
      );
    let answered = false;
    const request = send(address, {
      method: 'POST',
      signal,
      headers: { 'content-type': 'text/csv', 'accept-language': language, 'x-actor': actor },
    });
    request.on('response', (response) => {
      answered = true;
      // Whatever is left of the file is of no use to anyone.
      source.destroy();
      text(response)
        .then((body) => resolve(answerOf(response.statusCode ?? 0, body, address)))
        .catch(failed)
        .finally(() => request.destroy());
    });
    // After an answer it does not matter that the rest could not be sent.
    request.on('error', (error) => answered || failed(error));
    source.on('error', (error) => answered || (failed(error), request.destroy()));
    source.on('data', (chunk: Buffer) => onProgress(chunk.length));
    source.pipe(request);
  });
}

function addressOf(url: string, path: string): URL {
  try {
    return new URL(path, url.endsWith('/') ? url : `${url}/`);
  } catch (cause) {
    throw new CommandRefused(
      `--url ${url}: give the address of a server, for example http://127.0.0.1:3000`,
      {
        cause,
      },
    );
  }
}

function answerOf(status: number, body: string, { origin }: URL): RemoteAnswer {
  try {
    const answer = JSON.parse(body) as RemoteAnswer;
    if (status === 200 ? 'refusals' in answer : 'errors' in answer) return answer;
  } catch {
    // Not ours: said below.
  }
  throw new CommandRefused(`${origin} answers ${status}, but not as a poverty ledger does.`);
}

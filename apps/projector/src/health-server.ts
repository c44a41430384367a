import { once } from 'node:events';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Readiness, ReadinessReport } from '@ledger/projections';

type Check = (report: ReadinessReport) => boolean;

const CHECKS: Readonly<Record<string, Check>> = {
  '/health/ready': ({ status }) => status === 'ready',
  '/health/started': ({ started }) => started,
};

/** `/health/live`, `/health/ready` and `/health/started`, as the server of the API has them, and nothing else. */
export async function serveHealth(
  readiness: Readiness,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    const answer = (status: number, body: object): void => {
      const headers = { 'content-type': 'application/json', ...(status === 503 && { 'retry-after': '1' }) };
      response.writeHead(status, headers).end(JSON.stringify(body));
    };
    const path = request.url ?? '';
    const check = CHECKS[path];
    if (path === '/health/live') answer(200, { status: 'live' });
    else if (!check) answer(404, { status: 'unknown', paths: ['/health/live', ...Object.keys(CHECKS)] });
    else void readiness.report().then((report) => answer(check(report) ? 200 : 503, report));
  });
  server.listen(port, host);
  await once(server, 'listening');
  return { url: `http://${hostOf(server, host)}`, close: () => closed(server) };
}

function hostOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

async function closed(server: Server): Promise<void> {
  const done = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await done;
}

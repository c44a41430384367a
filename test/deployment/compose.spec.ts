import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { settingsFrom } from '../../apps/api/src/settings';
import { projectorSettingsFrom } from '../../apps/projector/src/settings';
import { engineSettingsFrom } from '@ledger/engine';
import type { ComposeFile, Service } from './compose-file';
import { complaintsOfDocker, composeFile, dockerCompose, ROOT, textOf } from './compose-file';

const FILE = 'docker-compose.yml';
const STORES_ON_LOCALHOST = 'deploy/stores-on-localhost.yml';
const OURS: Readonly<Record<string, (env: NodeJS.ProcessEnv) => unknown>> = {
  api: settingsFrom,
  projector: projectorSettingsFrom,
  cli: engineSettingsFrom,
};
const PACKAGE = JSON.parse(textOf('package.json')) as {
  readonly version: string;
  readonly scripts: Readonly<Record<string, string>>;
};

const file = composeFile(textOf(FILE));
const services = Object.entries(file.services);
const ofOurs = services.filter(([name]) => name in OURS);
/** What runs all the time: the rest are commands. */
const running = services.filter(([, { profiles }]) => !profiles);

/** The published ports that somebody beyond this machine could reach. */
const openPorts = ({ services }: Pick<ComposeFile, 'services'>): string[] =>
  Object.values(services).flatMap(({ ports }) =>
    (ports ?? []).filter((port) => !port.startsWith('127.0.0.1:')),
  );

/** Names a version to the last digit, and no registry. */
const isPinned = (image: string): boolean =>
  /^(?:[a-z0-9_-]+\/)?[a-z0-9_-]+:\d+\.\d+\.\d+(?:-[a-z0-9.-]+)?$/.test(image);

/** The variables that are set and that nobody asks for. */
function unread(
  env: Readonly<Record<string, string>>,
  settings: (env: NodeJS.ProcessEnv) => unknown,
): string[] {
  const read = new Set<string | symbol>();
  settings(new Proxy({ ...env }, { get: (all, name: string) => (read.add(name), all[name]) }));
  return Object.keys(env).filter((name) => !read.has(name));
}

describe('docker-compose.yml', () => {
  it('has the two stores, the projector, the API and the commands', () => {
    expect(Object.keys(file.services).sort()).toEqual(['api', 'cli', 'eventstoredb', 'mongodb', 'projector']);
  });

  it('publishes on 127.0.0.1 alone', () => {
    expect(openPorts(file)).toEqual([]);
    expect(file.services['api']?.ports).toHaveLength(1);
  });

  it('also where the stores are published for a look', () => {
    const added = composeFile(textOf(STORES_ON_LOCALHOST));
    expect(openPorts(added)).toEqual([]);
    expect(Object.keys(added.services).every((name) => name in file.services)).toBe(true);
  });

  it('would be refused with a port that is open to others', () => {
    for (const ports of [['3000:3000'], ['0.0.0.0:3000:3000'], ['3000']]) {
      expect(openPorts({ services: { api: { image: 'x', ports } } })).toEqual(ports);
    }
  });

  it('lets the stores reach nothing and be reached by nobody else', () => {
    expect(file.networks['stores']).toEqual({ internal: true });
    for (const name of ['eventstoredb', 'mongodb'])
      expect(file.services[name]).toMatchObject({ networks: ['stores'] });
    for (const name of ['eventstoredb', 'mongodb']) expect(file.services[name]?.ports).toBeUndefined();
  });

  it.each(services)('%s has an image of one exact version', (_name, { image }) => {
    expect([image, isPinned(image)]).toEqual([image, true]);
  });

  it.each(['mongo', 'mongo:8', 'mongo:8.0', 'mongo:latest', 'host.example/mongo:8.0.29'])(
    '%s would not count as one',
    (image) => expect(isPinned(image)).toBe(false),
  );

  it('names our image by the version of the product', () => {
    for (const [, { image, build }] of ofOurs) {
      expect(image).toBe(`poverty-ledger:${PACKAGE.version}`);
      expect(build?.context).toBe('.');
    }
  });

  it.each(services)(
    '%s is limited in memory, processors, processes and length of its log',
    (_name, service) => {
      expect(service).toMatchObject({
        mem_limit: expect.stringMatching(/^\d+[gm]$/),
        pids_limit: expect.any(Number),
        logging: { options: { 'max-size': expect.any(String), 'max-file': expect.any(String) } },
      });
      expect(Number(service.cpus)).toBeGreaterThan(0);
    },
  );

  it.each(services)('%s has no rights beyond those of its user', (_name, service) => {
    expect(service).toMatchObject({
      init: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    });
  });

  it.each(ofOurs)('%s cannot write to its own files, and has the time to end', (_name, service) => {
    expect(service).toMatchObject({ read_only: true, stop_grace_period: '20s' });
  });

  it.each(running)('%s is watched, and started again when it ends', (_name, { restart, healthcheck }) => {
    expect(restart).toBe('unless-stopped');
    expect(healthcheck?.test?.length).toBeGreaterThan(1);
  });

  it('has a health check for everything but the commands', () => {
    const unwatched = services.filter(([, { healthcheck }]) => !healthcheck?.test).map(([name]) => name);
    expect(unwatched).toEqual(['cli']);
    expect(file.services['cli']).toMatchObject({ healthcheck: { disable: true }, restart: 'no' });
  });

  it.each(ofOurs)('%s waits until both stores are well', (_name, { depends_on }) => {
    const healthy = { condition: 'service_healthy' };
    expect(depends_on).toEqual({ eventstoredb: healthy, mongodb: healthy });
  });

  it.each(services)('%s mounts only what is there', (_name, { volumes }) => {
    for (const [from = ''] of (volumes ?? []).map((volume) => volume.split(':'))) {
      const there = from.startsWith('./') ? existsSync(join(ROOT, from)) : from in file.volumes;
      expect([from, there]).toEqual([from, true]);
    }
  });

  describe('the settings', () => {
    it.each(ofOurs)('of %s make sense, and each is read', (name, { environment }) => {
      const settings = OURS[name];
      expect(settings && unread(environment ?? {}, settings)).toEqual([]);
    });

    it('with a name that nobody reads would be noticed', () => {
      const environment = { ...file.services['projector']?.environment, MAX_LAG: '1' };
      expect(unread(environment, projectorSettingsFrom)).toEqual(['MAX_LAG']);
    });

    it.each(ofOurs)('of %s name the stores of this file', (_name, { environment = {} }) => {
      const hosts = [environment['EVENTSTORE_URL'], environment['MONGO_URL']];
      expect(hosts.map((url) => /\/\/([a-z]+):/.exec(url ?? '')?.[1])).toEqual(['eventstoredb', 'mongodb']);
    });

    it('that a .env file may change are all in the guide', () => {
      const open = [...`${textOf(FILE)}${textOf(STORES_ON_LOCALHOST)}`.matchAll(/\$\{(\w+):-/g)].map(
        ([, name]) => name,
      );
      const guide = textOf('docs/guides/run-on-servers.md');
      expect(open.filter((name) => !guide.includes(`\`${name}\``))).toEqual([]);
    });

    it('let anybody in only behind a port on 127.0.0.1, and the API alone', () => {
      const anonymous = services.filter(
        ([, { environment }]) => environment?.['ALLOW_ANONYMOUS'] !== undefined,
      );
      expect(anonymous.map(([name]) => name)).toEqual(['api']);
      expect(openPorts({ services: Object.fromEntries(anonymous) })).toEqual([]);
    });

    it('name the replica set that the server is started as', () => {
      const set = file.services['mongodb']?.command?.[2];
      expect(file.services['api']?.environment?.['MONGO_URL']).toMatch(`replicaSet=${set}`);
      expect(textOf('deploy/mongodb/healthy.js')).toContain(
        `_id: '${set}', members: [{ _id: 0, host: 'mongodb:27017' }]`,
      );
    });
  });

  describe('the commands', () => {
    const commandOf = ({ entrypoint, command }: Service): string => (entrypoint ?? command ?? []).join(' ');

    it.each([
      ['api', 'start'],
      ['projector', 'projector'],
      ['cli', 'cli'],
    ])('%s runs as npm run %s does', (name, script) => {
      expect(commandOf(file.services[name] as Service)).toBe(PACKAGE.scripts[script]);
    });

    it.each(ofOurs)('%s runs a program that there is', (_name, service) => {
      const [, program] = /dist\/(\S+)\.js$/.exec(commandOf(service)) ?? [];
      expect(existsSync(join(ROOT, `${program}.ts`))).toBe(true);
    });

    it.each(['api', 'projector'])('%s is asked at the port that it listens on', (name) => {
      const env = file.services[name]?.environment ?? {};
      const port = name === 'api' ? settingsFrom(env).port : projectorSettingsFrom(env).port;
      expect(file.services[name]?.healthcheck?.test?.at(-1)).toContain(
        `http://127.0.0.1:${port}/health/ready`,
      );
    });
  });

  const version = dockerCompose();
  if (version !== undefined) {
    it.each([[[FILE]], [[FILE, STORES_ON_LOCALHOST]]])(`%s is read by docker compose ${version}`, (files) => {
      expect(complaintsOfDocker(files)).toBe('');
    });
  } else {
    it('NOT RUN by docker compose itself: this machine has none', () => {
      expect(dockerCompose()).toBeUndefined();
    });
  }
});

import { composeFile, textOf } from './compose-file';
import { saidBy, stagesOf } from './dockerfile';

const { args, stages } = stagesOf(textOf('Dockerfile'));
const last = stages.at(-1);
const PACKAGE = JSON.parse(textOf('package.json')) as {
  readonly scripts: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
};

describe('Dockerfile', () => {
  it('builds in stages, all on the Node that the project is tested with', () => {
    expect(stages.map(({ from }) => from)).toEqual(['${NODE_IMAGE}', '${NODE_IMAGE}', '${NODE_IMAGE}']);
    expect(args.get('NODE_IMAGE')).toBe(`node:${PACKAGE.devDependencies['node']}-bookworm-slim`);
  });

  it('is built on the same by docker-compose.yml', () => {
    const { services } = composeFile(textOf('docker-compose.yml'));
    for (const name of ['api', 'projector', 'cli'])
      expect(services[name]?.build?.args).toEqual({ NODE_IMAGE: args.get('NODE_IMAGE') });
  });

  it('ends without root', () => {
    expect(last && saidBy(last, 'USER')).toEqual(['node']);
    expect(last?.instructions.findIndex(([word]) => word === 'USER')).toBeGreaterThan(
      last?.instructions.findLastIndex(([word]) => word === 'COPY') ?? Infinity,
    );
  });

  it('takes nothing into the last stage but what was built, and what production needs', () => {
    expect(last && saidBy(last, 'COPY')).toEqual([
      '--from=dependencies /app/node_modules node_modules',
      '--from=build /app/dist dist',
      'package.json ./',
    ]);
    expect(last && saidBy(last, 'RUN')).toEqual([]);
    expect(stages[1] && saidBy(stages[1], 'RUN')).toEqual([
      'npm ci --ignore-scripts --omit=dev --omit=optional',
    ]);
  });

  it('starts what npm start does', () => {
    const [command = '[]'] = (last && saidBy(last, 'CMD')) ?? [];
    expect((JSON.parse(command) as string[]).join(' ')).toBe(PACKAGE.scripts['start']);
  });

  it('is sent what it copies, and no more', () => {
    const ignored = textOf('.dockerignore')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    expect(ignored[0]).toBe('*');
    const sent = ignored.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
    const copied = stages
      .flatMap((stage) => saidBy(stage, 'COPY'))
      .filter((what) => !what.startsWith('--from'))
      .flatMap((what) => what.split(' ').slice(0, -1));
    expect(sent.sort()).toEqual([...new Set(copied)].sort());
  });
});

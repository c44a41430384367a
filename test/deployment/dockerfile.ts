/** One stage of a Dockerfile: its instructions in order, without comments. */
export interface Stage {
  readonly from: string;
  readonly instructions: readonly (readonly [word: string, rest: string])[];
}

/** The stages of a Dockerfile, and the defaults of the arguments before the first. */
export function stagesOf(text: string): {
  readonly args: ReadonlyMap<string, string>;
  readonly stages: Stage[];
} {
  const args = new Map<string, string>();
  const stages: { from: string; instructions: [string, string][] }[] = [];
  for (const line of text.replaceAll('\\\n', ' ').split('\n')) {
    const [, word, rest] = /^([A-Z]+)\s+(.+)$/.exec(line) ?? [];
    if (word === undefined || rest === undefined) continue;
    const stage = stages.at(-1);
    if (word === 'FROM') stages.push({ from: rest.split(/\s/)[0] ?? '', instructions: [] });
    else if (stage) stage.instructions.push([word, rest]);
    else if (word === 'ARG') args.set(...(rest.split('=', 2) as [string, string]));
  }
  return { args, stages };
}

/** What an instruction of a stage says, each time that it is there. */
export const saidBy = ({ instructions }: Stage, word: string): string[] =>
  instructions.filter(([said]) => said === word).map(([, rest]) => rest);

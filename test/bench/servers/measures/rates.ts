import { layOut } from '../../country/places';
import type { HttpConnection } from '../../http-client';
import type { AnsweredWhole } from '../../measures/asking';
import { askProduct } from '../../measures/asking';
import type { Knowledge, Level, Question } from '../../measures/questions';
import { KNOWLEDGE, questionsFor } from '../../measures/questions';
import { say } from '../../run-context';
import { percentile } from '../../stats';
import { requireSameAnswers } from '../compare';
import type { ServersContext } from '../context';
import type { BothEngines, Engine } from '../engines';
import { ENGINES } from '../engines';
import { inTurns } from '../turns';

const LEVELS = ['country', 'province', 'district', 'commune'] as const satisfies readonly Level[];
const WARM_UP = 20;

/** The same questions of both engines in turn; where two answers differ the run ends. */
export async function measureServerRates(context: ServersContext, engines: BothEngines): Promise<void> {
  const { scale } = context;
  const places = layOut(scale.country.communes, scale.country.seed);
  for (let run = 1; run <= scale.runs; run++) {
    for (const level of LEVELS) {
      for (const knowledge of KNOWLEDGE) {
        const questions = questionsFor(places, level, knowledge, scale.questions + WARM_UP, run);
        const answers = new Map<Engine, AnsweredWhole[]>();
        for (const who of inTurns(ENGINES, run)) {
          const said = await ask(engines[who], questions);
          answers.set(who, said);
          enter(context, engines.on, who, said, level, knowledge);
        }
        requireSameAnswers(questions, answers);
      }
    }
  }
}

async function ask(connection: HttpConnection, questions: readonly Question[]): Promise<AnsweredWhole[]> {
  const answers: AnsweredWhole[] = [];
  for (const question of questions) answers.push(await askProduct(connection, question));
  return answers;
}

function enter(
  { results }: ServersContext,
  on: string,
  who: Engine,
  answers: readonly AnsweredWhole[],
  level: Level,
  knowledge: Knowledge,
): void {
  const times = answers.slice(WARM_UP).map(({ ms }) => ms);
  const what = `${level}, ${knowledge === 'latest' ? 'latest' : 'as known earlier'}`;
  for (const percent of [50, 99]) {
    const figure = {
      id: `rates-${level}-${knowledge}-${percent}`,
      what: `${what}, p${percent}`,
      on,
    } as const;
    results.add(
      { ...figure, group: 'Rates of a unit on a day, over HTTP', unit: 'ms' },
      who,
      percentile(times, percent),
    );
  }
  say(
    `  ${who}, ${what}: p50 ${percentile(times, 50).toFixed(2)} ms, p99 ${percentile(times, 99).toFixed(2)} ms`,
  );
}

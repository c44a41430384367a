import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Unit, UnitTree } from '@ledger/areas';
import type { PlainDate } from '@ledger/kernel';
import { dayOf, Problem } from '@ledger/kernel';
import type { About, FlowsQuestion, Knowledge, RatesQuestion } from '@ledger/poverty-rates';
import { resolveUnit } from '@ledger/poverty-rates';
import type { Standard } from '@ledger/standards';
import { ALL_HOUSEHOLDS, requireStandard, standardOn } from '@ledger/standards';
import type { Clock } from '../engine.module';
import { CLOCK } from '../engine.module';
import { Ask } from './ask';
import type { QuestionDto, RangeDto } from './question.dto';

type WithStandard = { readonly standard?: Standard };

/** What the controllers of questions share: the day, the unit and the standard that a request means. */
@Injectable()
export class Asker {
  constructor(
    private readonly bus: QueryBus,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  today(): PlainDate {
    return dayOf(this.clock());
  }

  ask<Answer>(
    dto: QuestionDto,
    answer: (knowledge: Knowledge, latest: UnitTree) => Promise<Answer>,
  ): Promise<Answer> {
    const { knownOn, atLeast } = dto;
    const when = { ...(knownOn !== undefined && { knownOn }), ...(atLeast !== undefined && { atLeast }) };
    return this.bus.execute(new Ask(when, answer));
  }

  /** What a question without a unit of its own is about: the day, and what applies on it by default. */
  about(dto: QuestionDto): About {
    const on = dto.on ?? this.today();
    return { on, standard: standardOf(dto).standard ?? standardOn(on), group: groupOf(dto) };
  }

  /** A question about one day. The unit is what the code means on that day, and it must have had the day. */
  askOn<Answer>(
    ref: string,
    dto: QuestionDto,
    answer: (knowledge: Knowledge, question: RatesQuestion) => Promise<Answer>,
  ): Promise<Answer> {
    return this.ask(dto, async (knowledge, latest) => {
      const on = dto.on ?? this.today();
      const unit: Unit = resolveUnit(knowledge, latest, ref, on);
      knowledge.tree.requireAlive(unit, on);
      return answer(knowledge, { unit: unit.id, on, group: groupOf(dto), ...standardOf(dto) });
    });
  }

  /** A question about a range of days. The unit is what the code means on the last of them. */
  askOver<Answer>(
    ref: string,
    dto: RangeDto,
    answer: (knowledge: Knowledge, question: FlowsQuestion) => Promise<Answer>,
  ): Promise<Answer> {
    const { from, to } = dto;
    if (from > to) throw new Problem('malformed', [{ code: 'range.backwards', field: 'from', got: from }]);
    return this.ask(dto, async (knowledge, latest) => {
      const unit = resolveUnit(knowledge, latest, ref, to);
      return answer(knowledge, { unit: unit.id, from, to, group: groupOf(dto), ...standardOf(dto) });
    });
  }
}

export const groupOf = ({ group }: QuestionDto): string => group ?? ALL_HOUSEHOLDS;

export const standardOf = ({ standard }: QuestionDto): WithStandard =>
  standard === undefined ? {} : { standard: requireStandard(standard) };

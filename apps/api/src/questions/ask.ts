import { Inject, Injectable } from '@nestjs/common';
import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { UnitTree } from '@ledger/areas';
import type { Position } from '@ledger/event-sourcing';
import type { PlainDate } from '@ledger/kernel';
import { dayOf, Problem } from '@ledger/kernel';
import type { Knowledge } from '@ledger/poverty-rates';
import { Librarian } from '@ledger/poverty-rates';
import type { RunningProjection } from '@ledger/projections';
import { CLOCK, PROJECTION } from '../engine.module';
import type { Clock } from '../engine.module';

/** How long a question waits for a position that the caller has just written. */
const LONGEST_WAIT_MS = 5_000;

export interface When {
  /** Answer as known by the end of this day; absent for the latest knowledge. */
  readonly knownOn?: PlainDate;
  /** Answer not before everything up to this position can be seen. */
  readonly atLeast?: string;
}

/** A question about the ledger: answered from one snapshot, by a pure function of what is known. */
export class Ask<Answer> extends Query<Answer> {
  constructor(
    readonly when: When,
    readonly answer: (knowledge: Knowledge, latest: UnitTree) => Promise<Answer>,
  ) {
    super();
  }
}

@Injectable()
@QueryHandler(Ask)
export class AskHandler implements IQueryHandler<Ask<unknown>> {
  constructor(
    private readonly librarian: Librarian,
    @Inject(PROJECTION) private readonly projection: RunningProjection,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ when, answer }: Ask<unknown>): Promise<unknown> {
    const { knownOn, atLeast } = when;
    if (atLeast !== undefined) await this.waitFor(atLeast);
    const today = dayOf(this.clock());
    return this.librarian.ask({ today, ...(knownOn !== undefined && { knownOn }) }, answer);
  }

  /** A time-out is an honest 503: the answer without what was just written would be a wrong one. */
  private async waitFor(position: string): Promise<void> {
    // Before the first fact an answer says "0": there is nothing to wait for.
    if (position === '0') return;
    const reached = await this.projection.reached(position as Position, LONGEST_WAIT_MS);
    if (!reached)
      throw new Problem('unavailable', [{ code: 'answer.not-yet', field: 'atLeast', facts: { position } }]);
  }
}

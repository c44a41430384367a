import type { HouseholdOrderAnswer, OrderAnswer } from './answers';
import type { Answer, Headers, Server } from './server';

type Fields = Readonly<Record<string, unknown>>;

/** The day from which the units of a test exist unless it says otherwise. */
export const BEGINNING = '2010-01-01';

/**
 * Gives a test units and households of its own on a shared server: fresh codes, so that figures of one test
 * never enter another's. Orders that must succeed throw with the answer when they do not.
 */
export class World {
  private codes = { province: 10, district: 100, commune: 10_000 };
  private papers = 0;

  constructor(readonly server: Server) {}

  freshCode(level: keyof World['codes']): string {
    return String(this.codes[level]++);
  }

  async unit(level: keyof World['codes'], fields: Fields = {}): Promise<string> {
    const code = (fields['code'] as string | undefined) ?? this.freshCode(level);
    const body = { code, name: `Đơn vị ${code}`, level, validFrom: BEGINNING, ...fields };
    accepted(await this.server.post<OrderAnswer>('/v1/units', body));
    return code;
  }

  /** A province with a district in it and so many communes in that. */
  async region(communes = 1): Promise<Region> {
    const province = await this.unit('province');
    const district = await this.unit('district', { parentCode: province });
    const codes: string[] = [];
    for (let count = 0; count < communes; count++) codes.push(await this.commune(district));
    return { province, district, communes: codes };
  }

  commune(parentCode: string, fields: Fields = {}): Promise<string> {
    return this.unit('commune', { parentCode, areaType: 'rural', ...fields });
  }

  async total(unit: string, on: string, households: number, fields: Fields = {}): Promise<void> {
    const body = { on, group: 'all', households, source: 'register', ...fields };
    accepted(await this.server.post<OrderAnswer>(`/v1/units/${unit}/totals`, body));
  }

  async household(unit: string, fields: Fields = {}): Promise<string> {
    const body = { unit, registeredOn: '2015-01-01', members: 4, ...fields };
    return accepted(await this.server.post<HouseholdOrderAnswer>('/v1/households', body)).householdId;
  }

  /** A household that one review has classified. */
  async classified(unit: string, outcome: string, effectiveOn: string, fields: Fields = {}): Promise<string> {
    const { members, groups, listNumber, registeredOn, ...review } = fields;
    const household = await this.household(unit, {
      ...(members !== undefined && { members }),
      ...(groups !== undefined && { groups }),
      ...(listNumber !== undefined && { listNumber }),
      ...(registeredOn !== undefined && { registeredOn }),
    });
    await this.reviewed(household, outcome, effectiveOn, review);
    return household;
  }

  decision(date: string, fields: Fields = {}): Fields {
    return { number: `${++this.papers}/QĐ-UBND`, date, authority: 'UBND xã', ...fields };
  }

  /** A review without evidence: the status is what the decision says. */
  review(outcome: string, effectiveOn: string, fields: Fields = {}): Fields {
    return {
      standard: 'VN-2022',
      channel: 'periodic',
      effectiveOn,
      areaType: 'rural',
      outcome,
      decision: this.decision(effectiveOn),
      ...fields,
    };
  }

  reviewed(
    id: string,
    outcome: string,
    effectiveOn: string,
    fields: Fields = {},
  ): Promise<HouseholdOrderAnswer> {
    return this.order(id, 'reviews', this.review(outcome, effectiveOn, fields));
  }

  escaped(id: string, to: string, effectiveOn: string, fields: Fields = {}): Promise<HouseholdOrderAnswer> {
    return this.order(id, 'escapes', this.escape(to, effectiveOn, fields));
  }

  flagged(id: string, effectiveOn: string, fields: Fields = {}): Promise<HouseholdOrderAnswer> {
    return this.order(id, 're-poverty-flags', this.flag(effectiveOn, fields));
  }

  moved(id: string, toUnit: string, effectiveOn: string, fields: Fields = {}): Promise<HouseholdOrderAnswer> {
    return this.order(id, 'moves', { toUnit, effectiveOn, ...fields });
  }

  detailed(id: string, effectiveOn: string, fields: Fields): Promise<HouseholdOrderAnswer> {
    return this.order(id, 'details', { effectiveOn, ...fields });
  }

  dissolved(id: string, effectiveOn: string, reason = 'died'): Promise<HouseholdOrderAnswer> {
    return this.order(id, 'dissolution', { effectiveOn, reason });
  }

  escape(to: string, effectiveOn: string, fields: Fields = {}): Fields {
    return { standard: 'VN-2022', effectiveOn, to, decision: this.decision(effectiveOn), ...fields };
  }

  flag(effectiveOn: string, fields: Fields = {}): Fields {
    return { standard: 'VN-2022', effectiveOn, decision: this.decision(effectiveOn), ...fields };
  }

  async order(id: string, what: string, body: Fields, headers: Headers = {}): Promise<HouseholdOrderAnswer> {
    return accepted(await this.tryOrder(id, what, body, headers));
  }

  tryOrder(
    id: string,
    what: string,
    body: Fields,
    headers: Headers = {},
  ): Promise<Answer<HouseholdOrderAnswer>> {
    return this.server.post(`/v1/households/${id}/${what}`, body, headers);
  }
}

export interface Region {
  readonly province: string;
  readonly district: string;
  readonly communes: readonly string[];
}

/** The body of an order that was carried out; throws with the whole answer when it was not. */
export function accepted<Body extends OrderAnswer>({ status, body }: Answer<Body>): Body {
  if (status === 201 || status === 200) return body;
  throw new Error(`refused with ${status}: ${JSON.stringify(body)}`);
}

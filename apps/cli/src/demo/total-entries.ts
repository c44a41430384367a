import type { PlainDate } from '@ledger/kernel';
import { parseDay } from '@ledger/kernel';
import { aLuoiCommunes } from './a-luoi.shares';
import type { DemoYear } from './data/dak-nong.plan';
import { DAK_NONG_FIGURES } from './data/dak-nong.plan';
import { DAK_NONG_COMMUNES } from './data/dak-nong.units';
import type { DemoCommune } from './data/units';
import { idOf } from './data/units';
import { Dice } from './dice';
import type { Diary } from './diary';
import { householdsOf, sharesOf } from './district-plan';
import type { MinorityShares } from './groups';
import { minoritySharesOf } from './groups';

/** The source of what no paper says. */
const INVENTED = 'demo-invented';

const endOf = (year: number): PlainDate => parseDay(`${year}-12-31`);

/** Each commune's totals at the end of the year, for all households and for the minorities. */
export function declareDakNong(diary: Diary, year: DemoYear): void {
  const source = year === 2021 ? INVENTED : 'plan-2023-apportioned';
  for (const figures of DAK_NONG_FIGURES) {
    const communes = DAK_NONG_COMMUNES.filter(({ district }) => district === figures.code);
    const totals = householdsOf(figures, sharesOf(communes), year);
    for (const [index, commune] of communes.entries()) {
      const minorities = minoritySharesOf(commune, figures);
      const { revised } = REVISIONS.find((each) => each.commune === commune.code && each.year === year) ?? {};
      const households = totals[index] ?? 0;
      if (revised) declare(diary, commune, on, revised.recordedOn, { households, minorities, source });
      declare(diary, commune, endOf(year), { households: totals[index] ?? 0, minorities, source });
    }
  }
}

/** Total households of A Lưới, which the demo takes to be the same in both years. */
export function declareALuoi(diary: Diary, year: 2020 | 2021): void {
  for (const { commune, households, minorities } of aLuoiCommunes()) {
    declare(diary, commune, endOf(year), { households, minorities, source: 'resolution-apportioned' });
  }
}

/** Persons in a hundred households. */
const personsPer100 = (commune: DemoCommune): number => new Dice(`persons ${commune.code}`).between(395, 445);

function declare(
  diary: Diary,
  commune: DemoCommune,
  on: PlainDate,
  { households, source, minorities }: Resident,
): void {
  const recordedBy = `officer-${commune.district}`;
  const add = (group: string, count: number, from: string): void => {
    const persons = Math.round((count * personsPer100(commune)) / 100);
    diary.add({
      recordedOn: on,
      recordedBy,
      order: { type: 'DeclareHouseholdTotal', unit: idOf(commune), on, group, households: count, persons, source: from },
    });
  };
  add('all', households, source);
  add('ethnic-minority', Math.round(households * minorities.minority), INVENTED);
  if (minorities.local > 0) add('local-ethnic-minority', Math.round(households * minorities.local), INVENTED);
}

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

/** Đắk Búk So forgot a village at the end of 2022, and declared its total again. */
const FORGOTTEN = { commune: '24739', year: 2022, households: 96, foundOn: parseDay('2023-02-10') };

interface Residents {
  readonly commune: DemoCommune;
  readonly on: PlainDate;
  readonly households: number;
  readonly minorities: MinorityShares;
  readonly source: string;
}

/** Each commune's totals at the end of the year, for all households and for the minorities. */
export function declareDakNong(diary: Diary, year: DemoYear): void {
  const source = year === 2021 ? INVENTED : 'demo-fitted-to-plan-2023';
  for (const figures of DAK_NONG_FIGURES) {
    const communes = DAK_NONG_COMMUNES.filter(({ district }) => district === figures.code);
    const totals = householdsOf(figures, sharesOf(communes), year);
    for (const [index, commune] of communes.entries()) {
      const households = totals[index] ?? 0;
      const minorities = minoritySharesOf(commune, figures);
      const residents = { commune, on: endOf(year), households, minorities, source };
      if (commune.code === FORGOTTEN.commune && year === FORGOTTEN.year) {
        declare(diary, endOf(year), { ...residents, households: households - FORGOTTEN.households });
        declare(diary, FORGOTTEN.foundOn, residents);
      } else {
        declare(diary, endOf(year), residents);
      }
    }
  }
}

/** Total households of A Lưới, which the demo takes to be the same in both years. */
export function declareALuoi(diary: Diary, year: 2020 | 2021): void {
  for (const { commune, households, minorities } of aLuoiCommunes()) {
    const residents = {
      commune,
      on: endOf(year),
      households,
      minorities,
      source: 'demo-fitted-to-resolution',
    };
    declare(diary, endOf(year), residents);
  }
}

function declare(diary: Diary, recordedOn: PlainDate, residents: Residents): void {
  const { commune, on, minorities, source } = residents;
  const personsPer100Households = new Dice(`persons ${commune.code}`).between(395, 445);
  const add = (group: string, share: number, from: string): void => {
    const households = Math.round(residents.households * share);
    const persons = Math.round((households * personsPer100Households) / 100);
    diary.add({
      recordedOn,
      recordedBy: `officer-${commune.district}`,
      order: {
        type: 'DeclareHouseholdTotal',
        unit: idOf(commune),
        on,
        group,
        households,
        persons,
        source: from,
      },
    });
  };
  add('all', 1, source);
  add('ethnic-minority', minorities.minority, INVENTED);
  if (minorities.local > 0) add('local-ethnic-minority', minorities.local, INVENTED);
}

const endOf = (year: number): PlainDate => parseDay(`${year}-12-31`);

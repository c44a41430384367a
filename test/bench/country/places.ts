import type { AreaType, PlainDate, UnitId } from '@ledger/kernel';
import { unitId } from '@ledger/kernel';
import { Dice } from './dice';

/** Vietnam before July 2025: 63 provinces, about 700 districts, 10,000 communes. */
const FULL = { provinces: 63, districts: 705, communes: 10_000 };
export const UNITS_FROM = '2004-01-01' as PlainDate;

export interface Place {
  readonly code: string;
  readonly id: UnitId;
}

export interface Commune extends Place {
  readonly areaType: AreaType;
  readonly district: number;
  readonly province: number;
}

/** The units of the invented country, each list in the order of its codes. */
export interface Places {
  readonly provinces: readonly Place[];
  readonly districts: readonly (Place & { readonly province: number })[];
  readonly communes: readonly Commune[];
}

const URBAN = 0.15;

/** Lays out so many communes, with districts and provinces as the whole country has them. */
export function layOut(communes: number, seed: number): Places {
  const districts = Math.max(1, Math.round((communes * FULL.districts) / FULL.communes));
  const provinces = Math.max(1, Math.min(districts, Math.round((communes * FULL.provinces) / FULL.communes)));
  if (communes > 65_000 || districts > 998 || provinces > 98) throw new RangeError(`${communes} communes`);
  const dice = new Dice();
  const districtOf = (commune: number): number => Math.floor((commune * districts) / communes);
  const provinceOf = (district: number): number => Math.floor((district * provinces) / districts);
  return {
    provinces: times(provinces, (index) => placeOf(index, 2)),
    districts: times(districts, (index) => ({ ...placeOf(index, 3), province: provinceOf(index) })),
    communes: times(communes, (index) => ({
      ...placeOf(index, 5),
      areaType: dice.seed(seed, 1, index).chance(URBAN) ? 'urban' : 'rural',
      district: districtOf(index),
      province: provinceOf(districtOf(index)),
    })),
  };
}

function placeOf(index: number, digits: number): Place {
  const code = String(index + 1).padStart(digits, '0');
  return { code, id: unitId(code, UNITS_FROM) };
}

const times = <Item>(count: number, make: (index: number) => Item): Item[] =>
  Array.from({ length: count }, (_none, index) => make(index));

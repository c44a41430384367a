import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the officers of two communes send: every row is one fact, and most households have many rows. */
export interface Books {
  readonly units: string;
  readonly totals: string;
  readonly households: string;
  readonly reviews: string;
}

const COMMUNES = ['24628', '24611'];
const REVIEW_COLUMNS =
  'household_id,unit_code,list_number,kind,standard,channel,effective_on,outcome,area_type,members,decision_no,decision_date,decision_authority';

const UNITS = [
  'code,name,level,parent_code,area_type,valid_from',
  '67,Tỉnh,province,,,2010-01-01',
  '660,Huyện,district,67,,2010-01-01',
  '24628,Xã,commune,660,rural,2010-01-01',
  '24611,Phường,commune,660,urban,2010-01-01',
];
const TOTALS = [
  'unit_code,on,group,households,source',
  ...COMMUNES.map((code) => `${code},2020-12-01,all,500,register`),
];

/** Rows under way at once stand together, and those of one household wait for each other: commits are small. */
const DETAILS_PER_HOUSEHOLD = 16;

/** The rows of a household, in their order: poor, its members told again and again, escaped, poor again, moved. */
function lifeOf(index: number): readonly string[] {
  const at = index % 2;
  const unit = COMMUNES[at] ?? '';
  // A third is named by its place on the list alone, which is looked up in the read models.
  const name = index % 3 === 2 ? `,${unit},${index}` : `h-${index},,`;
  const decision = (number: number): string => `${index}.${number}/QĐ,2020-12-01,UBND xã`;
  return [
    `${name},,VN-2022,periodic,2021-12-15,poor,${at ? 'urban' : 'rural'},,${decision(1)}`,
    // A, B, A, B: whoever keeps only what differs from the last word must keep each of them, once.
    ...Array.from(
      { length: DETAILS_PER_HOUSEHOLD },
      (_none, day) => `${name},details,,,2022-01-${10 + (day >> 1)},,,${4 + (day % 2)},,,`,
    ),
    `${name},escape,VN-2022,,2022-06-15,above,,,${decision(2)}`,
    `${name},re-poverty,VN-2022,,2022-09-15,,,,${decision(3)}`,
    `${name},move,,,2023-02-15,${COMMUNES[1 - at]},,,,,`,
  ];
}

const lines = (rows: readonly string[]): string => `${rows.join('\n')}\n`;

/** How many rows there are below the header. */
export const rowsOf = (file: string): number => file.trimEnd().split('\n').length - 1;

export const rowsIn = ({ units, totals, households, reviews }: Books): number =>
  [units, totals, households, reviews].reduce((sum, file) => sum + rowsOf(file), 0);

/** A file of so many households, quickly recorded. */
export const householdsOnly = (count: number): string =>
  lines([
    'household_id,unit_code,registered_on,members',
    ...Array.from({ length: count }, (_none, row) => `many-${row},${COMMUNES[0]},2015-01-01,4`),
  ]);

export function booksOf(households: number): Books {
  const all = Array.from({ length: households }, (_none, index) => index);
  return {
    units: lines(UNITS),
    totals: lines(TOTALS),
    households: lines([
      'household_id,unit_code,registered_on,members,list_number',
      ...all.map((index) => `h-${index},${COMMUNES[index % 2]},2015-01-01,3,${index}`),
    ]),
    reviews: lines([REVIEW_COLUMNS, ...all.flatMap(lifeOf)]),
  };
}

/** The same as old books: what a household's rows say was recorded within two days, household after household. */
export function writeOldBooks(dir: string, { units, totals, households, reviews }: Books): void {
  mkdirSync(dir);
  const recorded = (file: string, dayOf: (row: number) => number): string =>
    lines(
      file
        .trimEnd()
        .split('\n')
        .map((row, at) => `${row},${at === 0 ? 'recorded_on' : dayAfter(dayOf(at - 1))}`),
    );
  const rows = DETAILS_PER_HOUSEHOLD + 4;
  writeFileSync(
    join(dir, 'units.csv'),
    recorded(units, () => 0),
  );
  writeFileSync(
    join(dir, 'totals.csv'),
    recorded(totals, () => 1),
  );
  writeFileSync(
    join(dir, 'households.csv'),
    recorded(households, (row) => 2 + (row % 50)),
  );
  writeFileSync(
    join(dir, 'reviews.csv'),
    recorded(reviews, (row) => 60 + Math.floor(row / rows) + (row % rows < 10 ? 0 : 1)),
  );
}

const dayAfter = (days: number): string =>
  new Date(Date.UTC(2023, 5, 1) + days * 86_400_000).toISOString().slice(0, 10);

/** What the plan says of a district, and what the demo invents around it. */
export interface DistrictFigures {
  readonly code: string;
  /** Poor households at the end of the year: 2022 and 2023 are the plan's. */
  readonly poor: Record<DemoYear, number>;
  readonly nearPoor: Record<DemoYear, number>;
  /** All resident households. */
  readonly households: Record<DemoYear, number>;
  /** How many in a hundred households are of an ethnic minority, and of a local one. */
  readonly minorityPerCent: number;
  readonly localMinorityPerCent: number;
}

export type DemoYear = 2021 | 2022 | 2023;

/**
 * Poor households of 2022 and 2023: Đắk Nông's plan of 2023 for sustainable poverty reduction, part II.2
 * (Kế hoạch thực hiện chỉ tiêu giảm nghèo bền vững năm 2023). Totals of 2022 and 2023: chosen so that every
 * district and the province give the plan's rates to two decimals at once; the plan does not print them.
 * Everything of 2021, the near-poor and the minorities are invented.
 */
export const DAK_NONG_FIGURES: readonly DistrictFigures[] = [
  {
    code: '660',
    poor: { 2021: 131, 2022: 115, 2023: 85 },
    nearPoor: { 2021: 62, 2022: 66, 2023: 61 },
    households: { 2021: 19_984, 2022: 20_282, 2023: 20_585 },
    minorityPerCent: 11,
    localMinorityPerCent: 4,
  },
  {
    code: '661',
    poor: { 2021: 5_020, 2022: 4_545, 2023: 2_435 },
    nearPoor: { 2021: 820, 2022: 900, 2023: 1_350 },
    households: { 2021: 17_562, 2022: 17_699, 2023: 17_800 },
    minorityPerCent: 58,
    localMinorityPerCent: 17,
  },
  {
    code: '662',
    poor: { 2021: 1_330, 2022: 1_183, 2023: 703 },
    nearPoor: { 2021: 470, 2022: 490, 2023: 560 },
    households: { 2021: 22_148, 2022: 22_195, 2023: 22_177 },
    minorityPerCent: 47,
    localMinorityPerCent: 7,
  },
  {
    code: '663',
    poor: { 2021: 672, 2022: 601, 2023: 431 },
    nearPoor: { 2021: 300, 2022: 310, 2023: 330 },
    households: { 2021: 27_870, 2022: 27_954, 2023: 27_988 },
    minorityPerCent: 22,
    localMinorityPerCent: 8,
  },
  {
    code: '664',
    poor: { 2021: 962, 2022: 851, 2023: 671 },
    nearPoor: { 2021: 360, 2022: 380, 2023: 420 },
    households: { 2021: 19_640, 2022: 19_699, 2023: 19_678 },
    minorityPerCent: 36,
    localMinorityPerCent: 11,
  },
  {
    code: '665',
    poor: { 2021: 930, 2022: 833, 2023: 633 },
    nearPoor: { 2021: 330, 2022: 350, 2023: 390 },
    households: { 2021: 20_371, 2022: 20_467, 2023: 20_486 },
    minorityPerCent: 19,
    localMinorityPerCent: 8,
  },
  {
    code: '666',
    poor: { 2021: 662, 2022: 590, 2023: 420 },
    nearPoor: { 2021: 280, 2022: 290, 2023: 300 },
    households: { 2021: 23_991, 2022: 24_082, 2023: 24_138 },
    minorityPerCent: 17,
    localMinorityPerCent: 9,
  },
  {
    code: '667',
    poor: { 2021: 5_150, 2022: 4_624, 2023: 2_974 },
    nearPoor: { 2021: 760, 2022: 830, 2023: 1_120 },
    households: { 2021: 14_852, 2022: 15_023, 2023: 15_252 },
    minorityPerCent: 52,
    localMinorityPerCent: 29,
  },
];

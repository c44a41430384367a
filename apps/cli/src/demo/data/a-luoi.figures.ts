/**
 * A Lưới's households across the change of standard. Source: the district's resolution on 2022-2025, which
 * says 14.82% at the end of 2020 under VN-2016, and 7,022 poor (49.98%) and 2,185 near-poor (15.55%) in the
 * review of 2021 under VN-2022; 14,050 households are what both rates of 2021 imply. The rest is invented.
 */
export const A_LUOI_FIGURES = {
  households: 14_050,
  /** Under VN-2022, the review of 2021. */
  opening: { poor: 7_022, nearPoor: 2_185 },
  /** Under VN-2016, the review of 2020: 2,082 of 14,050 are 14.82%. The near-poor are invented. */
  review2020: { poor: 2_082, nearPoor: 1_064 },
  /** Under VN-2016, from the review of 2020 to the one of 2021. Invented. */
  year2021: {
    escapedToNearPoor: 236,
    escapedAbove: 205,
    becamePoor: 27,
    newPoor: 21,
    nearPoorEscaped: 171,
    newNearPoor: 64,
  },
} as const;

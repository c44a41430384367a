/** Households of the demo worth a look, and what can be seen there. */
export const DEMO_HIGHLIGHTS = {
  /** Đắk Ha: escaped in May 2022, poor again in August; escaped in April 2023, poor again in November. */
  fellBackTwice: 'dn-24622-00648',
  /** From Đắk R’Tíh to Đắk Ngo in February 2022; escaped there in April 2023 and was poor again in September. */
  movedAndFellBack: 'dn-24742-00482',
  /** Quảng Trực: the escape of June 2022 was recorded in June 2023. */
  escapeRecordedLate: 'dn-24736-00511',
  /** Quảng Trực: gone in October 2022, on the list of poor households until June 2023. */
  goneUnnoticed: 'dn-24736-00926',
} as const;

import type { Texts } from '@ledger/kernel';

export const povertyRatesTexts = {
  'unit.unknown-on-that-day': {
    en: 'By {knownOn} nothing was known of the unit {unit}. Ask for a later day of knowledge.',
    vi: 'Đến ngày {knownOn} chưa có thông tin về đơn vị {unit}. Hãy hỏi với ngày biết muộn hơn.',
  },
  'household.unknown-on-that-day': {
    en: 'By {knownOn} nothing was known of this household. Ask for a later day of knowledge.',
    vi: 'Đến ngày {knownOn} chưa có thông tin về hộ này. Hãy hỏi với ngày biết muộn hơn.',
  },
  'answer.in-the-future': {
    en: 'The day lies after today ({today}): this is the position of today.',
    vi: 'Ngày hỏi sau ngày hôm nay ({today}): đây là số liệu đến hôm nay.',
  },
  'household.facts-outside-life': {
    en: '{count} recorded facts lie before the registration or after the end of the household: they count nothing.',
    vi: '{count} sự kiện đã ghi nằm trước khi đăng ký hoặc sau khi hộ kết thúc: không được tính.',
  },
  'answer.parked': {
    en: '{count} records of this area wait for repair and are missing here.',
    vi: '{count} hồ sơ của địa bàn này đang chờ sửa và chưa được tính.',
  },
  'answer.household-parked': {
    en: 'Facts of this household wait for repair and are missing here.',
    vi: 'Một số sự kiện của hộ này đang chờ sửa và chưa được tính.',
  },
  'answer.registry-parked': {
    en: 'Facts about units wait for repair: whether there is such a unit cannot be told. An engineer sees them with: parked list.',
    vi: 'Một số sự kiện về đơn vị hành chính đang chờ sửa nên chưa biết có đơn vị này hay không. Kỹ thuật viên xem bằng lệnh: parked list.',
  },
  're-poverty.of-all-households': {
    en: 'Distinct households that became re-poor from {from} to {to}, of all resident households on {to}. Earlier escape: ever, under any standard.',
    vi: 'Số hộ tái nghèo từ {from} đến {to} trên tổng số hộ dân cư ngày {to}. Thoát nghèo trước đó: bất kỳ lúc nào, theo bất kỳ chuẩn nào.',
  },
  're-poverty.of-escaped': {
    en: 'Distinct households that became re-poor from {from} to {to}, of the distinct households that left poverty in the same days.',
    vi: 'Số hộ tái nghèo từ {from} đến {to} trên số hộ thoát nghèo trong cùng thời gian.',
  },
  're-poverty.cohort': {
    en: 'Of the distinct households that left poverty from {from} to {to}, those poor again within {withinYears} years of it and by {on}, wherever they live and under any standard.',
    vi: 'Trong số hộ thoát nghèo từ {from} đến {to}, số hộ nghèo trở lại trong vòng {withinYears} năm và trước hết ngày {on}, ở bất kỳ nơi nào và theo bất kỳ chuẩn nào.',
  },
} as const satisfies Texts;

import type { Texts } from '@ledger/kernel';

export const areasTexts = {
  'unit.unknown': {
    en: 'No unit {unit} is in the registry. Check the code, or have the unit entered first.',
    vi: 'Danh mục không có đơn vị hành chính {unit}. Hãy kiểm tra mã, hoặc nhập đơn vị này trước.',
  },
  'unit.outside-its-life': {
    en: 'The unit {unit} does not exist on {day}. Its days: {days}. Choose a day within them.',
    vi: 'Đơn vị {unit} không tồn tại vào ngày {day}. Thời gian tồn tại: {days}. Hãy chọn ngày trong thời gian đó.',
  },
  'unit.not-a-commune': {
    en: 'A household lives in a commune, and {unit} is none. Give the 5 digits of a commune.',
    vi: 'Hộ phải thuộc một xã, còn {unit} không phải là xã. Hãy ghi mã 5 chữ số của xã.',
  },
  'unit.code-shape': {
    en: 'A province has a code of 2 digits, a district of 3, a commune of 5.',
    vi: 'Mã tỉnh có 2 chữ số, mã huyện có 3 chữ số, mã xã có 5 chữ số.',
  },
  'unit.before-the-country': {
    en: 'No unit begins before {firstDay}.',
    vi: 'Không có đơn vị nào bắt đầu trước ngày {firstDay}.',
  },
  'unit.valid-to-before-valid-from': {
    en: 'The last day of a unit cannot be before its first day, {validFrom}.',
    vi: 'Ngày cuối của đơn vị không được trước ngày đầu ({validFrom}).',
  },
  'unit.parent-unknown': {
    en: 'No unit in the registry bears the code {parentCode} on {day}. Enter the upper unit first, or correct its code.',
    vi: 'Ngày {day} không có đơn vị nào mang mã {parentCode}. Hãy nhập đơn vị cấp trên trước, hoặc sửa lại mã.',
  },
  'unit.parent-level': {
    en: 'A province belongs to the country (VN), a district to a province, a commune to a district or a province.',
    vi: 'Tỉnh trực thuộc trung ương (VN), huyện thuộc tỉnh, xã thuộc huyện hoặc thuộc thẳng tỉnh.',
  },
  'unit.code-in-use': {
    en: 'The code {unit} belongs to another unit on some of these days: {days}. Two units may bear one code only one after the other.',
    vi: 'Mã {unit} đã thuộc một đơn vị khác trong thời gian {days}. Hai đơn vị chỉ được dùng chung một mã nối tiếp nhau, không trùng ngày.',
  },
  'unit.already-exists': {
    en: 'The unit {unit} is in the registry already, with other content. To change it, record a change.',
    vi: 'Đơn vị {unit} đã có trong danh mục với nội dung khác. Muốn thay đổi, hãy ghi một thay đổi của đơn vị.',
  },
  'unit.outlives-parent': {
    en: 'The unit goes on after the last day of its upper unit {parent}, {parentLastDay}; from then on it belongs to the next level.',
    vi: 'Đơn vị còn tồn tại sau ngày cuối ({parentLastDay}) của đơn vị cấp trên {parent}; từ đó đơn vị thuộc cấp trên kế tiếp.',
  },
  'unit.has-living-parts': {
    en: 'Units under {unit} that go on after its end: {parts}. From then on they belong to the next level.',
    vi: 'Số đơn vị thuộc {unit} còn tồn tại sau khi đơn vị này kết thúc: {parts}. Từ đó các đơn vị này thuộc cấp trên kế tiếp.',
  },
  'unit.country-stays': {
    en: 'The country itself cannot be changed. Name a province, a district or a commune.',
    vi: 'Không thể thay đổi cấp cả nước. Hãy chọn một tỉnh, huyện hoặc xã.',
  },
  'unit.nothing-to-change': {
    en: 'The order changes nothing. Give a new name, a new area type, or say that the unit is abolished.',
    vi: 'Chưa nêu nội dung thay đổi. Hãy ghi tên mới, loại khu vực mới, hoặc ghi là đơn vị giải thể.',
  },
  'unit.abolition-goes-alone': {
    en: 'A unit cannot be abolished and changed by one order. Send two orders.',
    vi: 'Không thể vừa giải thể vừa thay đổi đơn vị trong một lệnh. Hãy gửi hai lệnh riêng.',
  },
  'unit.already-abolished': {
    en: 'The unit {unit} is abolished already; its last day is {lastDay}.',
    vi: 'Đơn vị {unit} đã giải thể; ngày cuối là {lastDay}.',
  },
  'unit.abolished-before-it-began': {
    en: 'The first day without the unit {unit} must be after its first day, {validFrom}.',
    vi: 'Ngày đầu tiên không còn đơn vị {unit} phải sau ngày đơn vị bắt đầu ({validFrom}).',
  },
  'total.not-a-count': {
    en: 'The number must be whole, 0 or more.',
    vi: 'Số liệu phải là số nguyên, từ 0 trở lên.',
  },
  'total.in-the-future': {
    en: 'A total can be declared for days up to today, {today}, not for a day to come.',
    vi: 'Chỉ khai báo tổng số hộ cho ngày đến hôm nay ({today}), không khai cho ngày chưa tới.',
  },
  'total.fewer-persons-than-households': {
    en: 'There are fewer persons ({persons}) than households ({households}). Check whether they are exchanged.',
    vi: 'Số nhân khẩu ({persons}) ít hơn số hộ ({households}). Hãy kiểm tra xem có ghi nhầm cột không.',
  },
  'total.missing': {
    en: 'The total of households is not known by that day, so no rate can be given. Communes below it without a declared total: {missing} of {communes}.',
    vi: 'Chưa biết tổng số hộ tính đến ngày này nên chưa tính được tỷ lệ. Số xã chưa khai báo tổng số hộ: {missing}/{communes}.',
  },
  'total.differs-from-sum': {
    en: 'The total declared for the unit is {declared} households (of {declaredOn}), the sum of its communes {summed} (of {summedOn}).',
    vi: 'Tổng số hộ khai báo của đơn vị là {declared} (ngày {declaredOn}), cộng từ các xã là {summed} (ngày {summedOn}).',
  },
  'total.old': {
    en: 'The total of households is of {totalOn}, more than a year before the day asked for. Declare a newer one.',
    vi: 'Tổng số hộ là của ngày {totalOn}, cũ hơn một năm so với ngày được hỏi. Hãy khai báo số mới hơn.',
  },
} as const satisfies Texts;

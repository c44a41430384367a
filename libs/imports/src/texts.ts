import type { Texts } from '@ledger/kernel';

/** What is said of files and their rows: always what would be right, and how a spreadsheet is brought to it. */
export const importTexts = {
  'file.empty': { en: 'The file is empty.', vi: 'Tệp rỗng.' },
  'file.workbook': {
    en: 'This is an Excel workbook. Save it as "CSV UTF-8" and import that file.',
    vi: 'Đây là tệp Excel. Hãy lưu dưới dạng "CSV UTF-8" rồi nhập tệp đó.',
  },
  'file.not-utf8': {
    en: 'From here on the file is no text in UTF-8. Save it as "CSV UTF-8", so that no Vietnamese letter is lost.',
    vi: 'Từ đây tệp không phải văn bản UTF-8. Hãy lưu dưới dạng "CSV UTF-8" để không mất chữ tiếng Việt.',
  },
  'file.not-text': {
    en: 'The file holds bytes that no text has. Save it as "CSV UTF-8".',
    vi: 'Tệp chứa dữ liệu không phải văn bản. Hãy lưu dưới dạng "CSV UTF-8".',
  },
  'file.tabs': {
    en: 'The columns are separated by tabs. Save the file as "CSV UTF-8", with commas or semicolons.',
    vi: 'Các cột ngăn cách bằng dấu tab. Hãy lưu dưới dạng "CSV UTF-8", dùng dấu phẩy hoặc dấu chấm phẩy.',
  },
  'file.not-csv': { en: 'The file cannot be read as CSV: {why}.', vi: 'Không đọc được tệp CSV: {why}.' },
  'file.quote-not-closed': {
    en: 'Here or further down a quotation mark opens a cell and none closes it. Nothing from here on was read.',
    vi: 'Từ đây có dấu ngoặc kép mở ô mà không đóng. Phần từ đây trở đi chưa được đọc.',
  },
  'file.row-too-long': {
    en: 'A row is longer than {limit} bytes: probably a quotation mark is not closed. Nothing from here on was read.',
    vi: 'Có dòng dài hơn {limit} byte: có lẽ thiếu dấu ngoặc kép đóng. Phần từ đây trở đi chưa được đọc.',
  },
  'file.no-header': {
    en: 'The first line must name the columns of a {kind} file: {columns}.',
    vi: 'Dòng đầu phải ghi tên các cột của tệp {kind}: {columns}.',
  },
  'file.unknown-column': {
    en: 'A {kind} file has no column {column}. Its columns: {columns}.',
    vi: 'Tệp {kind} không có cột {column}. Các cột: {columns}.',
  },
  'file.double-column': {
    en: 'The column {column} is there twice. Leave one out.',
    vi: 'Cột {column} xuất hiện hai lần. Hãy bỏ bớt một cột.',
  },
  'file.column-missing': {
    en: 'The column {column} is missing.',
    vi: 'Thiếu cột {column}.',
  },
  'file.migration-column': {
    en: 'Only old books bring the column {column}: import them with "import --migrate DIR". Else leave it out.',
    vi: 'Cột {column} chỉ dùng khi chuyển sổ cũ: hãy nhập bằng "import --migrate DIR". Nếu không, hãy bỏ cột này.',
  },
  'row.too-few-cells': {
    en: 'The row has {cells} cells, the header {columns}. Fill up with empty cells, or join what is one row.',
    vi: 'Dòng có {cells} ô, tiêu đề có {columns}. Hãy thêm ô trống, hoặc nối lại nếu một dòng bị tách.',
  },
  'row.too-many-cells': {
    en: 'The row has {cells} cells, the header {columns}. Put a cell with a comma or semicolon in "quotation marks".',
    vi: 'Dòng có {cells} ô, tiêu đề có {columns}. Ô có dấu phẩy hoặc chấm phẩy phải đặt trong "ngoặc kép".',
  },
  'row.cell-without-column': {
    en: 'The column of this cell has no name in the header. Name it, or empty the cell.',
    vi: 'Cột của ô này không có tên ở dòng tiêu đề. Hãy đặt tên cột, hoặc xóa ô.',
  },
  'row.household-unnamed': {
    en: 'Name the household by household_id, or by unit_code and list_number.',
    vi: 'Hãy ghi household_id, hoặc unit_code cùng với list_number (mã hộ).',
  },
  'row.nobody-listed': {
    en: 'Nobody bears the number {listNumber} on the list of {unit} on {day}. Check both, or give household_id.',
    vi: 'Ngày {day} không có hộ nào mang mã {listNumber} trong danh sách của {unit}. Hãy kiểm tra, hoặc ghi household_id.',
  },
  'row.several-listed': {
    en: 'Several households bear the number {listNumber} in {unit} on {day}: {candidates}. Give household_id.',
    vi: 'Ngày {day} có nhiều hộ mang mã {listNumber} tại {unit}: {candidates}. Hãy ghi household_id.',
  },
  'cell.not-of-this-kind': {
    en: 'A row of the kind {kind} has no {column}. Leave it empty.',
    vi: 'Dòng loại {kind} không có {column}. Hãy để trống.',
  },
  'cell.dash': {
    en: '"-" means none, which only a list can be. Leave the cell empty.',
    vi: '"-" nghĩa là không có, chỉ dùng cho danh sách. Hãy để trống ô này.',
  },
  'cell.too-long': {
    en: 'The cell has {length} characters. Perhaps a quotation mark is missing; at most {limit} can be read.',
    vi: 'Ô có {length} ký tự. Có lẽ thiếu dấu ngoặc kép; tối đa đọc được {limit}.',
  },
  'cell.line-break': {
    en: 'The cell goes over several lines. Write it on one line; perhaps a quotation mark is missing.',
    vi: 'Ô có xuống dòng. Hãy viết trên một dòng; có lẽ thiếu dấu ngoặc kép.',
  },
  'cell.spreadsheet-error': {
    en: 'The spreadsheet shows {error} here, not a value. Correct the formula or the width of the column.',
    vi: 'Bảng tính đang hiện {error}, không phải giá trị. Hãy sửa công thức hoặc độ rộng cột.',
  },
  'cell.scientific': {
    en: 'A spreadsheet has shortened the number, its last digits are lost. Format the column as text and write it out.',
    vi: 'Bảng tính đã rút gọn số, các chữ số cuối bị mất. Hãy định dạng cột là văn bản và ghi đầy đủ.',
  },
  'cell.thousands': {
    en: 'Write the number with digits alone, without separators: {digits}.',
    vi: 'Hãy ghi số chỉ gồm chữ số, không có dấu phân cách: {digits}.',
  },
  'cell.decimal': {
    en: 'Write a whole number with digits alone, without a decimal comma or point.',
    vi: 'Hãy ghi số nguyên chỉ gồm chữ số, không có dấu phẩy hay dấu chấm thập phân.',
  },
  'cell.day-format': {
    en: 'Write a day as YYYY-MM-DD, for example {like}.',
    vi: 'Hãy ghi ngày dạng YYYY-MM-DD (năm-tháng-ngày), ví dụ {like}.',
  },
  'cell.day-serial': {
    en: 'This is the inner number of a day in Excel. Format the column as text and write the day as YYYY-MM-DD.',
    vi: 'Đây là số nội bộ của ngày trong Excel. Hãy định dạng cột là văn bản và ghi ngày dạng YYYY-MM-DD.',
  },
  'cell.lost-zero': {
    en: 'Codes begin with their zeros, which a spreadsheet takes off: perhaps {code}. Format the column as text.',
    vi: 'Mã phải giữ số 0 ở đầu, bảng tính hay bỏ mất: có lẽ là {code}. Hãy định dạng cột là văn bản.',
  },
  'cell.list-separator': {
    en: 'Separate a list inside a cell with |, for example {like}.',
    vi: 'Trong một ô, hãy ngăn cách danh sách bằng dấu |, ví dụ {like}.',
  },
  'migration.recorded-later': {
    en: 'The log holds facts recorded on {lastDay}, later than this row: what was known then would not stay true. Migrate old books into an empty data folder, before anything else.',
    vi: 'Sổ đã có sự kiện ghi ngày {lastDay}, muộn hơn dòng này: dữ liệu đã biết khi đó sẽ không còn đúng. Hãy chuyển sổ cũ vào thư mục dữ liệu trống, trước mọi việc khác.',
  },
  'migration.recorded-in-the-future': {
    en: 'An old book was recorded by today, {today}. Correct recorded_on.',
    vi: 'Sổ cũ phải được ghi muộn nhất là hôm nay ({today}). Hãy sửa recorded_on.',
  },
} as const satisfies Texts;

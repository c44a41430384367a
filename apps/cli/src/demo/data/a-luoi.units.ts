import type { DemoCommune, DemoUnit } from './units';
import { commune } from './units';

/**
 * Units as they were before the reorganisation of July 2025. Source: the statistics office's official
 * conversion table of old and new units of July 2025, whose names are kept letter by letter.
 */
export const HUE: DemoUnit = { code: '46', name: 'Tỉnh Thừa Thiên Huế' };

export const A_LUOI: DemoUnit = { code: '481', name: 'Huyện A Lưới' };

export const A_LUOI_COMMUNES: readonly DemoCommune[] = [
  commune('20044', 'Thị trấn A Lưới', 'urban', '481'),
  commune('20047', 'Xã Hồng Vân', 'rural', '481'),
  commune('20050', 'Xã Hồng Hạ', 'rural', '481'),
  commune('20053', 'Xã Hồng Kim', 'rural', '481'),
  commune('20056', 'Xã Trung Sơn', 'rural', '481'),
  commune('20059', 'Xã Hương Nguyên', 'rural', '481'),
  commune('20065', 'Xã Hồng Bắc', 'rural', '481'),
  commune('20068', 'Xã A Ngo', 'rural', '481'),
  commune('20071', 'Xã Sơn Thủy', 'rural', '481'),
  commune('20074', 'Xã Phú Vinh', 'rural', '481'),
  commune('20080', 'Xã Hương Phong', 'rural', '481'),
  commune('20083', 'Xã Quảng Nhâm', 'rural', '481'),
  commune('20086', 'Xã Hồng Thượng', 'rural', '481'),
  commune('20089', 'Xã Hồng Thái', 'rural', '481'),
  commune('20095', 'Xã A Roàng', 'rural', '481'),
  commune('20098', 'Xã Đông Sơn', 'rural', '481'),
  commune('20101', 'Xã Lâm Đớt', 'rural', '481'),
  commune('20104', 'Xã Hồng Thủy', 'rural', '481'),
];

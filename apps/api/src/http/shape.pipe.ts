import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { Problem } from '@ledger/kernel';
import { shape } from '@ledger/orders';

/** Checks what a request brings against the class that its handler names. */
@Injectable()
export class ShapePipe implements PipeTransform {
  transform(value: unknown, { metatype, type }: ArgumentMetadata): unknown {
    if ((type !== 'body' && type !== 'query') || !metatype || metatype === Object) return value;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new Problem('malformed', [{ code: 'request.not-an-object', field: type }]);
    }
    return shape(metatype as new () => object, value);
  }
}

import { createHash, timingSafeEqual } from 'node:crypto';
import {
  type CanActivate,
  type ExecutionContext,
  Inject,
  Injectable,
  UnauthorizedException,
} from '@nestjs/common';
import type { Request } from 'express';
import type { Configuration } from '../configuration/configuration';
import { CONFIGURATION } from '../configuration/configuration.module';

/** `X-API-Key: <key>` or `Authorization: Bearer <key>`. The host knows digests only; several allow a rotation. */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  constructor(@Inject(CONFIGURATION) private readonly configuration: Configuration) {}

  canActivate(context: ExecutionContext): boolean {
    const key = keyOf(context.switchToHttp().getRequest<Request>());
    const digest = createHash('sha256').update(key).digest();
    // Digests have one length and tell nothing of the key, so this takes the same time for every guess.
    const matches = this.configuration.webhookKeyHashes.filter((hash) => timingSafeEqual(hash, digest));
    if (key === '' || matches.length === 0) throw new UnauthorizedException('missing or wrong API key');
    return true;
  }
}

function keyOf(request: Request): string {
  const [scheme, token] = (request.get('authorization') ?? '').split(' ');
  return request.get('x-api-key') ?? (scheme?.toLowerCase() === 'bearer' ? (token ?? '') : '');
}

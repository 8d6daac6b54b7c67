import { Controller, Get, HttpStatus, Inject, Res } from '@nestjs/common';
import type { Response } from 'express';
import { type Checks, Readiness } from './readiness';

export const REQUIRED_CHECKS = Symbol('REQUIRED_CHECKS');

@Controller('health')
export class HealthController {
  constructor(
    @Inject(Readiness) private readonly readiness: Readiness,
    @Inject(REQUIRED_CHECKS) private readonly required: readonly (keyof Checks)[],
  ) {}

  @Get('live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('ready')
  async ready(
    @Res({ passthrough: true }) response: Response,
  ): Promise<{ status: 'ok' | 'degraded' | 'failed'; checks: Checks }> {
    const checks = await this.readiness.check();
    const ready = this.required.every((name) => checks[name]);
    if (!ready) response.status(HttpStatus.SERVICE_UNAVAILABLE);
    const whole = Object.values(checks).every(Boolean);
    return { status: whole ? 'ok' : ready ? 'degraded' : 'failed', checks };
  }
}

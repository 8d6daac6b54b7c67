import { type CbbConfiguration, parseEnvironment } from '@visanet/cbb-sync';

export interface Configuration {
  /** What the sync is made of. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly cbb: CbbConfiguration;
  readonly databaseUrl: string;
  /** Past a pooler, for migrations; null: there is none. */
  readonly directUrl: string | null;
  /** What Vizi sends along; secret. */
  readonly webhookKey: string;
  readonly host: string;
  /** 0: a free one. */
  readonly port: number;
}

export type ConfigurationResult =
  | { readonly kind: 'configured'; readonly configuration: Configuration }
  | { readonly kind: 'wrong'; readonly problems: readonly string[] };

const shortestKey = 16;

/** Every problem at once; they name settings, never values. */
export function readConfiguration(
  environment: Readonly<Record<string, string | undefined>>,
): ConfigurationResult {
  const cbb = parseEnvironment(environment, { required: ['CBB_API_KEY', 'DATABASE_URL', 'VIZI_API_KEY'] });
  const webhookKey = environment.VIZI_API_KEY?.trim() ?? '';
  const port = environment.PORT?.trim() || '3000';
  const problems = [
    ...(cbb.isErr() ? cbb.error.problems : []),
    ...(webhookKey !== '' && webhookKey.length < shortestKey
      ? [`VIZI_API_KEY must have at least ${shortestKey} characters`]
      : []),
    ...(/^\d{1,5}$/.test(port) && Number(port) <= 65_535 ? [] : ['PORT must be a number from 0 to 65535']),
  ];
  if (cbb.isErr() || problems.length > 0) return { kind: 'wrong', problems };
  const { databaseUrl, databaseDirectUrl } = cbb.value;
  return {
    kind: 'configured',
    configuration: {
      environment,
      cbb: cbb.value,
      databaseUrl: databaseUrl ?? '',
      directUrl: databaseDirectUrl,
      webhookKey,
      host: environment.HOST?.trim() || '127.0.0.1',
      port: Number(port),
    },
  };
}

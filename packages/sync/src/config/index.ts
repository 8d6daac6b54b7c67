export {
  type CbbConfiguration,
  type EnvironmentOptions,
  type InvalidConfiguration,
  parseEnvironment,
} from './environment.ts';

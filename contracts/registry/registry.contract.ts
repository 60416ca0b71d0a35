import { Recoveries } from './recovery.contract';

/** Who, where and what: the reference data that every act leans on. */
@contract
class RegistryContract extends Recoveries {}

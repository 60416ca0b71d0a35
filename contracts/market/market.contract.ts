import { Upkeep } from './goods/upkeep.contract';

/** Acts: what moved, from where, to where, of which origin, made by whom, for whom. */
@contract
class MarketContract extends Upkeep {}

// Loaded into the compiler (node --require): its `apply` runs the action that is asked for and silently none where
// there is no such action. Here the actions become one chain of ifs that ends in a refusal.
const Module = require('node:module');

const ACTIONS = /(\{\{#each contract\.actionFuncDefs\}\}\s*\{\{\{handleAction \.\}\}\})\s*(\{\{\/each\}\})/;
const REFUSAL = `{ _chain.check(false, "action: one of the contract's expected, came " + _action.toString()); }`;

const load = Module._load;
Module._load = function (request, ...rest) {
  const loaded = load.call(this, request, ...rest);
  if (request !== './main' || typeof loaded?.mainTpl !== 'string' || loaded.mainTpl.includes(REFUSAL))
    return loaded;
  if (!ACTIONS.test(loaded.mainTpl))
    throw new Error("the compiler's template of apply expected, got another");
  loaded.mainTpl = loaded.mainTpl.replace(ACTIONS, `$1 else $2 ${REFUSAL}`);
  return loaded;
};

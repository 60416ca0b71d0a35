// Loaded into the compiler (node --require), to mend two things of it.
const Module = require('node:module');

// It compiles for the least size: memory is copied byte by byte, small functions are called. Code is RAM, which is the
// contract's own; time is everybody's.
const FOR_SIZE = '-O2z';
const FOR_SPEED = '-O3';

// Its `apply` runs the action that is asked for and silently none where there is no such action. Here the actions become
// one chain of ifs that ends in a refusal.
const ACTIONS = /(\{\{#each contract\.actionFuncDefs\}\}\s*\{\{\{handleAction \.\}\}\})\s*(\{\{\/each\}\})/;
const REFUSAL = `{ _chain.check(false, "action: one of the contract's expected, came " + _action.toString()); }`;

const mended = new WeakSet();

function mend(name, loaded) {
  if (name === 'proton-asc/src/asc/asc.js') {
    const { main } = loaded;
    loaded.main = (args, ...more) => {
      if (!args.includes(FOR_SIZE))
        throw new Error(`the compiler's option ${FOR_SIZE} expected, got ${args}`);
      return main(
        args.map((one) => (one === FOR_SIZE ? FOR_SPEED : one)),
        ...more,
      );
    };
  } else if (name === './main' && typeof loaded?.mainTpl === 'string') {
    if (!ACTIONS.test(loaded.mainTpl))
      throw new Error("the compiler's template of apply expected, got another");
    loaded.mainTpl = loaded.mainTpl.replace(ACTIONS, `$1 else $2 ${REFUSAL}`);
  } else return;
  mended.add(loaded);
}

const load = Module._load;
Module._load = function (name, ...rest) {
  const loaded = load.call(this, name, ...rest);
  if (loaded !== null && typeof loaded === 'object' && !mended.has(loaded)) mend(name, loaded);
  return loaded;
};

// Rules of this house that no ready-made rule says.

/** The core and the views take time as an argument, so that a test can say what day it is. */
const noHiddenClock = {
  create: (context) => {
    const report = (node) => context.report({ node, message: "take the time as an argument" })
    const isBareDate = ({ callee, arguments: given }) =>
      callee.type === "Identifier" && callee.name === "Date" && given.length === 0
    return {
      NewExpression: (node) => isBareDate(node) && report(node),
      CallExpression: (node) => isBareDate(node) && report(node),
    }
  },
}

/** A view or a rule that waits could read; it gets everything as arguments instead. */
const noAsync = {
  create: (context) => {
    const check = (node) => {
      if (node.async) context.report({ node, message: "this room never waits" })
    }
    return {
      ArrowFunctionExpression: check,
      FunctionDeclaration: check,
      FunctionExpression: check,
      AwaitExpression: (node) => context.report({ node, message: "this room never waits" }),
    }
  },
}

/** drizzle's own transaction leaks a pool client when BEGIN fails, and knows neither lost nor refused commits. */
const noDbTransaction = {
  create: (context) => ({
    CallExpression(node) {
      const { callee } = node
      if (callee.type === "MemberExpression" && callee.property.name === "transaction")
        context.report({ node, message: "withTx of #store/db.ts is the only transaction boundary" })
    },
  }),
}

export default {
  meta: { name: "foyer" },
  rules: {
    "no-hidden-clock": noHiddenClock,
    "no-async": noAsync,
    "no-db-transaction": noDbTransaction,
  },
}

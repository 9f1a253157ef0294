import { Hono } from "hono"
import { listCountries, listCurrencies, listTimeZones, type NewAccount } from "#core/new-account.ts"
import { createAccount } from "#flows/create-account.ts"
import type { FieldFault } from "#views/console/kit/form.ts"
import { newAccountPage } from "#views/console/new-account.ts"
import { page, saved, takeNotice } from "#web/console/answer.ts"
import { type PersonEnv, signedIn } from "#web/console/context.ts"
import type { ConsoleDeps } from "#web/console/deps.ts"
import { readForm } from "#web/console/form.ts"

const choices = {
  countries: listCountries(),
  currencies: listCurrencies(),
  timeZones: listTimeZones(),
}

const nothing: NewAccount = { name: "", country: "", currency: "", timeZone: "" }

/** A new organization, the first one and any other: `/console/new`. Paths are relative to `/console`. */
export function newAccountRoutes(deps: ConsoleDeps) {
  return new Hono<PersonEnv>()
    .use("/new", signedIn(deps))
    .get("/new", (c) =>
      page(
        c,
        newAccountPage({ ...choices, ...c.var.person, typed: nothing, notice: takeNotice(c) }),
      ),
    )
    .post("/new", async (c) => {
      const form = await readForm(c)
      const typed = {
        name: form.one("name"),
        country: form.one("country"),
        currency: form.one("currency"),
        timeZone: form.one("timeZone"),
      }
      const created = await createAccount(deps, c.var.person.id, typed)
      if (created.outcome === "created") return saved(c, `/console/${created.slug}/first-run`)
      const faults: readonly FieldFault[] =
        created.outcome === "too-many"
          ? [{ field: "name", message: "You have as many organizations as there can be." }]
          : created.fields.map((field) => ({ field, message: words[field] }))
      return page(c, newAccountPage({ ...choices, ...c.var.person, typed, faults }), 422)
    })
}

const words: Readonly<Record<keyof NewAccount, string>> = {
  name: "Give it a name.",
  country: "Choose a country.",
  currency: "Choose the currency you sell in.",
  timeZone: "Choose a time zone.",
}

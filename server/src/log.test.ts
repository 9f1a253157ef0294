import { DrizzleQueryError } from "drizzle-orm"
import { expect, it } from "vitest"
import { writtenError } from "#log.ts"

it("writes what failed and where, not for whom", () => {
  const cause = Object.assign(new Error("duplicate key value"), {
    code: "23505",
    detail: "Key (email)=(sam@example.com) already exists.",
  })
  const failed = new DrizzleQueryError("insert into x values ($1)", ["sam@example.com"], cause)
  const written = writtenError(failed)
  expect(written).toMatchObject({
    message: "Failed query: insert into x values ($1)",
    stack: expect.stringContaining("log.test.ts"),
    cause: { message: "duplicate key value", code: "23505" },
  })
  expect(JSON.stringify(written)).not.toContain("sam@example.com")
})

it("writes what is no error as it is", () => {
  expect(writtenError("no")).toEqual({ name: "string", message: "no" })
})

import { fileURLToPath } from "node:url"
import { Hono } from "hono"
import {
  type DemoRecordDeps,
  findDemoRecord,
  findOutboxMail,
  listOutbox,
} from "#flows/demo-record.ts"
import { outboxMailPage, outboxPage } from "#sandbox/demo/outbox-page.ts"
import { recordPage } from "#sandbox/demo/record-page.ts"
import { fileRoutes, readFiles } from "#web/files.ts"

const uuid = "[0-9a-f]{8}-[0-9a-f-]{27}"

const pageHeaders = {
  "Cache-Control": "no-store",
  "Content-Security-Policy":
    "default-src 'none'; style-src 'self'; img-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'",
  "Referrer-Policy": "no-referrer",
}

/** Mail clients allow inline style, and pictures from anywhere; this preview allows no script and no frame around it but ours. */
const mailHeaders = {
  "Cache-Control": "no-store",
  "Content-Security-Policy":
    "default-src 'none'; style-src 'unsafe-inline'; img-src * data:; frame-ancestors 'self'; sandbox allow-popups",
}

/** What was recorded of a purchase, and the mail that was kept. Only where the demo runs: it shows everything to everybody. */
export async function demoPageRoutes(deps: DemoRecordDeps): Promise<Hono> {
  const files = await readFiles(fileURLToPath(new URL("./pages", import.meta.url)))
  return new Hono()
    .route("/demo/pages", fileRoutes(files, "no-cache"))
    .get("/demo/record/:key", async (c) => {
      const record = await findDemoRecord(deps, c.req.param("key"))
      return record ? c.html(recordPage(record), 200, pageHeaders) : c.notFound()
    })
    .get("/demo/outbox", async (c) => c.html(outboxPage(await listOutbox(deps)), 200, pageHeaders))
    .get(`/demo/outbox/:id{${uuid}}`, async (c) => {
      const mail = await findOutboxMail(deps, c.req.param("id"))
      return mail ? c.html(outboxMailPage(mail), 200, pageHeaders) : c.notFound()
    })
    .get(`/demo/outbox/:id{${uuid}}/html`, async (c) => {
      const mail = await findOutboxMail(deps, c.req.param("id"))
      return mail ? c.html(mail.html, 200, mailHeaders) : c.notFound()
    })
    .get(`/demo/outbox/:id{${uuid}}/attachments/:index{\\d+}`, async (c) => {
      const mail = await findOutboxMail(deps, c.req.param("id"))
      const attachment = mail?.attachments[Number(c.req.param("index"))]
      if (!attachment) return c.notFound()
      return c.body(attachment.content, 200, {
        "Content-Type": attachment.contentType,
        "Content-Disposition": `attachment; filename="${attachment.filename.replaceAll(/[^\w.-]/g, "_")}"`,
        "X-Content-Type-Options": "nosniff",
      })
    })
}

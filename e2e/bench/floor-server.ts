// The floor: the least that a server can do which keeps its word. A socket.io server answers each command with one durable statement (select,
// upsert, event) and 2 kB of HTML, and knows no rule at all. What Foyer costs is told as a ratio to it.
import { createServer } from "node:http"
import pg from "pg"
import { Server } from "socket.io"

type Floor = { readonly databaseUrl: string }

const schema = `
  create table if not exists cart (token text primary key, rev bigint not null, quantity int not null);
  create table if not exists event (id bigint generated always as identity primary key, token text not null, quantity int not null);`

const statement = `
  with before as (select rev from cart where token = $1),
  written as (insert into cart (token, rev, quantity) values ($1, 1, $2)
    on conflict (token) do update set rev = cart.rev + 1, quantity = excluded.quantity returning rev),
  noted as (insert into event (token, quantity) values ($1, $2))
  select written.rev, (select rev from before) as before from written`

const html = `<div class="panel">${"<p class='line'>General admission, 2 of many</p>".repeat(45)}</div>`

async function serve({ databaseUrl }: Floor): Promise<number> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 })
  await pool.query(schema)
  const http = createServer()
  const io = new Server(http, {
    serveClient: false,
    transports: ["websocket"],
    perMessageDeflate: false,
  })
  io.of("/v1").on("connection", (socket) => {
    socket.on("command", (command, ack) => {
      if (command.data.price === "tell-all") {
        io.of("/v1").emit("frame", { regions: [{ id: "panel", html }] })
        return ack({ ok: true, outcome: "done" })
      }
      const values = [command.cart, command.data.quantity]
      void pool.query({ name: "floor", text: statement, values }).then(({ rows }) =>
        ack({
          ok: true,
          outcome: "done",
          frame: { rev: Number(rows[0].rev), regions: [{ id: "panel", html }] },
        }),
      )
    })
  })
  await new Promise<void>((listening) => http.listen(0, "127.0.0.1", listening))
  const address = http.address()
  return typeof address === "object" && address !== null ? address.port : 0
}

process.once("message", (floor: Floor) => {
  void serve(floor).then((port) => process.send?.({ port }))
})
process.once("disconnect", () => process.exit())

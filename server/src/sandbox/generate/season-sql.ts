import {
  seasonCodes,
  seasonPrices,
  seasonSlug,
  showsPerEvent,
} from "#sandbox/generate/season-file.ts"

export type Season = {
  readonly orders: number
  readonly events: number
  /** Contacts that led to carts, and as many visits. */
  readonly touches: number
  /** The same seed makes the same rows. */
  readonly seed: number
  /** The last day with sales, `2026-11-20`. */
  readonly until: string
}

export type Statement = { readonly what: string; readonly sql: string }

/** A random number from 0 to 1 that belongs to a row and a purpose, and to nothing else. */
const roll = (seed: number, row: string, purpose: number) =>
  `((hashint8extended((${row})::bigint, ${seed}::bigint * 1000 + ${purpose}) & 2147483647)::float8 / 2147483648)`

/** A UUID of version 7: ordered by its instant, told apart by what `key` says. */
const uuid = (at: string, key: string) =>
  `(lpad(to_hex((extract(epoch from ${at}) * 1000)::bigint), 12, '0') || '7' || substr(md5(${key}), 1, 3) || '8' || substr(md5(${key}), 4, 15))::uuid`

/** Where people come from: of a thousand, how many. */
const origins = [
  [240, "newsletter", "email", "november-lineup", null, null, "{}"],
  [170, "instagram", "paid_social", "nye-gala-reels", "reel-2", "https://l.instagram.com/", "{}"],
  [120, "google", "cpc", "brand-comedy-club", null, "https://www.google.com/", '{"gclid":"g1"}'],
  [130, null, null, null, null, "https://www.google.com/", "{}"],
  [140, null, null, null, null, null, "{}"],
  [60, "cityguide", "referral", "weekend-picks", null, "https://cityguide.example/", "{}"],
  [40, null, null, null, null, "https://blog.example/best-nights", "{}"],
  [50, "tiktok", "social", "priya-clips", "clip-7", "https://www.tiktok.com/", '{"ttclid":"t1"}'],
  [50, "facebook", "paid_social", "lookalike", "image-b", null, '{"fbclid":"f1"}'],
] as const

function originValues(): string {
  let below = 0
  return origins
    .map(([share, ...texts]) => {
      const from = below
      below += share
      return `(${from / 1000}, ${below / 1000}, ${texts.map(literal).join(", ")}::jsonb)`
    })
    .join(", ")
}

const literal = (text: string | null) => (text === null ? "null" : `'${text}'`)

const pick = (words: readonly string[], random: string) =>
  `(array[${words.map(literal).join(", ")}])[1 + floor(${words.length} * ${random})::int]`

const firstNames = "Ada Ben Chloe Dana Elif Femi Grace Hugo Ines Jonas Kofi Lena Maya Noor".split(
  " ",
)
const lastNames = "Abara Brown Chen Diaz Evans Fischer Garcia Haddad Ito Jensen Khan Lopez".split(
  " ",
)

/** Everything that a season leaves in the database, in the order in which it is written. */
export function seasonStatements(season: Season): Statement[] {
  return [
    ...preparation(season),
    ...salesRows(season),
    ...moneyRows(),
    ...stockRows(),
    ...marketingRows(season),
  ]
}

function preparation({ orders, events, seed, until }: Season): Statement[] {
  const r = (purpose: number) => roll(seed, "i", purpose)
  const { usd, cad } = seasonPrices
  return [
    {
      what: "origins",
      sql: `create temp table origin (lo float8, hi float8, source text, medium text, campaign text, content text, referrer text, click_ids jsonb);
        insert into origin values ${originValues()}`,
    },
    {
      what: "shows",
      sql: `create temp table show as
        select (row_number() over (order by e.position, s.starts_at) - 1)::int as n, e.account_id, e.slug, e.title, s.starts_at, s.starts_local, s.time_zone,
          v.id as variant_id, (select p.id from catalogue.price_type p where p.variant_id = v.id and p.slug = 'adult') as adult_id,
          (select p.id from catalogue.price_type p where p.variant_id = v.id and p.slug = 'student') as student_id
        from catalogue.event e join org.account a on a.id = e.account_id and a.slug = '${seasonSlug}'
        join catalogue.showtime s on s.event_id = e.id join catalogue.variant v on v.showtime_id = s.id;
        create unique index on show (n); analyze show`,
    },
    {
      what: "buyers",
      // The well known events draw the most; most people decide in the last days.
      sql: `create temp table buyer as
        select b.*, ${uuid("at", "'c' || i")} as cart_id, ${uuid("at + interval '3 minutes'", "'o' || i")} as order_id,
          at + interval '4 minutes' as placed_at, region.id as region_id, region.slug as region_slug,
          adults * adult_minor as adult_total, students * student_minor as student_total
        from (
          select i, i <= ${orders} as is_sold, s.*,
            case when s.starts_at - r3 * r3 * interval '60 days' < '${until}'::timestamptz then s.starts_at - r3 * r3 * interval '60 days'
              else '${until}'::timestamptz - ${r(4)} * interval '30 days' end as at,
            case when r5 < 0.85 then 'usd' else 'cad' end as currency,
            case when r5 < 0.85 then ${usd.adult} else ${cad.adult} end as adult_minor,
            case when r5 < 0.85 then ${usd.student} else ${cad.student} end as student_minor,
            (1 + floor(4 * ${r(6)} * ${r(6)}))::int as adults,
            case when ${r(7)} < 0.3 then (1 + floor(2 * ${r(8)}))::int else 0 end as students,
            ${r(9)} < 0.02 as is_refunded,
            case when ${r(10)} < 0.1 then ${pick(seasonCodes, r(11))} end as promo_code,
            ${r(12)} < 0.7 as began,
            ${pick(firstNames, r(13))} as first_name, ${pick(lastNames, r(14))} as last_name
          from (select i, ${r(3)} as r3, ${r(5)} as r5,
              (floor(${events} * ${r(1)} * ${r(1)})::int * ${showsPerEvent} + floor(${showsPerEvent} * ${r(2)})::int) as show_n
            from generate_series(1, ${Math.round(orders * 1.5)}) i) person join show s on s.n = show_n
        ) b join org.region region on region.account_id = b.account_id and region.currency = b.currency;
        create index on buyer (i); analyze buyer`,
    },
  ]
}

/** What a code takes off an amount. */
const off = (total: string) => `case when promo_code is null then 0 else ${total} / 10 end`

function salesRows({ seed }: Season): Statement[] {
  const line = (no: number, name: "adult" | "student") =>
    `select order_id, account_id, ${no}::smallint, variant_id, ${name}_id, 'ticket', true, slug, title, 'General admission', '${name}', starts_at, starts_local, time_zone,
      'The Long Hall', '1 Main St, Brooklyn', ${name}s, ${name}_minor, ${off(`${name}_total`)}, 0, 0, 0, 0, ${name}_total - ${off(`${name}_total`)}
     from buyer where is_sold and ${name}s > 0`
  return [
    {
      what: "carts",
      sql: `insert into sales.cart (id, account_id, token_hash, state, rev, region_id, locale, promo_code, order_id, created_at, updated_at)
        select cart_id, account_id, decode(md5('t' || i || 's${seed}') || md5('u' || i), 'hex'), case when is_sold then 'completed' else 'expired' end, 5, region_id, 'en-US',
          promo_code, case when is_sold then order_id end, at, at from buyer`,
    },
    {
      what: "orders",
      sql: `insert into sales.orders (id, account_id, cart_id, cart_rev, number, public_token, state, currency, subtotal_minor, discount_minor, fee_minor, tax_minor,
          total_minor, tax_lines, region_slug, locale, promo_code, email, first_name, last_name, created_at, expires_at, placed_at)
        select order_id, account_id, cart_id, 4, 'BS-' || lpad(upper(to_hex(i)), 6, '0'), md5('p' || i || 's${seed}') || md5('q' || i),
          case when is_refunded then 'refunded' else 'paid' end, currency, adult_total + student_total, ${off("adult_total")} + ${off("student_total")}, 0, 0,
          adult_total + student_total - ${off("adult_total")} - ${off("student_total")}, '[]', region_slug, 'en-US', promo_code,
          lower(first_name || '.' || last_name || '.' || i || '@example.com'), first_name, last_name, placed_at - interval '1 minute', placed_at + interval '14 minutes', placed_at
        from buyer where is_sold order by i`,
    },
    {
      what: "order lines",
      sql: `insert into sales.order_line (order_id, account_id, line_no, variant_id, price_type_id, kind, tracked, event_slug, event_title, title, detail, starts_at,
          starts_local, time_zone, venue_name, venue_address, quantity, unit_minor, discount_minor, fee_passed_minor, fee_absorbed_minor, tax_added_minor,
          tax_included_minor, total_minor) ${line(1, "adult")} union all ${line(2, "student")}`,
    },
    {
      what: "tickets",
      sql: `insert into sales.ticket (id, account_id, order_id, line_no, seq, code, state)
        select ${uuid("placed_at", "'k' || i || '-' || seq")}, account_id, order_id, case when seq <= adults then 1 else 2 end, case when seq <= adults then seq else seq - adults end,
          lpad(upper(to_hex(i::bigint * 16 + seq)), 10, '0'), case when is_refunded then 'void' else 'valid' end
        from buyer cross join lateral generate_series(1, adults + students) seq where is_sold`,
    },
    {
      what: "redemptions",
      sql: `insert into sales.promotion_redemption (order_id, account_id, promotion_id, state)
        select b.order_id, b.account_id, p.id, 'used' from buyer b join catalogue.promotion p on p.account_id = b.account_id and p.code = b.promo_code where b.is_sold;
        update catalogue.promotion p set used = r.uses from (select promotion_id, count(*)::int as uses from sales.promotion_redemption group by 1) r where r.promotion_id = p.id`,
    },
  ]
}

function moneyRows(): Statement[] {
  return [
    {
      what: "payments",
      sql: `insert into pay.payment (id, account_id, order_id, provider, currency, amount_minor, captured_minor, refund_reserved_minor, state, idempotency_key, created_at)
        select ${uuid("o.created_at", "'m' || o.id")}, o.account_id, o.id, 'generated', o.currency, o.total_minor, o.total_minor,
          case when o.state = 'refunded' then o.total_minor else 0 end, 'succeeded', 'generated:' || o.id, o.created_at
        from sales.orders o join org.account a on a.id = o.account_id and a.slug = '${seasonSlug}'`,
    },
    {
      what: "refunds",
      sql: `insert into pay.refund (id, account_id, payment_id, currency, amount_minor, state, idempotency_key, reason, created_at)
        select ${uuid("p.created_at + interval '1 day'", "'r' || p.id")}, p.account_id, p.id, p.currency, p.amount_minor, 'succeeded', 'generated:' || p.id, 'asked', p.created_at + interval '1 day'
        from pay.payment p where p.provider = 'generated' and p.refund_reserved_minor > 0`,
    },
    {
      what: "order events",
      sql: `insert into es.event (stream, version, event_id, type, data, actor_type, at)
        select 'order-' || order_id, v, ${uuid("placed_at", "'e' || i || '-' || v")}, case v when 1 then 'OrderPlaced' when 2 then 'OrderPaid' else 'OrderRefunded' end,
          '{}', 'generator', placed_at from buyer cross join lateral generate_series(1, case when is_refunded then 3 else 2 end) v where is_sold`,
    },
  ]
}

/** Heads and the one event that brings each there; a few places are left. */
function stockRows(): Statement[] {
  return [
    {
      what: "stock",
      sql: `create temp table sold as select s.variant_id, coalesce(sum(b.adults + b.students) filter (where b.is_sold and not b.is_refunded), 0)::int as qty
          from show s left join buyer b on b.n = s.n group by 1;
        insert into es.event (stream, version, event_id, type, data, actor_type)
        select 'variant-' || v.variant_id, v.version + 1, md5('v' || v.variant_id)::uuid, 'InventoryChanged', jsonb_build_object('type', 'InventoryChanged', 'reason', 'sale',
          'before', jsonb_build_object('capacity', v.capacity, 'held', 0, 'sold', 0),
          'after', jsonb_build_object('capacity', s.qty + 50, 'held', 0, 'sold', s.qty), 'wasSoldOut', false, 'isSoldOut', false), 'generator'
        from sold s join inv.variant v using (variant_id);
        update inv.variant v set sold = s.qty, capacity = s.qty + 50, version = v.version + 1 from sold s where s.variant_id = v.variant_id`,
    },
  ]
}

function marketingRows({ orders, touches, seed }: Season): Statement[] {
  const carts = Math.round(orders * 1.5)
  const most = Math.max(1, Math.round((2 * touches) / carts) - 1)
  const of = (row: string, purpose: number) => roll(seed, row, purpose)
  return [
    {
      what: "touches",
      // From one to `most` each, so that they come to as many as were asked for.
      sql: `insert into marketing.touch (cart_id, account_id, seq, at, source, medium, campaign, content, click_ids, ref, referrer, landing_page, fingerprint)
        select cart_id, account_id, seq, at - (${most} - seq) * interval '2 days' - interval '5 minutes', o.source, o.medium, o.campaign, o.content, o.click_ids,
          case when ${of("i * 16 + seq", 22)} < 0.02 then 'priya-n' end, o.referrer, 'https://season.example/' || slug, decode(md5('f' || i || '-' || seq), 'hex')
        from buyer cross join lateral generate_series(1, 1 + floor(${most} * ${of("i", 21)})::int) seq
        join origin o on ${of("i * 16 + seq", 20)} >= o.lo and ${of("i * 16 + seq", 20)} < o.hi`,
    },
    {
      what: "steps",
      sql: `insert into marketing.step (cart_id, account_id, step, event_slug, at, currency)
        select cart_id, account_id, step, event, case step when 'added' then at else at + interval '1 minute' end, currency
        from buyer cross join (values ('added'), ('began')) s (step) cross join lateral (values (''), (slug)) e (event)
        where step = 'added' or began or is_sold`,
    },
    {
      what: "visits",
      sql: `insert into marketing.visit (account_id, visit_id, event_slug, at, currency, source, medium, campaign, content, click_ids, referrer, landing_page)
        select b.account_id, md5('w' || v.i)::uuid, e.event, b.at - interval '6 minutes', b.currency, o.source, o.medium, o.campaign, o.content, o.click_ids, o.referrer, 'https://season.example/' || b.slug
        from generate_series(1, ${touches}) v (i) join buyer b on b.i = 1 + v.i % ${carts}
        join origin o on ${of("v.i", 30)} >= o.lo and ${of("v.i", 30)} < o.hi
        cross join lateral (values (''), (case when ${of("v.i", 31)} < 0.3 then b.slug end)) e (event) where e.event is not null`,
    },
    {
      what: "conversions",
      sql: `insert into org.pixel (account_id, destination, target) select id, destination, target from org.account
          cross join (values ('meta', '1234567890'), ('ga4', 'G-ABC123')) p (destination, target) where slug = '${seasonSlug}' on conflict do nothing;
        insert into marketing.conversion (order_id, account_id, destination, state, outcome, handed_out_at, acknowledged_at)
        select b.order_id, b.account_id, d.destination, case when x < 0.85 then 'acknowledged' when x < 0.97 then 'skipped' else 'handed_out' end,
          case when x < 0.85 then 'fired' when x < 0.95 then 'no-consent' when x < 0.97 then 'missing-library' end, b.placed_at, case when x < 0.97 then b.placed_at end
        from buyer b cross join (values ('meta', 40), ('ga4', 41)) d (destination, k)
        cross join lateral (select case d.k when 40 then ${of("b.i", 40)} else ${of("b.i", 41)} end as x) roll where b.is_sold`,
    },
    {
      what: "days to count",
      // The reports' subscription has nothing to learn from the events above: their days are marked here.
      sql: `insert into marketing.report_zone (account_id, time_zone) select id, time_zone from org.account where slug = '${seasonSlug}' on conflict do nothing;
        insert into marketing.report_day as known (account_id, day)
        select distinct b.account_id, (t.at at time zone a.time_zone)::date from buyer b join org.account a on a.id = b.account_id
          cross join lateral (values (b.at), (b.placed_at), (b.at - interval '6 minutes'), (b.at + interval '1 minute')) t (at)
        on conflict (account_id, day) do update set rev = known.rev + 1`,
    },
  ]
}

import { button } from "#views/console/kit/button.ts"
import { card, note } from "#views/console/kit/card.ts"
import { errorOf, errorSummary, field, type FieldFault, hidden } from "#views/console/kit/form.ts"
import { plainPage } from "#views/console/kit/shell.ts"
import { html, type Html, none, type Part, url } from "#views/html.ts"

/** What was typed into a form when its session had ended. */
export type KeptForm = {
  readonly action: string
  readonly fields: readonly (readonly [string, string])[]
  /** Labels of chosen files: a browser must be given them again. */
  readonly lostFiles: readonly string[]
}

/** How a kept form travels in a hidden field. */
export function keptText(kept: KeptForm): string {
  return JSON.stringify(kept)
}

export type SignInPage = {
  /** Where to go afterwards. */
  readonly to: string
  readonly email?: string
  readonly faults?: readonly FieldFault[]
  readonly kept?: KeptForm
  readonly demoPeople?: readonly {
    readonly name: string
    readonly email: string
    readonly password: string
    readonly what: string
    readonly start: string
  }[]
  readonly notice?: string | undefined
}

export function signInPage(page: SignInPage): Html {
  const { faults = [], kept } = page
  return plainPage({
    title: "Sign in",
    notice: page.notice,
    body: html`${errorSummary(faults, "You are not signed in yet.")}
    ${
      kept &&
      note(
        "warn",
        html`<b>You were signed out.</b> What you typed is kept: sign in and it is handed back to
          you.`,
      )
    }
    ${formCard("Sign in", "/console/sign-in", [
      hidden("to", page.to),
      kept ? hidden("kept", keptText(kept)) : none,
      emailField(page.email, faults),
      passwordField({ faults, autocomplete: "current-password" }),
      button({ label: "Sign in", kind: "primary" }),
      html`<p class="sub"><a class="link" href="/console/forgot">Forgot your password?</a></p>`,
    ])}
    ${!kept && html`<p class="sub">New here? <a class="link" href="/console/sign-up">Create an account</a></p>`}
    ${page.demoPeople && !kept && demoCard(page.demoPeople, page.to)}`,
  })
}

/** One click a person: this is a demo, and everybody may look. */
function demoCard(people: NonNullable<SignInPage["demoPeople"]>, to: string): Html {
  return card({
    title: "Look around the demo",
    padded: true,
    body: html`<p class="sub">
        Everything here is made up. Each of them sees a different part of it.
      </p>
      ${people.map(
        ({ name, email, password, what, start }) =>
          html`<form method="post" action="/console/sign-in" class="stack tight">
            ${hidden("to", to === "/console" ? start : to)} ${hidden("email", email)}
            ${hidden("password", password)} ${button({ label: `Sign in as ${name}` })}
            <span class="sub">${what}</span>
          </form>`,
      )}
      <p class="sub">
        Or by hand: any of
        ${people.map(({ email }, at) => [at > 0 && ", ", html`<code>${email}</code>`])} with the
        password <code>${people[0]?.password}</code>
      </p>`,
  })
}

export type SignUpPage = {
  readonly name?: string
  readonly email?: string
  readonly faults?: readonly FieldFault[]
}

export function signUpPage({ name, email, faults = [] }: SignUpPage): Html {
  return plainPage({
    title: "Create your account",
    body: html`${errorSummary(faults, "Your account is not there yet.")}
      ${formCard(
        "Create your account",
        "/console/sign-up",
        [
          nameField(name, faults),
          emailField(email, faults),
          passwordField({ faults, autocomplete: "new-password" }),
          button({ label: "Create account", kind: "primary" }),
        ],
        "Then you name your organization and put your first event on sale.",
      )}
      <p class="sub">Already have one? <a class="link" href="/console/sign-in">Sign in</a></p>`,
  })
}

export function forgotPage(page: {
  readonly email?: string
  readonly faults?: readonly FieldFault[]
}): Html {
  const { faults = [] } = page
  return plainPage({
    title: "A new password",
    body: html`${errorSummary(faults, "No mail was sent.")}
    ${formCard(
      "A new password",
      "/console/forgot",
      [emailField(page.email, faults), button({ label: "Send the link", kind: "primary" })],
      "We send you a link to choose one.",
    )}`,
  })
}

export function resetPage(page: {
  readonly token: string
  readonly faults?: readonly FieldFault[]
}): Html {
  const { faults = [] } = page
  return plainPage({
    title: "Choose a new password",
    body: html`${errorSummary(faults, "Your password is not changed yet.")}
    ${formCard(
      "Choose a new password",
      "/console/reset",
      [
        hidden("token", page.token),
        passwordField({ faults, autocomplete: "new-password" }),
        button({ label: "Change the password", kind: "primary" }),
      ],
      "You are signed out everywhere else.",
    )}`,
  })
}

/** A POST on purpose: mail programs open links to look at them. */
export function verifyPage({ token }: { readonly token: string }): Html {
  return plainPage({
    title: "Confirm your address",
    body: formCard(
      "Confirm your address",
      "/console/verify",
      [hidden("token", token), button({ label: "Yes, this is my address", kind: "primary" })],
      "Then you hear from us when something needs you.",
    ),
  })
}

/** For who got no mail, or came too late with its link. */
export function verifyAgainPage(page: {
  readonly email: string
  readonly emailVerified: boolean
  readonly notice?: string | undefined
}): Html {
  const title = "Confirm your address"
  const toConsole = html`<p class="sub"><a class="link" href="/console">To the console</a></p>`
  return plainPage({
    title,
    notice: page.notice,
    body: html`${
      page.emailVerified
        ? card({
            padded: true,
            label: title,
            body: html`<h1>${title}</h1>
              <p>${page.email} is confirmed. There is nothing to do.</p>`,
          })
        : formCard(
            title,
            "/console/verify/again",
            [button({ label: "Send the mail again", kind: "primary" })],
            `We ask at ${page.email} whether it is yours. The link works once, within seven days.`,
          )
    }
    ${toConsole}`,
  })
}

/** After signing in again: what was typed, one click away from where it was going. */
export function handBackPage({ action, fields, lostFiles }: KeptForm): Html {
  return plainPage({
    title: "Welcome back",
    body: card({
      padded: true,
      label: "Welcome back",
      body: html`<h1>Welcome back</h1>
        <p>What you typed is still here. Nothing of it is saved yet.</p>
        ${
          lostFiles.length > 0 &&
          note("warn", html`Choose the file again afterwards: ${lostFiles.join(", ")}.`)
        }
        <form method="post" action="${url(action)}">
          ${fields.map(([name, value]) =>
            /[\r\n]/.test(value)
              ? html`<textarea name="${name}" hidden>${"\n"}${value}</textarea>`
              : hidden(name, value),
          )}
          ${button({ label: "Send what I typed", kind: "primary" })}
        </form>`,
    }),
  })
}

export type InvitationPage = {
  readonly token: string
  readonly accountName: string
  readonly inviterName: string
  readonly email: string
  /** "a marketer" */
  readonly as: string
  readonly may: string
  readonly faults?: readonly FieldFault[]
  readonly name?: string
} & (
  | { readonly reader: "new" | "known" }
  | { readonly reader: "signed-in" }
  | { readonly reader: "somebody-else"; readonly signedInAs: string }
)

export function invitationPage(page: InvitationPage): Html {
  const { faults = [] } = page
  return plainPage({
    title: `Join ${page.accountName}`,
    body: html`${errorSummary(faults, "You have not joined yet.")}
    ${card({
      padded: true,
      label: `Join ${page.accountName}`,
      body: html`<h1>Join ${page.accountName}</h1>
        <p>${page.inviterName} invites you as ${page.as}. ${page.may}</p>
        ${invitationForm(page)}`,
    })}`,
  })
}

function invitationForm(page: InvitationPage): Html {
  const { faults = [], email } = page
  const action = `/console/invitation/${page.token}`
  if (page.reader === "somebody-else")
    return html`<p>
        The invitation is for ${email}, and you are signed in as ${page.signedInAs}. Sign out, then
        open the link again.
      </p>
      <form method="post" action="/console/sign-out">
        ${hidden("to", action)} ${button({ label: "Sign out", kind: "primary" })}
      </form>`
  if (page.reader === "signed-in")
    return form(action, [button({ label: `Join ${page.accountName}`, kind: "primary" })])
  if (page.reader === "known")
    return form(action, [
      html`<p class="sub">Sign in as ${email} to join.</p>`,
      passwordField({ faults, autocomplete: "current-password" }),
      button({ label: "Sign in and join", kind: "primary" }),
      html`<p class="sub"><a class="link" href="/console/forgot">Forgot your password?</a></p>`,
    ])
  return form(action, [
    html`<p class="sub">You will sign in with ${email}.</p>`,
    nameField(page.name, faults),
    passwordField({ faults, autocomplete: "new-password" }),
    button({ label: "Create account and join", kind: "primary" }),
  ])
}

function formCard(title: string, action: string, fields: readonly Part[], lead?: string): Html {
  return card({
    padded: true,
    label: title,
    body: html`<h1>${title}</h1>
      ${lead !== undefined && html`<p class="sub">${lead}</p>`} ${form(action, fields)}`,
  })
}

function form(action: string, fields: readonly Part[]): Html {
  return html`<form method="post" action="${url(action)}" class="stack" novalidate>${fields}</form>`
}

function nameField(value: string | undefined, faults: readonly FieldFault[]): Html {
  return field({
    name: "name",
    label: "Your name",
    value,
    autocomplete: "name",
    maxlength: 100,
    required: true,
    error: errorOf(faults, "name"),
  })
}

function emailField(value: string | undefined, faults: readonly FieldFault[]): Html {
  return field({
    name: "email",
    label: "E-mail",
    type: "email",
    value,
    autocomplete: "username",
    inputmode: "email",
    maxlength: 254,
    required: true,
    error: errorOf(faults, "email"),
  })
}

function passwordField(item: {
  readonly faults: readonly FieldFault[]
  readonly autocomplete: "current-password" | "new-password"
}): Html {
  const { faults, autocomplete } = item
  return field({
    name: "password",
    label: autocomplete === "new-password" ? "New password" : "Password",
    type: "password",
    autocomplete,
    maxlength: 128,
    required: true,
    error: errorOf(faults, "password"),
    ...(autocomplete === "new-password" && {
      hint: "At least 10 characters. A few words you remember are better than signs you forget.",
    }),
  })
}

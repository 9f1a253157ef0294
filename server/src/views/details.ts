import { checkedValue, type Field, fieldsFor, questionControl, valueOf } from "#core/details.ts"
import { suggestEmail } from "#core/email-typo.ts"
import type { FieldProblem, Screen } from "#core/screen.ts"
import type { Question } from "#core/storefront.ts"
import { orderPanel } from "#views/cart-panel.ts"
import { html, type Html, json, none } from "#views/html.ts"
import { alertIcon } from "#views/icons.ts"
import { noticeView, sandboxLabel } from "#views/notice.ts"
import { goLink } from "#views/place.ts"
import { layout, personalRegion, type RenderedRegion } from "#views/rendered.ts"
import { backLabel, checkoutTop } from "#views/steps.ts"
import type { Voice } from "#views/voice.ts"

type DetailsScreen = Extract<Screen, { readonly view: "details" }>

export function detailsRegions(screen: DetailsScreen, voice: Voice): RenderedRegion[] {
  const { details } = voice.words
  return [
    layout(
      html`<div class="view split">
        ${sandboxLabel(screen, voice)} ${checkoutTop(screen, voice, "details", back(screen, voice))}
        <div class="full" id="details-notice" data-region="details-notice"></div>
        <div class="main">
          <h2 part="title" id="details-title" tabindex="-1">${details.title}</h2>
          <form
            class="main"
            novalidate
            data-command="submit-details"
            data-on="change"
            id="details-form"
            data-region="details-form"
          ></form>
        </div>
        <aside
          class="panel wide"
          part="panel"
          id="details-panel"
          data-region="details-panel"
        ></aside>
      </div>`,
    ),
    personalRegion(
      "details-notice",
      screen.refusal?.reason === "details-incomplete" ? none : noticeView(screen, voice),
    ),
    personalRegion("details-form", form(screen, voice)),
    personalRegion("details-panel", orderPanel(screen, voice)),
  ]
}

function back(screen: DetailsScreen, voice: Voice): Html {
  const { steps } = voice.words
  return goLink(
    screen,
    { ...screen.place, view: "cart" },
    {
      id: "details-back",
      class: "link back",
      label: backLabel(steps.tickets),
      name: steps.back(steps.tickets),
    },
  )
}

function form(screen: DetailsScreen, voice: Voice): Html {
  const { details } = voice.words
  const isFree = screen.cart?.priced.totalMinor === 0
  return html`${problemSummary(screen, voice)}
    <div class="form">
      ${emailField(screen, voice)}
      <div class="form two">
        ${textField(screen, voice, "firstName", details.firstName, {
          autocomplete: "given-name",
        })}
        ${textField(screen, voice, "lastName", details.lastName, { autocomplete: "family-name" })}
      </div>
      ${textField(screen, voice, "phone", details.phone, {
        autocomplete: "tel",
        type: "tel",
        hint: details.phoneWhy,
      })}
    </div>
    ${questionSections(screen, voice)}
    <div class="stack">
      <button class="btn" id="details-submit" part="button">
        ${isFree ? details.finish : details.continue}
      </button>
      <p class="s muted">
        ${details.privacy(screen.shop.account.name)}${screen.shop.account.recoveryMails && html` ${details.reminder}`}
      </p>
    </div>`
}

/** Takes the focus after a refused form: what to fix, each a link to its field. */
function problemSummary(screen: DetailsScreen, voice: Voice): Html {
  const { problems } = screen
  if (problems.length === 0) return none
  return html`<div class="note bad" id="problems" tabindex="-1">
    ${alertIcon}<b>${voice.words.details.problems(problems.length)}</b>
    <ul class="s">
      ${problems.map(
        (problem) =>
          html`<li>
            <button
              class="link"
              type="button"
              id="fix-${problem.control}"
              data-focus="${problem.control}"
            >
              ${problemText(screen, voice, problem)}
            </button>
          </li>`,
      )}
    </ul>
  </div>`
}

function problemText(screen: DetailsScreen, voice: Voice, problem: FieldProblem): string {
  const { details } = voice.words
  if (problem.reason !== "missing") return details[problem.reason]
  const { missing } = details
  switch (problem.control) {
    case "email":
    case "firstName":
    case "lastName":
    case "phone":
      return missing[problem.control]
    default: {
      const question = screen.shop.questions.find((one) => questionControl(one) === problem.control)
      const kind =
        question?.kind === "choice" || question?.kind === "checkbox" ? question.kind : "text"
      return question
        ? `${question.label.replace(/[\s?:.!]+$/, "")}: ${missing[kind].toLowerCase()}`
        : missing[kind]
    }
  }
}

function problemOf(screen: DetailsScreen, control: string): FieldProblem | undefined {
  return screen.problems.find((problem) => problem.control === control)
}

function typed(screen: DetailsScreen, control: string): string {
  return valueOf(screen.cart?.cart.details ?? {}, control)
}

/** The message under a control, and the attributes that tie the control to it. */
function fault(screen: DetailsScreen, voice: Voice, control: string) {
  const problem = problemOf(screen, control)
  if (!problem) return { attributes: none, describedBy: none, message: none }
  const id = `${control}-error`
  const said =
    problem.reason === "missing" && control.startsWith("q-")
      ? voice.words.details.missing[questionKind(screen, control)]
      : problemText(screen, voice, problem)
  return {
    attributes: html`aria-invalid="true" aria-describedby="${id}"`,
    describedBy: html`aria-describedby="${id}"`,
    message: html`<p class="msg bad" id="${id}">${alertIcon}<span>${said}</span></p>`,
  }
}

function questionKind(screen: DetailsScreen, control: string): "choice" | "checkbox" | "text" {
  const kind = screen.shop.questions.find((one) => questionControl(one) === control)?.kind
  return kind === "choice" || kind === "checkbox" ? kind : "text"
}

function emailField(screen: DetailsScreen, voice: Voice): Html {
  const { details } = voice.words
  const value = typed(screen, "email")
  const suggestion = suggestEmail(value)
  const at = suggestion?.lastIndexOf("@") ?? -1
  const { attributes, message } = fault(screen, voice, "email")
  return html`<div class="field">
    <label for="email">${details.email}</label>
    <input
      class="in"
      id="email"
      name="email"
      type="email"
      inputmode="email"
      autocomplete="email"
      autocapitalize="off"
      spellcheck="false"
      maxlength="254"
      required
      value="${value}"
      ${attributes}
    />
    ${message}
    ${
      suggestion !== undefined &&
      html`<p class="msg" id="email-suggestion">
        <span
          >${details.didYouMean}
          ${suggestion.slice(0, at + 1)}<b>${suggestion.slice(at + 1)}</b>?</span
        ><button
          class="link"
          type="button"
          id="email-use"
          data-fill="${json({ control: "email", value: suggestion })}"
        >
          ${details.useThat}
        </button>
      </p>`
    }
  </div>`
}

type TextOptions = {
  readonly autocomplete: string
  readonly type?: "tel"
  readonly hint?: string
}

function textField(
  screen: DetailsScreen,
  voice: Voice,
  control: string,
  label: string,
  options: TextOptions,
): Html {
  const { attributes, message } = fault(screen, voice, control)
  return html`<div class="field">
    <label for="${control}"
      >${label}${options.hint !== undefined && html` <span class="muted">${options.hint}</span>`}</label
    >
    <input
      class="in"
      id="${control}"
      name="${control}"
      type="${options.type ?? "text"}"
      autocomplete="${options.autocomplete}"
      maxlength="100"
      value="${typed(screen, control)}"
      ${options.hint === undefined && html`required`}
      ${attributes}
    />
    ${message}
  </div>`
}

/** The organizer's questions, a heading for each section of them. */
function questionSections(screen: DetailsScreen, voice: Voice): Html[] {
  const asked = askedIn(screen)
  const untitled = untitledHeading(screen, voice, asked)
  const titleOf = ({ question }: Asked) => question.section || untitled
  return [...new Set(asked.map(titleOf))].map((title, index) => {
    const fields = asked.filter((field) => titleOf(field) === title)
    const note = fields.find(({ question }) => question.sectionNote !== "")?.question.sectionNote
    const heading = html`<div>
      <h3>${title}</h3>
      ${note !== undefined && html`<p class="s muted">${note}</p>`}
    </div>`
    return html`<section class="form" id="questions-${index}">
      ${title !== "" && heading} ${fields.map((field) => questionField(screen, voice, field))}
    </section>`
  })
}

/** Questions without a section are the organizer's own; boxes to tick say themselves what they are for. */
function untitledHeading(screen: DetailsScreen, voice: Voice, asked: readonly Asked[]): string {
  const untitled = asked.filter(({ question }) => question.section === "")
  return untitled.every(({ question }) => question.kind === "checkbox")
    ? ""
    : voice.words.details.from(screen.shop.account.name)
}

type Asked = Field & { readonly question: Question }

function askedIn(screen: DetailsScreen): Asked[] {
  const lines = screen.cart?.priced.lines ?? []
  return fieldsFor(screen.shop, { lines }).flatMap((field) =>
    field.question ? [{ ...field, question: field.question }] : [],
  )
}

function questionField(screen: DetailsScreen, voice: Voice, field: Asked): Html {
  switch (field.question.kind) {
    case "choice":
      return choiceField(screen, voice, field)
    case "checkbox":
      return checkboxField(screen, voice, field)
    case "text":
    case "long-text":
      return answerField(screen, voice, field)
  }
}

function answerField(screen: DetailsScreen, voice: Voice, field: Asked): Html {
  const { control, question } = field
  const { attributes, message } = fault(screen, voice, control)
  const value = typed(screen, control)
  const shape = html`class="in" id="${control}" name="${control}" maxlength="${field.maxLength}"
  ${field.required && html`required`} ${attributes}`
  return html`<div class="field">
    <label for="${control}">${question.label}${optional(voice, question)}</label>
    ${help(question, control)}
    ${
      question.kind === "long-text"
        ? html`<textarea rows="2" ${shape}>${value}</textarea>`
        : html`<input type="text" autocomplete="off" value="${value}" ${shape} />`
    }
    ${message}
  </div>`
}

/** Radios shown as picks; the group carries the question's control id, so that the summary's link finds it. */
function choiceField(screen: DetailsScreen, voice: Voice, field: Asked): Html {
  const { control, question } = field
  const { message, describedBy } = fault(screen, voice, control)
  const chosen = typed(screen, control)
  return html`<fieldset class="field" id="${control}" tabindex="-1" ${describedBy}>
    <legend><b>${question.label}</b>${optional(voice, question)}</legend>
    ${help(question, control)}
    <div class="picks few">
      ${question.choices.map(
        (choice) =>
          html`<label class="pick" for="${control}-${choice.slug}">
            <input
              type="radio"
              id="${control}-${choice.slug}"
              name="${control}"
              value="${choice.slug}"
              ${choice.slug === chosen && html`checked`}
            /><b>${choice.title}</b>${
              choice.description !== "" && html`<span>${choice.description}</span>`
            }
          </label>`,
      )}
    </div>
    ${message}
  </fieldset>`
}

function checkboxField(screen: DetailsScreen, voice: Voice, field: Asked): Html {
  const { control, question } = field
  const { attributes, message } = fault(screen, voice, control)
  return html`<div>
    <label class="check" for="${control}">
      <input
        type="checkbox"
        id="${control}"
        name="${control}"
        value="${checkedValue}"
        ${typed(screen, control) === checkedValue && html`checked`}
        ${field.required && html`required`}
        ${attributes}
      /><span>${question.label}</span>
    </label>
    ${help(question, control)} ${message}
  </div>`
}

function optional(voice: Voice, question: Question): Html {
  return question.required
    ? none
    : html` <span class="muted">${voice.words.details.optional}</span>`
}

function help(question: Question, control: string): Html {
  return question.help === ""
    ? none
    : html`<p class="s muted" id="${control}-help">${question.help}</p>`
}
